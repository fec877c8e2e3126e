/** A bar chart of the elites replaced in each generation, on the same axis as the confidence curves. */
import { scaleLinear } from "d3-scale";
import type { StatisticsFragment } from "../../graphql/generated/graphql.ts";
import chartStyles from "../charts/Chart.module.css";
import { generationScale, plot } from "../charts/chartLayout.ts";
import { formatCount } from "../marks/numbers.ts";
import styles from "./JumpStrip.module.css";

const height = 46;
const top = 4;
const baseline = 42;

interface JumpStripProps {
  readonly statistics: readonly StatisticsFragment[];
  readonly generations: number;
  readonly width: number;
}

export function JumpStrip({ statistics, generations, width }: JumpStripProps) {
  const x = generationScale(generations, width);
  // Generation 0 is left out: it fills empty niches instead of replacing elites, and its bar would dwarf the others.
  const jumps = statistics.filter((row) => row.generation > 0);
  const maxJumps = Math.max(1, ...jumps.map((row) => row.jumps));
  const y = scaleLinear([0, maxJumps], [baseline, top]);
  const bar = Math.max(1, Math.min(6, ((width - plot.left - plot.right) / Math.max(1, generations)) * 0.7));
  const total = jumps.reduce((sum, row) => sum + row.jumps, 0);
  return (
    <svg
      className={chartStyles.chart}
      width={width}
      height={height}
      role="img"
      aria-label={`${formatCount(total)} jumps after generation 0, at most ${formatCount(maxJumps)} in one generation.`}
    >
      <text x={48} y={top + 8} textAnchor="end">
        {formatCount(maxJumps)}
      </text>
      <text x={48} y={baseline + 4} textAnchor="end">
        0
      </text>
      {jumps.map((row) =>
        row.jumps > 0 ? (
          <rect
            key={row.generation}
            className={styles.jumpBar}
            x={x(row.generation) - bar / 2}
            y={y(row.jumps)}
            width={bar}
            height={baseline - y(row.jumps)}
          />
        ) : null,
      )}
      <line x1={plot.left} x2={width - plot.right} y1={baseline + 0.5} y2={baseline + 0.5} className={chartStyles.chartFrame} />
    </svg>
  );
}
