"use client";
/** A row of the table of experiments. */
import { encodings } from "@pareidolia/encodings/registry";
import { useEffect } from "react";
import type { ExperimentRowFragment } from "../../graphql/generated/graphql.ts";
import { RowCheckbox } from "../bulk/RowCheckbox.tsx";
import type { Selection } from "../bulk/useSelection.ts";
import { Avatar } from "../marks/Avatar.tsx";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { OutcomeCount, OutcomeMedian } from "../marks/Outcome.tsx";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { Permitted } from "../permissions/Permitted.tsx";
import { TagList } from "../tags/Tag.tsx";
import { PinButton } from "../tracking/PinButton.tsx";
import { TrashRowButton } from "../trash/TrashRowButton.tsx";
import experimentTableStyles from "./ExperimentTable.module.css";
import { useArchiveExperiment } from "./useArchiveExperiment.ts";

/** The label of an encoding, or its ID if this version of the page does not know it. */
function labelOf(id: string): string {
  return encodings.find((encoding) => encoding.id === id)?.label ?? id;
}

interface ExperimentTableRowProps {
  readonly experiment: ExperimentRowFragment;
  /** After the viewer has pinned it or not. */
  readonly onPinned: () => void;
  /** Null for people who may change no experiment. */
  readonly selection: Selection<ExperimentRowFragment> | null;
}

export function ExperimentTableRow({ experiment, onPinned, selection }: ExperimentTableRowProps) {
  const { archived, toggle } = useArchiveExperiment(experiment);
  const note = selection?.note;
  useEffect(() => {
    note?.(experiment.id, experiment);
    return () => note?.(experiment.id, null);
  }, [note, experiment]);
  return (
    <tr data-row-id={experiment.id} data-selected={selection?.has(experiment.id) || undefined}>
      {selection === null ? null : (
        <td className={experimentTableStyles.select}>
          <RowCheckbox
            label={`Select ${experiment.key}`}
            checked={selection.has(experiment.id)}
            onToggle={(range) => selection.toggle(experiment.id, range)}
          />
        </td>
      )}
      <td className="n12 muted nowrap">
        {experiment.key} <PinButton subject={experiment} onPinned={onPinned} />
      </td>
      <td className={experimentTableStyles.experimentName}>
        <Link href={`/experiments/${experiment.key}`}>{experiment.name}</Link>
        {experiment.visibility === "PRIVATE" ? null : <span className="t12 muted"> {experiment.visibility.toLowerCase()}</span>}{" "}
        {experiment.assignee == null ? null : (
          <span className={experimentTableStyles.assignee} title={`Assigned to ${experiment.assignee.name}`}>
            <Avatar name={experiment.assignee.name} />
            <span className="visuallyHidden">Assigned to {experiment.assignee.name}</span>
          </span>
        )}
        {experiment.tags.length === 0 ? null : (
          <div>
            <TagList tags={experiment.tags} />
          </div>
        )}
      </td>
      <td>{experiment.state ? <StateGlyph state={experiment.state} /> : <span className="t12 muted">no runs</span>}</td>
      <td className={`${experimentTableStyles.wide} second`}>{experiment.modelNames.join(", ") || "–"}</td>
      <td className={`${experimentTableStyles.wide} second`}>{experiment.encodings.map(labelOf).join(", ") || "–"}</td>
      <td className={`${experimentTableStyles.wide} n right`}>{formatCount(experiment.runCount)}</td>
      <td>
        {experiment.outcomes.length === 0 ? <span className="muted">–</span> : null}
        {experiment.outcomes.map((outcome) => (
          <div key={`${outcome.kind} ${outcome.model.id}`}>
            <OutcomeMedian outcome={outcome} />
          </div>
        ))}
      </td>
      <td className={`${experimentTableStyles.wide} t12`}>
        {experiment.outcomes.map((outcome) => (
          <div key={`${outcome.kind} ${outcome.model.id}`} title={`${outcome.kindLabel} against ${outcome.model.name}`}>
            <OutcomeCount outcome={outcome} />
          </div>
        ))}
      </td>
      <td className={`${experimentTableStyles.wide} t12 muted right nowrap`}>
        <RelativeTime time={experiment.updatedAt} />
      </td>
      <td className={experimentTableStyles.rowActions}>
        {experiment.lock == null ? (
          <Permitted needs="archiveExperiment">
            <button
              type="button"
              className={toolButtonStyles.toolButton}
              aria-label={`${archived ? "Unarchive" : "Archive"}: ${experiment.key}`}
              onClick={toggle}
            >
              {archived ? "Unarchive" : "Archive"}
            </button>
          </Permitted>
        ) : null}
        {experiment.lock == null ? (
          <TrashRowButton noun="experiment" subject={experiment} running={experiment.state === "RUNNING"} />
        ) : null}
      </td>
    </tr>
  );
}
