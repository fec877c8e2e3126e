import chartStyles from "./Chart.module.css";

/** The horizontal rules of a chart, each with its value at the left. */
interface ValueRulesProps {
  readonly values: readonly number[];
  y(value: number): number;
  format?(value: number): string;
  /** From where to where they go, in pixels. */
  readonly from: number;
  readonly to: number;
  /** Between the value and its rule, in pixels. */
  readonly gap?: number;
}

export function ValueRules({ values, y, format = String, from, to, gap = 8 }: ValueRulesProps) {
  return values.map((value) => {
    // On half a pixel a line of one pixel is sharp.
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
