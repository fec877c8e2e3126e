/** The distance of a trajectory's image from the network's mean colour over the steps; from mid-grey if the pre-processing has no mean. */

import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import chartStyles from "../charts/Chart.module.css";
import { formatCount } from "../marks/numbers.ts";
import type { TrajectoryRow } from "./trajectories.ts";

const height = 72;

export function NormChart({ row, last, width }: { readonly row: TrajectoryRow; readonly last: number; readonly width: number }) {
  const maxNorm = Math.max(1, ...row.curve.map(({ norm }) => norm));
  const x = scaleLinear([0, Math.max(1, last)], [44, width - 12]);
  const y = scaleLinear([0, maxNorm], [height - 6, 8]);
  const path = line<TrajectoryRow["curve"][number]>(
    (point) => x(point.step),
    (point) => y(point.norm),
  )([...row.curve]);
  return (
    <svg
      className={chartStyles.chart}
      width={width}
      height={height}
      role="img"
      aria-label={`Distance from the mean colour or mid-grey, at most ${formatCount(maxNorm)} grey levels.`}
    >
      <text x={36} y={12} textAnchor="end">
        {formatCount(maxNorm)}
      </text>
      <text x={36} y={height - 2} textAnchor="end">
        0
      </text>
      <line x1={44} x2={width - 12} y1={height - 5.5} y2={height - 5.5} className={chartStyles.chartFrame} />
      <path d={path ?? ""} className={chartStyles.chartMedian} />
    </svg>
  );
}
