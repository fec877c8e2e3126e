"use client";
/**
 * Lines across parallel axes, the median last. Drag along an axis to select the lines that pass there; with the keyboard, the arrow keys move
 * a selection of a fifth of the axis, with Shift they change its upper end, and Escape removes it. Buttons arrange the axes.
 */
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { rampColor } from "../marks/confidence.ts";
import type { CsvValue } from "../marks/csv.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { formatCount } from "../marks/numbers.ts";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import chartStyles from "./Chart.module.css";
import { nineTickLabel } from "./ninesAxis.ts";
import styles from "./ParallelChart.module.css";
import { type Brush, isBrushed, movedBrush, type ParallelAxis, type ParallelLine } from "./parallelLines.ts";
import { useElementWidth } from "./useElementWidth.ts";

const plotHeight = 188;
/** Above the axes: room for their headings, and for slanted ones where columns are narrow. */
const headHeight = 34;
const slantedHeadHeight = 88;
const slantedCharacters = 12;
const footHeight = 26;
/** Of a character of a tick. */
const characterWidth = 7;
const maxCharacters = 12;
/** Between an axis and its ticks. */
const tickGap = 8;
/** Between a tick and the next axis. */
const axisGap = 4;
const narrowestLeft = 46;
/** For the ramp of the median and its ticks. */
const rightMargin = 64;
/** Between two axes: room for their headings and ticks. */
const usualColumn = 64;
/** With slanted headings. A chart with more axes than fit scrolls. */
const narrowestColumn = 32;

interface ParallelChartProps<Line extends ParallelLine> {
  readonly axes: readonly ParallelAxis[];
  readonly lines: readonly Line[];
  /** Of the last axis, in nines. */
  readonly range: readonly [number, number];
  /** What a line is, as a plural noun. */
  readonly unit: string;
  readonly empty: string;
  /** Prefix of the file names. */
  readonly name: string;
  readonly query: string;
  readonly columns: readonly string[];
  readonly className?: string | undefined;
  /** The values of a line in the table, one for each column. */
  rowOf(line: Line): readonly CsvValue[];
}

