/** The horizontal rules of a chart, with their values on the left. */
import chartStyles from "./Chart.module.css";

interface ValueRulesProps {
  readonly values: readonly number[];
  y(value: number): number;
  format?(value: number): string;
  /** The x coordinates of both ends, in pixels. */
  readonly from: number;
  readonly to: number;
  /** Space between the value and its rule, in pixels. */
  readonly gap?: number;
}

export function ValueRules({ values, y, format = String, from, to, gap = 8 }: ValueRulesProps) {
  return values.map((value) => {
    // A line one pixel wide is sharp at half a pixel.
    const at = Math.round(y(value)) + 0.5;
    return (
      <g key={value}>
        <line x1={from} x2={to} y1={at} y2={at} className={chartStyles.chartRule} />
        <text x={from - gap} y={at + 4} textAnchor="end">
          {format(value)}
        </text>
      </g>
    );
  });
}
