/** Elites replaced in each generation, as bars on the curves' own axis. */

import { scaleLinear } from "d3-scale";
import type { StatisticsFragment } from "../../graphql/generated/graphql.ts";
import chartStyles from "../charts/Chart.module.css";
import { generationScale, plot } from "../charts/chartLayout.ts";
import { formatCount } from "../marks/numbers.ts";
import styles from "./JumpStrip.module.css";

const height = 46;
const top = 4;
const ground = 42;

interface JumpStripProps {
  readonly statistics: readonly StatisticsFragment[];
  readonly generations: number;
  readonly width: number;
}

export function JumpStrip({ statistics, generations, width }: JumpStripProps) {
  const x = generationScale(generations, width);
  // Generation 0 fills empty niches, which is no improvement over anything; it would dwarf the rest.
  const jumps = statistics.filter((row) => row.generation > 0);
  const most = Math.max(1, ...jumps.map((row) => row.jumps));
  const y = scaleLinear([0, most], [ground, top]);
  const bar = Math.max(1, Math.min(6, ((width - plot.left - plot.right) / Math.max(1, generations)) * 0.7));
  const total = jumps.reduce((sum, row) => sum + row.jumps, 0);
  return (
    <svg
      className={chartStyles.chart}
      width={width}
      height={height}
      role="img"
      aria-label={`${formatCount(total)} jumps after generation 0, at most ${formatCount(most)} in one generation.`}
    >
      <text x={48} y={top + 8} textAnchor="end">
        {formatCount(most)}
      </text>
      <text x={48} y={ground + 4} textAnchor="end">
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
            height={ground - y(row.jumps)}
          />
        ) : null,
      )}
      <line x1={plot.left} x2={width - plot.right} y1={ground + 0.5} y2={ground + 0.5} className={chartStyles.chartFrame} />
    </svg>
  );
}