export function ParallelChart<Line extends ParallelLine>(props: ParallelChartProps<Line>) {
  const { axes, lines, range, unit, empty, name, query, columns, className, rowOf } = props;
  const [frame, frameWidth] = useElementWidth<HTMLDivElement>(520);
  const svg = useRef<SVGSVGElement>(null);
  /** Indices of the axes, from left to right; the median stays last. */
  const [order, setOrder] = useState<readonly number[]>(() => axes.map((_, i) => i));
  const [brushes, setBrushes] = useState<ReadonlyMap<number, Brush>>(new Map());
  const [isArranging, setArranging] = useState(false);
  const medianAxis = axes.length;
  const shownOrder = [...order, medianAxis];
  // The ticks of the first axis are on its left.
  const firstTicks = axes[order[0] ?? medianAxis]?.ticks ?? [];
  const maxTickLength = Math.min(maxCharacters, Math.max(0, ...firstTicks.map(({ text }) => text.length)));
  const left = Math.max(narrowestLeft, Math.min(frameWidth / 6, Math.ceil(tickGap + maxTickLength * characterWidth)));
  const width = Math.max(frameWidth, left + axes.length * narrowestColumn + rightMargin);
  const right = width - rightMargin;
  const x = (position: number): number => left + ((right - left) * position) / Math.max(1, shownOrder.length - 1);
  const columnWidth = x(1) - x(0);
  const isSlanted = columnWidth < usualColumn && axes.length > 0;
  const top = isSlanted ? slantedHeadHeight : headHeight;
  const plot = { top, bottom: top + plotHeight, height: top + plotHeight + footHeight };
  const headCharacters = isSlanted ? slantedCharacters : Math.max(4, Math.floor((columnWidth - axisGap) / characterWidth));
  const charactersAt = (position: number): number => {
    const room = (position === 0 ? left : columnWidth - axisGap) - tickGap;
    return Math.min(maxCharacters, Math.max(2, Math.floor(room / characterWidth)));
  };
  const y = (at: number): number => plot.bottom - at * (plot.bottom - plot.top);
  const setBrush = (axis: number, brush: Brush | null) => {
    const next = new Map(brushes);
    if (brush === null) next.delete(axis);
    else next.set(axis, brush);
    setBrushes(next);
  };
  const selected = brushes.size === 0 ? [] : lines.filter((line) => isBrushed(line, brushes));
  const chosen = new Set(selected.map(({ key }) => key));
  const nameOf = (axis: number): string => axes[axis]?.label ?? "Median";
  const tools = useDataTools({
    name,
    columns: [...columns, "selected"],
    rows: () => lines.map((line) => [...rowOf(line), chosen.has(line.key) ? "yes" : "no"]),
    query,
    svg,
  });
  const move = (from: number, by: number) => {
    const next = [...order];
    const to = from + by;
    [next[from], next[to]] = [next[to] as number, next[from] as number];
    setOrder(next);
  };
  return (
    <ResultSection title="Parallel coordinates" tools={tools} className={className}>
      <div ref={frame} className={styles.frame} {...(width > frameWidth ? { role: "region", "aria-label": "Axes", tabIndex: 0 } : {})}>
        <svg
          ref={svg}
          className={chartStyles.chart}
          width={width}
          height={plot.height}
          role="group"
          aria-label={`${lines.length} ${unit} as lines across ${shownOrder.map(nameOf).join(", ")}. The table has the numbers.`}
        >
          {lines.map((line) =>
            chosen.has(line.key) ? null : <Line key={line.key} line={line} order={shownOrder} x={x} y={y} faint={brushes.size > 0} />,
          )}
          {selected.map((line) => (
            <Line key={line.key} line={line} order={shownOrder} x={x} y={y} strong />
          ))}
          {shownOrder.map((axis, position) => (
            <g key={axis}>
              <text
                {...(isSlanted
                  ? { transform: `translate(${x(position)} ${top - 16}) rotate(-40)` }
                  : { x: x(position), y: 14, textAnchor: "middle" })}
                className={chartStyles.chartLabel}
              >
                <title>{nameOf(axis)}</title>
                {clip(nameOf(axis), headCharacters)}
              </text>
              {axis === medianAxis ? (
                <Ramp x={x(position)} range={range} y={y} />
              ) : (
                axes[axis]?.ticks.map(({ at, text }) => (
                  <text
                    key={`${at}`}
                    x={x(position) + (position === 0 ? -tickGap : tickGap)}
                    y={position === 0 ? y(at) + 4 : y(at) - 5}
                    textAnchor={position === 0 ? "end" : "start"}
                    className={styles.axisTick}
                  >
                    <title>{text}</title>
                    {clip(text, charactersAt(position))}
                  </text>
                ))
              )}
              <line x1={x(position)} x2={x(position)} y1={plot.top} y2={plot.bottom} className={chartStyles.chartFrame} />
              <BrushArea
                x={x(position)}
                name={nameOf(axis)}
                brush={brushes.get(axis) ?? null}
                svg={svg}
                at={(pixel) => Math.min(1, Math.max(0, (plot.bottom - pixel) / (plot.bottom - plot.top)))}
                y={y}
                onBrush={(brush) => setBrush(axis, brush)}
              />
            </g>
          ))}
        </svg>
      </div>
      <p className="t12 muted" role="status">
        {lines.length === 0
          ? empty
          : brushes.size === 0
            ? `Drag along an axis to select ${unit}.`
            : `Selected: ${formatCount(selected.length)} of ${formatCount(lines.length)} ${unit}${rangeText(selected)}.`}{" "}
        {brushes.size === 0 ? null : (
          <button type="button" className={toolButtonStyles.toolButton} onClick={() => setBrushes(new Map())}>
            Clear
          </button>
        )}
        {axes.length > 1 ? (
          <button
            type="button"
            className={toolButtonStyles.toolButton}
            aria-expanded={isArranging}
            onClick={() => setArranging(!isArranging)}
          >
            Arrange axes
          </button>
        ) : null}
      </p>
      {isArranging ? (
        <ol className={styles.arrange}>
          {order.map((axis, position) => (
            <li key={axis}>
              <span>{nameOf(axis)}</span>
              <button
                type="button"
                className={toolButtonStyles.toolButton}
                aria-label={`Move ${nameOf(axis)} left`}
                disabled={position === 0}
                onClick={() => move(position, -1)}
              >
                ←
              </button>
              <button
                type="button"
                className={toolButtonStyles.toolButton}
                aria-label={`Move ${nameOf(axis)} right`}
                disabled={position === order.length - 1}
                onClick={() => move(position, 1)}
              >
                →
              </button>
            </li>
          ))}
        </ol>
      ) : null}
    </ResultSection>
  );
}

