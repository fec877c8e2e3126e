"use client";
/** The runs of an experiment with their results: the viewer's pins, then the newest. Members who may change runs select them. */
import type { ListedRunFragment } from "../../graphql/generated/graphql.ts";
import { RowCheckbox } from "../bulk/RowCheckbox.tsx";
import { SelectionBar } from "../bulk/SelectionBar.tsx";
import { useSelection } from "../bulk/useSelection.ts";
import { Avatar } from "../marks/Avatar.tsx";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { OutcomeCount, OutcomeMedian } from "../marks/Outcome.tsx";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import { ThumbnailStrip } from "../marks/ThumbnailStrip.tsx";
import { RunRecognition } from "../people/RunRecognition.tsx";
import { listImages } from "../run/listImages.ts";
import { TagList } from "../tags/Tag.tsx";
import { PinButton } from "../tracking/PinButton.tsx";
import { TrashRowButton } from "../trash/TrashRowButton.tsx";
import { useTrash } from "../trash/useTrash.ts";
import experimentTableStyles from "./ExperimentTable.module.css";

interface RunTableProps {
  readonly runs: readonly ListedRunFragment[];
  readonly total: string;
  readonly hasMore: boolean;
  /** Whether the experiment is locked. */
  readonly locked: boolean;
  /** Whether the viewer may change runs. */
  readonly writable: boolean;
  readonly onChanged: () => void;
}

export function RunTable({ runs, total, hasMore, locked, writable, onChanged }: RunTableProps) {
  const selection = useSelection(runs, writable);
  const { trash } = useTrash("run");
  // Labellers, viewers and visitors read nothing of what people say.
  const showsPeople = runs.some(({ recognition }) => recognition != null);
  return (
    <>
      <table className={`${experimentTableStyles.experimentTable} ${experimentTableStyles.runTable}`}>
        <thead>
          <tr>
            {writable ? (
              <th scope="col" className={experimentTableStyles.select}>
                <RowCheckbox
                  label="Select all loaded runs"
                  checked={selection.rows.length === runs.length}
                  mixed={selection.rows.length > 0 && selection.rows.length < runs.length}
                  onToggle={selection.toggleAll}
                />
              </th>
            ) : null}
            <th scope="col">Key</th>
            <th scope="col">Name</th>
            <th scope="col">State</th>
            <th scope="col" className={experimentTableStyles.wide}>
              Tags
            </th>
            <th scope="col" className={experimentTableStyles.wide}>
              Images
            </th>
            <th scope="col" className={`right ${experimentTableStyles.wide}`}>
              Seed
            </th>
            <th scope="col" className={`right ${experimentTableStyles.wide}`}>
              Generation
            </th>
            <th scope="col">Median confidence</th>
            <th scope="col" className={experimentTableStyles.wide}>
              Reached
            </th>
            {showsPeople ? (
              <th scope="col" className={experimentTableStyles.wide}>
                People named it
              </th>
            ) : null}
            <th scope="col" className={experimentTableStyles.rowActions}>
              <span className="visuallyHidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id} data-row-id={run.id} data-selected={(writable && selection.has(run.id)) || undefined}>
              {writable ? (
                <td className={experimentTableStyles.select}>
                  <RowCheckbox
                    label={`Select ${run.key}`}
                    checked={selection.has(run.id)}
                    onToggle={(range) => selection.toggle(run.id, range)}
                  />
                </td>
              ) : null}
              <td className="n12 muted nowrap">
                {run.key} <PinButton subject={run} onPinned={onChanged} />
              </td>
              <td className={experimentTableStyles.experimentName}>
                <Link href={`/runs/${run.key}`}>{run.name}</Link>
                {run.assignee == null ? null : (
                  <span className={experimentTableStyles.assignee} title={`Assigned to ${run.assignee.name}`}>
                    <Avatar name={run.assignee.name} />
                    <span className="visuallyHidden">Assigned to {run.assignee.name}</span>
                  </span>
                )}
              </td>
              <td>
                <StateGlyph state={run.state} />
              </td>
              <td className={experimentTableStyles.wide}>
                <TagList tags={run.tags} />
              </td>
              <td className={experimentTableStyles.wide}>
                <ThumbnailStrip images={listImages(run)} />
              </td>
              <td className={`${experimentTableStyles.wide} n right`}>{run.seed}</td>
              <td className={`${experimentTableStyles.wide} n right`}>
                {run.__typename === "EvolutionRun" ? (
                  <>
                    {formatCount(run.generation ?? 0)} <span className="muted">/ {formatCount(run.generations)}</span>
                  </>
                ) : (
                  <span className="muted">–</span>
                )}
              </td>
              <td>
                <OutcomeMedian outcome={run.outcome} />
              </td>
              <td className={`${experimentTableStyles.wide} t12`}>
                <OutcomeCount outcome={run.outcome} />
              </td>
              {showsPeople ? (
                <td className={experimentTableStyles.wide}>
                  <RunRecognition recognition={run.recognition ?? null} />
                </td>
              ) : null}
              <td className={experimentTableStyles.rowActions}>
                {locked ? null : <TrashRowButton noun="run" subject={run} running={run.state === "RUNNING"} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {hasMore ? (
        <p className={`${experimentTableStyles.listCount} t12 muted`}>
          The newest {formatCount(runs.length)} of {total} runs. Press ⌘K to find the others.
        </p>
      ) : null}
      {selection.rows.length === 0 ? null : (
        <SelectionBar
          runs={selection.rows}
          onClear={selection.clear}
          onChanged={onChanged}
          {...(locked
            ? {}
            : {
                onTrash: () =>
                  void trash(selection.rows, onChanged).then((moved) => {
                    if (!moved) return;
                    selection.clear();
                    onChanged();
                  }),
              })}
        />
      )}
    </>
  );
}
