"use client";
/**
 * The medians of a sweep: a row for each point with a cell for each seed, the median over seeds with its interval, and all runs on
 * a common axis in nines. A narrow screen shows no cells.
 */

import { type RefObject, useRef, useState } from "react";
import { useAddress } from "../addresses/navigation.ts";
import chartStyles from "../charts/Chart.module.css";
import { clipLabel, labelLines } from "../charts/labelLines.ts";
import { ninesAxis, nineTickLabel } from "../charts/ninesAxis.ts";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { formatConfidence, rampColor } from "../marks/confidence.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { intervalCells, intervalColumns } from "../marks/intervalColumns.ts";
import { formatCount } from "../marks/numbers.ts";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import styles from "./Sweeps.module.css";
import { confidenceOfNines, formatNines, labelOfPoint, type SweepOnPage, type SweepPoint, type SweepRunResult } from "./sweepOnPage.ts";
import { resultsQuery } from "./sweepQueries.ts";

const rowHeight = 40;
/** Of the widest label of the axis, with its space. */
const tickLabelWidth = 40;
/** Of a digit of a seed. */
const digitWidth = 7;
/** Between the cells and the head of the medians. */
const seedsOverhang = 28;
const headHeight = 36;
const maxRows = 40;
/** Cells with a number need 48 px, those without 12. */
const widestCell = 49;
const narrowestCell = 12;

const orders = ["plan", "median"] as const;

function rowsOf(sweep: SweepOnPage) {
  return sweep.results.points.flatMap((point) =>
    point.runs.map((run) => [
      point.index,
      ...(point.values as readonly unknown[]).map((value) =>
        typeof value === "object" ? JSON.stringify(value) : (value as string | number),
      ),
      run.seed,
      run.key,
      run.state,
      run.stoppedBy ?? null,
      run.median ?? null,
      run.nines ?? null,
      point.count,
      point.median?.estimate ?? null,
      ...intervalCells(point.median, "other seeds"),
      point.mean?.estimate ?? null,
      ...intervalCells(point.mean, "other seeds"),
    ]),
  );
}

/** Why points have no interval, after a space; nothing if all have one. */
function whyWithout(points: readonly SweepPoint[]): string {
  const reasons = new Set(points.flatMap(({ median }) => median?.intervalReason ?? []));
  return [...reasons].map((reason) => ` ${reason}`).join("");
}

interface SweepMatrixProps {
  readonly sweep: SweepOnPage;
  /** Index of the selected point. */
  readonly selected: number | null;
  onSelect(point: number | null): void;
}

export function SweepMatrix({ sweep, selected, onSelect }: SweepMatrixProps) {
  const [frame, width] = useElementWidth<HTMLDivElement>(880);
  const [order, setOrder] = useState<(typeof orders)[number]>("plan");
  const [showsAll, setShowsAll] = useState(false);
  const svg = useRef<SVGSVGElement>(null);
  const { points } = sweep.results;
  const tools = useDataTools({
    name: `${sweep.key}-medians`,
    columns: [
      "point",
      ...sweep.axes.map(({ label }) => label),
      "seed",
      "run",
      "state",
      "stopped by",
      "median confidence",
      "nines",
      "n",
      "median over seeds",
      ...intervalColumns("median over seeds"),
      "mean over seeds",
      ...intervalColumns("mean over seeds"),
    ],
    rows: () => rowsOf(sweep),
    query: resultsQuery(sweep.key),
    svg,
  });
  const sorted = order === "plan" ? points : points.toSorted((a, b) => (b.median?.estimate ?? -1) - (a.median?.estimate ?? -1));
  const shown = showsAll ? sorted : sorted.slice(0, maxRows);
  return (
    <ResultSection title="Median confidence, in nines" tools={tools}>
      <div className={styles.choices} role="group" aria-label="Order of the points">
        {orders.map((each) => (
          <button
            key={each}
            type="button"
            className={toolButtonStyles.toolButton}
            aria-pressed={order === each}
            onClick={() => setOrder(each)}
          >
            {each === "plan" ? "In order of values" : "Best first"}
          </button>
        ))}
      </div>
      <div ref={frame}>
        <Matrix sweep={sweep} points={shown} width={width} svg={svg} selected={selected} onSelect={onSelect} />
      </div>
      <div className={styles.legend}>
        <span>
          <i className={styles.dot} /> running, latest value
        </span>
        <span>
          <i className={styles.square} /> stopped early
        </span>
        <span>
          <i className={styles.dashed} /> queued
        </span>
        {sweep.rungs.length === 0 ? null : (
          <span>
            <i className={styles.ring} /> waits at a rung
          </span>
        )}
        <span>
          <b aria-hidden="true">×</b> failed or cancelled
        </span>
        <span className={styles.legendNote}>
          Line: median of the completed runs. Band: its 95% interval for other seeds.{whyWithout(points)}
        </span>
      </div>
      {points.length > shown.length ? (
        <button type="button" className={toolButtonStyles.toolButton} onClick={() => setShowsAll(true)}>
          Show all {formatCount(points.length)} points
        </button>
      ) : null}
    </ResultSection>
  );
}

