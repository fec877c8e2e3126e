/** Cells of tables of voters: hits among trials, and the median response time with its middle half. */
import { formatMilliseconds } from "./resultFormats.ts";
import type { VoterOfResults } from "./voterWords.ts";

export function HitsCell({ hits, of }: Pick<VoterOfResults["gold"], "hits" | "of">) {
  return <td className="right n">{of === 0 ? "–" : `${hits} / ${of}`}</td>;
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
