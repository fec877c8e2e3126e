/** Values of a confidence in nines on the axis of the table: a square for each run, the 95% interval as a bar, and the mean as a line. */
import { rampColor } from "../marks/confidence.ts";
import styles from "./RunsTable.module.css";

export const plotWidth = 135;
/** In nines: .99, .999, .9999 and 5 nines. */
export const plotTicks = [2, 3, 4, 5] as const;
const lowest = 2;
const highest = 5.2;

/** Position of a number of nines, in pixels; values beyond the axis are at its ends. */
export const plotX = (nines: number): number => ((Math.min(highest, Math.max(lowest, nines)) - lowest) / (highest - lowest)) * plotWidth;

interface IntervalPlotProps {
  readonly values: readonly number[];
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly height: number;
  readonly label: string;
}

export function IntervalPlot({ values, mean, low, high, height, label }: IntervalPlotProps) {
  const middle = height / 2;
  return (
    <svg width={plotWidth} height={height} className={styles.plot} role="img" aria-label={label}>
      <title>{label}</title>
      {plotTicks.map((tick) => (
        <line key={tick} className={styles.tick} x1={plotX(tick)} x2={plotX(tick)} y1={0} y2={height} />
      ))}
      {low !== null && high !== null ? (
        <rect className={styles.interval} x={plotX(low)} y={middle - 3.5} width={Math.max(1, plotX(high) - plotX(low))} height={7} />
      ) : null}
      {values.map((value, i) => (
        <rect key={i} className={styles.seed} x={plotX(value) - 3} y={middle - 3} width={6} height={6} fill={rampColor(1 - 10 ** -value)} />
      ))}
      {mean !== null && values.length > 1 ? (
        <line className={styles.mean} x1={plotX(mean)} x2={plotX(mean)} y1={middle - 9} y2={middle + 9} />
      ) : null}
    </svg>
  );
}