interface MatrixProps extends SweepMatrixProps {
  readonly points: readonly SweepPoint[];
  readonly width: number;
  readonly svg: RefObject<SVGSVGElement | null>;
}

function Matrix({ sweep, points, width, svg, selected, onSelect }: MatrixProps) {
  const isNarrow = width < 640;
  const seedCount = sweep.seeds.length;
  const labelWidth = Math.min(isNarrow ? 120 : 200, 16 + 7 * Math.max(14, ...points.map((point) => labelOfPoint(sweep, point).length)));
  const medianWidth = 70;
  const intervalWidth = isNarrow ? 0 : 96;
  const room = width - labelWidth - medianWidth - intervalWidth - 180;
  const cell = isNarrow ? 0 : Math.max(narrowestCell, Math.min(widestCell, Math.floor(room / seedCount)));
  const shownSeeds = isNarrow ? 0 : Math.min(seedCount, Math.floor(room / cell));
  const cellsEnd = labelWidth + shownSeeds * cell;
  const seedWidth = 6 + digitWidth * Math.max(...sweep.seeds.map((seed) => String(seed).length));
  const seedEvery = Math.ceil(seedWidth / Math.max(1, cell));
  const plotLeft = cellsEnd + medianWidth + 16;
  const plotRight = width - intervalWidth - 12;
  const axis = ninesAxis(
    points.flatMap(({ runs, median }) => [
      ...runs.flatMap(({ nines }) => nines ?? []),
      ...(median ? [median.high ?? median.estimate] : []),
    ]),
    [plotLeft, Math.max(plotLeft + 40, plotRight)],
  );
  const [first = 0, second = 1] = axis.ticks;
  const labelEvery = Math.ceil(tickLabelWidth / Math.max(1, axis.x(second) - axis.x(first)));
  const best = Math.max(...points.map(({ median }) => median?.estimate ?? Number.NEGATIVE_INFINITY));
  const height = headHeight + points.length * rowHeight;
  const bottom = height - 1;
  return (
    <svg
      ref={svg}
      className={`${chartStyles.chart} ${styles.matrix}`}
      width={width}
      height={height}
      role="group"
      aria-label={`Median confidence of ${points.length} points in nines, with the median over seeds and its interval. The table has the numbers.`}
    >
      {labelLines(sweep.axes.map(({ label }) => label).join(", "), labelWidth).map((line, i, lines) => (
        <text key={line} x={0} y={24 + (i + 1 - lines.length) * 13} className={chartStyles.chartLabel}>
          {line}
        </text>
      ))}
      {shownSeeds === 0 ? null : (
        <text x={labelWidth + 1} y={11} className={chartStyles.chartLabel}>
          Seed
        </text>
      )}
      {sweep.seeds.slice(0, shownSeeds).map((seed, i) =>
        i % seedEvery === 0 && labelWidth + i * cell + seedWidth <= cellsEnd + seedsOverhang ? (
          <text key={seed} x={labelWidth + i * cell + 1} y={24}>
            {seed}
          </text>
        ) : null,
      )}
      <text x={cellsEnd + medianWidth} y={24} textAnchor="end" className={chartStyles.chartLabel}>
        Median
      </text>
      {isNarrow ? null : (
        <text x={width} y={24} textAnchor="end" className={chartStyles.chartLabel}>
          95% interval
        </text>
      )}
      {axis.ticks.map((tick, i) => (
        <g key={tick}>
          <line x1={axis.x(tick)} x2={axis.x(tick)} y1={headHeight - 2} y2={bottom} className={chartStyles.chartRule} />
          <text x={axis.x(tick)} y={14} textAnchor="middle">
            {i % labelEvery === 0 ? nineTickLabel(tick) : null}
          </text>
        </g>
      ))}
      {axis.bands.map(({ from, to, color }) => (
        <rect key={from} x={axis.x(from)} y={20} width={Math.max(0, axis.x(to) - axis.x(from) + 0.5)} height={5} fill={color} />
      ))}
      <line x1={0} x2={width} y1={headHeight - 2} y2={headHeight - 2} className={chartStyles.chartRule} />
      {points.map((point, row) => (
        <g key={point.index} transform={`translate(0 ${headHeight + row * rowHeight})`}>
          {selected === point.index ? <rect width={width} height={rowHeight - 1} className={styles.selectedRow} /> : null}
          <text
            x={0}
            y={24}
            className={`${chartStyles.chartLabel} ${point.median?.estimate === best ? chartStyles.strong : ""} ${styles.pointLabel}`}
            onClick={() => onSelect(selected === point.index ? null : point.index)}
          >
            {clipLabel(labelOfPoint(sweep, point), labelWidth)}
          </text>
          {point.runs.slice(0, shownSeeds).map((run, i) => (
            <RunCell key={run.key} run={run} x={labelWidth + i * cell} cell={cell} />
          ))}
          {point.median == null ? null : (
            <>
              <text x={cellsEnd + medianWidth} y={18} textAnchor="end" className={styles.medianText}>
                {formatConfidence(confidenceOfNines(point.median.estimate))}
              </text>
              <text x={cellsEnd + medianWidth} y={32} textAnchor="end">
                n {point.count}
              </text>
              {point.median.low == null || point.median.high == null ? (
                isNarrow ? null : (
                  <text x={width} y={24} textAnchor="end" className={chartStyles.chartLabel}>
                    too few seeds
                    <title>{point.median.intervalReason}</title>
                  </text>
                )
              ) : (
                <>
                  <rect
                    x={axis.x(point.median.low)}
                    y={16}
                    width={Math.max(1, axis.x(point.median.high) - axis.x(point.median.low))}
                    height={8}
                    className={styles.band}
                  />
                  {isNarrow ? null : (
                    <text x={width} y={24} textAnchor="end">
                      {formatNines(point.median.low)} – {formatNines(point.median.high)}
                    </text>
                  )}
                </>
              )}
            </>
          )}
          {point.runs.map((run) =>
            run.nines == null || run.state !== "SUCCEEDED" ? null : (
              <rect
                key={run.key}
                x={axis.x(run.nines) - 2.5}
                y={17.5}
                width={5}
                height={5}
                fill={rampColor(run.median ?? 0)}
                className={styles.runMark}
              >
                <title>{`${run.key}, seed ${run.seed}: ${formatNines(run.nines)} nines`}</title>
              </rect>
            ),
          )}
          {point.median == null ? null : (
            <line
              x1={axis.x(point.median.estimate)}
              x2={axis.x(point.median.estimate)}
              y1={12}
              y2={28}
              className={chartStyles.chartMedian}
            />
          )}
          <line x1={0} x2={width} y1={rowHeight - 0.5} y2={rowHeight - 0.5} className={chartStyles.chartRule} />
        </g>
      ))}
    </svg>
  );
}

