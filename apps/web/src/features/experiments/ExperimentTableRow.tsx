"use client";
/** One experiment in the table. */
import { encodings } from "@pareidolia/encodings/registry";
import Link from "next/link";
import type { ExperimentRowFragment } from "../../graphql/generated/graphql.ts";
import { Confidence } from "../marks/Confidence.tsx";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { formatCount } from "../marks/numbers.ts";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import { useArchiveExperiment } from "./useArchiveExperiment.ts";

/** Its name for people; an encoding that this page does not know yet keeps its id. */
function labelOf(id: string): string {
  return encodings.find((encoding) => encoding.id === id)?.label ?? id;
}

export function ExperimentTableRow({ experiment }: { experiment: ExperimentRowFragment }) {
  const archive = useArchiveExperiment();
  const archived = typeof experiment.archivedAt === "string";
  return (
    <tr>
      <td className="n12 muted">{experiment.key}</td>
      <td className="experimentName">
        <Link href={`/experiments/${experiment.key}`}>{experiment.name}</Link>
      </td>
      <td>{experiment.state ? <StateGlyph state={experiment.state} /> : <span className="t12 muted">no runs</span>}</td>
      <td className="wide second">{experiment.modelNames.join(", ") || "–"}</td>
      <td className="wide second">{experiment.encodings.map(labelOf).join(", ") || "–"}</td>
      <td className="wide n right">{formatCount(experiment.runCount)}</td>
      <td>
        <span className="medianCell">
          <Confidence value={experiment.medianConfidence} />
          {typeof experiment.medianConfidence === "number" ? <ConfidenceBar value={experiment.medianConfidence} width={54} /> : null}
        </span>
      </td>
      <td className="wide n right">
        {formatCount(experiment.foolingCount)} <span className="muted">/ {formatCount(experiment.nicheCount)}</span>
      </td>
      <td className="wide t12 muted right nowrap">
        <RelativeTime time={experiment.updatedAt} />
      </td>
      <td className="rowActions">
        <button
          type="button"
          className="toolButton"
          aria-label={`${archived ? "Take out of the archive" : "Archive"}: ${experiment.key}`}
          onClick={() => archive(experiment, !archived)}
        >
          {archived ? "Take out" : "Archive"}
        </button>
      </td>
    </tr>
  );
}
