/** Cells of tables of voters: hits among trials, and the median response time with its middle half. */
import { formatMilliseconds } from "./resultFormats.ts";
import type { VoterOfResults } from "./voterWords.ts";

interface HitsCellProps {
  readonly hits: number;
  readonly of: number;
  /** Answered checks that the question gives no way to judge. */
  readonly unjudged?: number;
}

export function HitsCell({ hits, of, unjudged = 0 }: HitsCellProps) {
  if (unjudged === 0) return <td className="right n">{of === 0 ? "–" : `${hits} / ${of}`}</td>;
  return (
    <td
      className="right n"
      title="No answer to this question shows attention to such an image, so it counts neither as passed nor as failed."
    >
      {of === 0 ? null : `${hits} / ${of}, `}
      <span className="t12 muted">{unjudged} not judged</span>
    </td>
  );
}

export function MedianCell({ time }: { readonly time: VoterOfResults["responseMs"] }) {
  if (time === null) return <td className="right n">–</td>;
  const half = `${formatMilliseconds(time.lowerQuartile)} – ${formatMilliseconds(time.upperQuartile)}`;
  return (
    <td className="right n" title={`Middle half ${half}, ${time.n} trials`}>
      {formatMilliseconds(time.median)}
    </td>
  );
}

/** Heads of columns of numbers. */
export function NumberHeads({ names }: { readonly names: readonly string[] }) {
  return names.map((name) => (
    <th key={name} scope="col" className="right">
      {name}
    </th>
  ));
}