function RunCell({ run, x, cell }: { readonly run: SweepRunResult; readonly x: number; readonly cell: number }) {
  const address = useAddress();
  const width = Math.min(11, cell - 2);
  const isLive = run.state === "RUNNING" || run.state === "PAUSED";
  /** Beside the cell, if there is room. */
  const shown = cell < 46 || run.nines == null ? "" : formatNines(run.nines);
  const isOff = run.state === "FAILED" || run.state === "CRASHED" || run.state === "CANCELLED";
  return (
    <a href={address(`/runs/${run.key}`)} tabIndex={-1}>
      <title>{`${run.key}, seed ${run.seed}, ${run.waitsAtRung == null ? run.state.toLowerCase() : `waits at rung ${run.waitsAtRung}`}`}</title>
      {isOff ? (
        <text x={x + width / 2} y={25} textAnchor="middle" className={styles.cross}>
          ×
        </text>
      ) : run.median == null ? (
        <rect x={x + 0.5} y={8.5} width={width} height={22} className={styles.queuedCell} />
      ) : (
        <>
          <rect x={x + 0.5} y={8.5} width={width} height={22} fill={rampColor(run.median)} className={styles.cell} />
          {run.waitsAtRung == null ? null : <circle cx={x + 0.5 + width / 2} cy={19.5} r={3} className={styles.waitingMark} />}
          {isLive ? <circle cx={x + 0.5 + width / 2} cy={19.5} r={3.5} className={styles.liveMark} /> : null}
          {shown === "" ? null : (
            <text x={x + width + 4} y={23} className={isLive ? "" : styles.cellText}>
              {shown}
            </text>
          )}
          {run.stoppedBy == null ? null : (
            <rect x={x + Math.max(width + 1, cell - 8)} y={6} width={4} height={4} className={styles.stoppedMark} />
          )}
        </>
      )}
    </a>
  );
}
