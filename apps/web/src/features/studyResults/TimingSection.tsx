"use client";
/** Time on screen by refresh rate, compared with what the plan intends. */
import type { StudyResult } from "@pareidolia/perception/study/studyResults";
import { scaleLinear } from "d3-scale";
import { type RefObject, useRef } from "react";
import chartStyles from "../charts/Chart.module.css";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { formatCount } from "../marks/numbers.ts";
import { barsOf, rangeOf } from "./histogramBars.ts";
import { ResultSection } from "./ResultSection.tsx";
import { figureCells, figureColumns, resultQuery } from "./readResults.ts";
import { describeFigure, formatCounted, formatShare } from "./resultFormats.ts";
import styles from "./StudyResults.module.css";

type Phase = StudyResult<"timing">["planned"]["phases"][number];
type Shown = Extract<Phase["shown"], { readonly defined: true }>;
type Rate = Shown["rates"][number];

const nameOfRate = ({ refreshHz }: Rate): string => (refreshHz === null ? "unknown rate" : `${refreshHz} Hz`);

interface TimingSectionProps {
  readonly studyKey: string;
  readonly phase: Phase;
  /** A sentence on how the plan treats mistimed trials; empty if it keeps them. */
  readonly rule: string;
}

export function TimingSection({ studyKey, phase, rule }: TimingSectionProps) {
  const { shown } = phase;
  if (!shown.defined)
    return (
      <ResultSection title="Time on screen">
        <p className="second">Undefined. {shown.reason}</p>
      </ResultSection>
    );
  return <DefinedTiming studyKey={studyKey} shown={shown} rule={rule} />;
}

interface DefinedTimingProps extends Pick<TimingSectionProps, "studyKey" | "rule"> {
  readonly shown: Shown;
}

function DefinedTiming({ studyKey, shown, rule }: DefinedTimingProps) {
  const [frame, width] = useElementWidth<HTMLDivElement>(556);
  const svg = useRef<SVGSVGElement>(null);
  const tools = useDataTools({
    name: `${studyKey}-time-on-screen`,
    columns: [
      "refresh rate",
      "voters",
      "trials",
      "from ms",
      "to ms",
      "trials in bin",
      ...figureColumns.map((column) => `within one frame: ${column}`),
    ],
    rows: shown.rates.flatMap((rate) => {
      const { withinOneFrame: within } = rate;
      const row = (from: number | null, to: number | null, count: number) => [
        nameOfRate(rate),
        rate.voters,
        rate.trials,
        from,
        to,
        count,
        ...figureCells(within),
      ];
      const { edges, below, above } = rate.difference;
      return [
        ...(below > 0 ? [row(null, shown.requestedMs + (edges[0] as number), below)] : []),
        ...barsOf(rate.difference).map(({ from, to, count }) => row(shown.requestedMs + from, shown.requestedMs + to, count)),
        ...(above > 0 ? [row(shown.requestedMs + (edges.at(-1) as number), null, above)] : []),
      ];
    }),
    query: resultQuery(studyKey, "timing"),
    svg,
  });
  const late = shown.rates.reduce((sum, { dropped }) => sum + dropped.trials, 0);
  const counted = shown.rates.reduce((sum, { dropped }) => sum + dropped.of, 0);
  return (
    <ResultSection title="Time on screen" tools={tools}>
      <p className="t12 muted">
        Measured in every trial, by refresh rate. Height is the root of the count, so that late frames can be seen. {rule}
      </p>
      <div ref={frame}>
        <TimingChart shown={shown} width={width} svg={svg} />
      </div>
      <dl className={styles.keyFigures}>
        <dt>Trials with measured times</dt>
        <dd className="n">
          {formatCount(shown.measured)} / {formatCount(shown.measured + shown.unmeasured)}
        </dd>
        <dt>Trials with dropped frames</dt>
        <dd className="n">
          {formatCount(late)} / {formatCount(counted)}
        </dd>
        {shown.still === 0 ? null : (
          <>
            <dt>Trials of the still version, not among these</dt>
            <dd className="n">{formatCount(shown.still)}</dd>
          </>
        )}
      </dl>
    </ResultSection>
  );
}

const rowHeight = 72;
const top = 26;

function TimingChart({
  shown,
  width,
  svg,
}: {
  readonly shown: Shown;
  readonly width: number;
  readonly svg: RefObject<SVGSVGElement | null>;
}) {
  const { requestedMs, rates } = shown;
  const isNarrow = width < 460;
  const left = isNarrow ? 76 : 120;
  const all = rates.flatMap(({ difference }) => barsOf(difference));
  const [from, to] = rangeOf(all, 0, 60);
  const x = scaleLinear([requestedMs + from, requestedMs + to], [left, Math.max(left + 1, width - 28)]);
  const bottom = top + rates.length * rowHeight;
  const greatest = Math.max(1, ...all.map(({ count }) => count));
  return (
    <svg
      ref={svg}
      className={chartStyles.chart}
      width={width}
      height={bottom + 26}
      role="img"
      aria-label={`Time on screen of ${formatCount(shown.measured)} trials at ${rates.length} refresh rates, intended ${requestedMs} ms. The table has the numbers.`}
    >
      <line x1={x(requestedMs)} x2={x(requestedMs)} y1={top - 10} y2={bottom} stroke="var(--ink)" strokeDasharray="4 4" />
      <text x={x(requestedMs) - 6} y={12} textAnchor="end" className={chartStyles.chartLabel}>
        intended, {requestedMs} ms
      </text>
      {rates.map((rate, index) => {
        const base = top + (index + 1) * rowHeight - 16;
        const within = rate.withinOneFrame;
        return (
          <g key={nameOfRate(rate)}>
            <text x={0} y={base - 22} className={`${chartStyles.chartLabel} ${chartStyles.strong}`}>
              {nameOfRate(rate)}
            </text>
            <text x={0} y={base - 6}>
              {formatCounted(rate.voters, "voter")}
            </text>
            <line x1={left} x2={width - 4} y1={base + 0.5} y2={base + 0.5} className={chartStyles.chartFrame} />
            {barsOf(rate.difference).map((bar) => {
              const barHeight = Math.max(2, 40 * Math.sqrt(bar.count / greatest));
              const barWidth = Math.max(2, x(requestedMs + bar.to) - x(requestedMs + bar.from) - 1);
              return (
                <rect
                  key={bar.from}
                  x={x(requestedMs + bar.from)}
                  y={base - barHeight}
                  width={barWidth}
                  height={barHeight}
                  fill="var(--ink-2)"
                >
                  <title>{`${requestedMs + bar.from} to ${requestedMs + bar.to} ms: ${formatCounted(bar.count, "trial")}`}</title>
                </rect>
              );
            })}
            <text x={width - 4} y={base - 36} textAnchor="end">
              within one frame
            </text>
            <text x={width - 4} y={base - 20} textAnchor="end" className={`${chartStyles.chartLabel} ${chartStyles.strong}`}>
              {within.defined ? `${formatShare(within.estimate)} of ${formatCount(within.n)}` : "undefined"}
              <title>{describeFigure(within, formatShare)}</title>
            </text>
          </g>
        );
      })}
      {x.ticks(isNarrow ? 4 : 6).map((tick) => (
        <text key={tick} x={x(tick)} y={bottom + 12} textAnchor="middle">
          {tick} ms
        </text>
      ))}
    </svg>
  );
}