/** Cuts a text that would run into the next. */
function clip(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

function rangeText(lines: readonly ParallelLine[]): string {
  if (lines.length === 0) return "";
  const nines = lines.map((line) => line.nines);
  return `, ${Math.min(...nines).toFixed(2)} to ${Math.max(...nines).toFixed(2)} nines`;
}

interface LineProps {
  readonly line: ParallelLine;
  readonly order: readonly number[];
  readonly strong?: boolean;
  readonly faint?: boolean;
  x(position: number): number;
  y(at: number): number;
}

/** Curves that are horizontal at each axis. */
function Line({ line, order, x, y, strong = false, faint = false }: LineProps) {
  const points = order.map((axis, position) => [x(position), y(line.at[axis] ?? 0)] as const);
  const path = points
    .map(([px, py], i) => {
      if (i === 0) return `M${px.toFixed(1)} ${py.toFixed(1)}`;
      const [qx, qy] = points[i - 1] as readonly [number, number];
      const middle = ((qx + px) / 2).toFixed(1);
      return `C${middle} ${qy.toFixed(1)} ${middle} ${py.toFixed(1)} ${px.toFixed(1)} ${py.toFixed(1)}`;
    })
    .join("");
  const [endX, endY] = points.at(-1) as readonly [number, number];
  return (
    <g>
      <path
        d={path}
        style={line.stroke}
        className={strong ? styles.strongLine : faint ? styles.faintLine : line.stroke === undefined ? styles.line : styles.ownLine}
      >
        <title>{`${line.label}: ${line.nines.toFixed(2)} nines`}</title>
      </path>
      {line.mark === undefined ? null : (
        <text x={endX - 8} y={endY - 5} textAnchor="end" className={styles.mark}>
          {line.mark}
        </text>
      )}
      {strong ? <rect x={endX - 3} y={endY - 3} width={6} height={6} fill={rampColor(line.median)} className={styles.end} /> : null}
    </g>
  );
}

const rampParts = 24;

function Ramp({ x, range: [low, high], y }: { readonly x: number; readonly range: readonly [number, number]; y(at: number): number }) {
  const step = Math.max(1, Math.ceil((high - low) / 6));
  const ticks = Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, i) => low + i * step);
  return (
    <g>
      {Array.from({ length: rampParts }, (_, i) => (
        <rect
          key={i}
          x={x + 6}
          y={y((i + 1) / rampParts)}
          width={5}
          height={y(0) - y(1 / rampParts) + 0.5}
          fill={rampColor(1 - 10 ** -(low + ((i + 0.5) / rampParts) * (high - low)))}
        />
      ))}
      {ticks.map((tick) => (
        <text key={tick} x={x + 16} y={y((tick - low) / (high - low)) + 4}>
          {nineTickLabel(tick)}
        </text>
      ))}
    </g>
  );
}

interface BrushAreaProps {
  readonly x: number;
  readonly name: string;
  readonly brush: Brush | null;
  readonly svg: { readonly current: SVGSVGElement | null };
  at(pixel: number): number;
  y(at: number): number;
  onBrush(brush: Brush | null): void;
}

function BrushArea({ x, name, brush, svg, at, y, onBrush }: BrushAreaProps) {
  const from = useRef<number | null>(null);
  const positionOf = (event: PointerEvent): number => at(event.clientY - (svg.current?.getBoundingClientRect().top ?? 0));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") return onBrush(null);
    const next = movedBrush(brush, event.key, event.shiftKey);
    if (next === null) return;
    event.preventDefault();
    onBrush(next);
  };
  return (
    <>
      {brush === null ? null : (
        <rect x={x - 7} y={y(brush[1])} width={14} height={Math.max(2, y(brush[0]) - y(brush[1]))} className={styles.brush} />
      )}
      <rect
        x={x - 12}
        y={y(1) - 4}
        width={24}
        height={y(0) - y(1) + 8}
        className={styles.brushArea}
        role="slider"
        tabIndex={0}
        aria-label={`Selection on ${name}`}
        aria-orientation="vertical"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={brush === null ? 0 : Math.round(brush[0] * 100)}
        aria-valuetext={brush === null ? "none" : `${Math.round(brush[0] * 100)}% to ${Math.round(brush[1] * 100)}% of the axis`}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          from.current = positionOf(event);
          onBrush(null);
        }}
        onPointerMove={(event) => {
          if (from.current === null) return;
          const to = positionOf(event);
          if (Math.abs(to - from.current) > 0.01) onBrush([Math.min(from.current, to), Math.max(from.current, to)]);
        }}
        onPointerUp={() => {
          from.current = null;
        }}
      />
    </>
  );
}
