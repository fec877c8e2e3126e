/** Rows of figures as dots with intervals on one horizontal axis, each with its name at the left; undefined ones show their reason. */
import { type ScaleLinear, scaleLinear } from "d3-scale";
import type { RefObject } from "react";
import chartStyles from "../charts/Chart.module.css";
import type { FigureOrReason } from "./readResults.ts";
import { describeFigure } from "./resultFormats.ts";

interface IntervalRow {
  readonly key: string;
  readonly name: string;
  readonly figure: FigureOrReason;
  readonly isStrong?: boolean;
}

export interface IntervalRowsProps {
  readonly rows: readonly IntervalRow[];
  readonly width: number;
  readonly nameWidth: number;
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  format(value: number): string;
  readonly label: string;
  readonly svg: RefObject<SVGSVGElement | null>;
}

const rowHeight = 30;

export function IntervalRows({ rows, width, nameWidth, domain, ticks, format, label, svg }: IntervalRowsProps) {
  const bottom = rows.length * rowHeight;
  const x = scaleLinear(domain, [nameWidth, Math.max(nameWidth + 1, width - 6)]).clamp(true);
  return (
    <svg ref={svg} className={chartStyles.chart} width={width} height={bottom + 26} role="img" aria-label={label}>
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={x(tick)} x2={x(tick)} y1={0} y2={bottom} className={tick === 0 ? chartStyles.chartFrame : chartStyles.chartRule} />
          <text x={x(tick)} y={bottom + 18} textAnchor="middle">
            {format(tick)}
          </text>
        </g>
      ))}
      {rows.map(({ key, name, figure, isStrong = false }, index) => (
        <g key={key}>
          <text x={0} y={(index + 0.5) * rowHeight + 4} className={`${chartStyles.chartLabel} ${isStrong ? chartStyles.strong : ""}`}>
            {name}
          </text>
          <IntervalMark figure={figure} x={x} y={(index + 0.5) * rowHeight} format={format} />
        </g>
      ))}
    </svg>
  );
}

interface IntervalMarkProps {
  readonly figure: FigureOrReason;
  readonly x: ScaleLinear<number, number>;
  readonly y: number;
  format(value: number): string;
  /** A ring and a grey interval, for the second of two figures. */
  readonly isHollow?: boolean;
}

export function IntervalMark({ figure, x, y, format, isHollow = false }: IntervalMarkProps) {
  if (!figure.defined)
    return figure.estimate === undefined ? (
      <text x={x.range()[0]} dx={6} y={y + 4}>
        –<title>{figure.reason}</title>
      </text>
    ) : (
      <circle cx={x(figure.estimate)} cy={y} r={4} fill="var(--paper)" stroke="var(--people)" strokeWidth={1.5}>
        <title>{figure.reason}</title>
      </circle>
    );
  const { estimate, low, high } = figure;
  return (
    <g>
      <title>{describeFigure(figure, format)}</title>
      <line
        x1={x(low)}
        x2={x(high)}
        y1={y}
        y2={y}
        stroke={isHollow ? "var(--frame)" : "var(--people)"}
        strokeWidth={3}
        opacity={isHollow ? 0.6 : 0.45}
      />
      <circle
        cx={x(estimate)}
        cy={y}
        r={isHollow ? 3.5 : 4}
        fill={isHollow ? "var(--paper)" : "var(--people)"}
        stroke={isHollow ? "var(--people)" : "none"}
        strokeWidth={1.5}
      />
    </g>
  );
}
