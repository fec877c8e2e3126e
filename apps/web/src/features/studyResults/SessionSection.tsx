"use client";
/** Agreement over the session: its slope for one trial, and the shares of groups of trials. */
import type { StudyResult } from "@pareidolia/perception/study/studyResults";
import { scaleLinear } from "d3-scale";
import { type RefObject, useRef } from "react";
import chartStyles from "../charts/Chart.module.css";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { ValueRules } from "../charts/ValueRules.tsx";
import { useDataTools } from "../marks/DataTools.tsx";
import { type AgreementWords, capitalised } from "./agreementWords.ts";
import { BigFigure } from "./FigureText.tsx";
import { ResultSection } from "./ResultSection.tsx";
import { type FigureOrReason, figureCells, figureColumns, resultQuery } from "./readResults.ts";
import { describeFigure, formatP, formatPoints, formatShare, intervalKinds, populationsOf, withIntervals } from "./resultFormats.ts";
import { slopeLine } from "./slopeLine.ts";

type Phase = StudyResult<"bias">["planned"]["phases"][number];
type Session = Extract<Phase["session"], { readonly defined: true }>;

interface SessionSectionProps {
  readonly studyKey: string;
  readonly phase: Phase;
  readonly chance: number | null;
  readonly words: AgreementWords;
}

export function SessionSection({ studyKey, phase, chance, words }: SessionSectionProps) {
  const [frame, width] = useElementWidth<HTMLDivElement>(412);
  const svg = useRef<SVGSVGElement>(null);
  const { slope, session } = phase;
  const tools = useDataTools({
    name: `${studyKey}-session`,
    columns: ["first trial", "last trial", "agreeing", ...figureColumns],
    rows: session.defined
      ? session.share.map((share, group) => [
          (session.first[group] as number) + 1,
          (session.last[group] as number) + 1,
          session.agreeing[group] as number,
          ...figureCells(share),
        ])
      : [],
    query: resultQuery(studyKey, "bias"),
    ...(session.defined ? { svg } : {}),
  });
  const kinds = session.defined ? intervalKinds(populationsOf(session.share)) : null;
  const figure: FigureOrReason = slope.defined ? { defined: true, ...slope.slope } : slope;
  return (
    <ResultSection title="Over the session" {...(session.defined ? { tools } : {})}>
      <BigFigure
        figure={figure}
        format={formatPoints}
        cases="voters"
        name={
          <>
            points per trial
            {slope.defined ? (
              <>
                , <span className="n12">{formatP(slope.p)}</span>
              </>
            ) : null}
          </>
        }
        method="95% interval, clustered by voter,"
      />
      <div ref={frame}>
        {session.defined ? (
          <>
            <SessionChart
              session={session}
              slope={slope.defined ? slope.slope : null}
              chance={chance}
              words={words}
              width={width}
              svg={svg}
            />
            <p className="t12 muted">
              {kinds === null ? "" : `Whiskers: intervals, ${kinds}. `}
              {session.share.some((share) => !share.defined && share.estimate !== undefined) ? "Rings have no interval." : ""}
            </p>
          </>
        ) : (
          <p className="second">Undefined. {session.reason}</p>
        )}
      </div>
    </ResultSection>
  );
}

/** The upper end of the axis: the first tenth above all that is drawn, shares without an interval included. */
function endOfShares(session: Pick<Session, "share">, line: readonly { readonly share: number }[], chance: number | null): number {
  const shares = session.share.map((share) => (share.defined ? share.high : (share.estimate ?? 0)));
  const highest = Math.max(chance ?? 0, ...shares, ...line.map(({ share }) => share));
  return Math.min(1, Math.ceil(highest * 10 + 0.2) / 10);
}

const height = 300;
const plot = { left: 48, right: 8, top: 10, bottom: 250 };

interface SessionChartProps {
  readonly session: Session;
  readonly slope: { readonly estimate: number; readonly low: number; readonly high: number } | null;
  readonly chance: number | null;
  readonly words: AgreementWords;
  readonly width: number;
  readonly svg: RefObject<SVGSVGElement | null>;
}

function SessionChart({ session, slope, chance, words, width, svg }: SessionChartProps) {
  const last = (session.last.at(-1) ?? 0) + 1;
  const x = scaleLinear([1, Math.max(2, last)], [plot.left + 8, Math.max(plot.left + 9, width - plot.right)]);
  const line = slope === null ? null : slopeLine(session, slope);
  const y = scaleLinear([0, endOfShares(session, line ?? [], chance)], [plot.bottom, plot.top]).clamp(true);
  return (
    <svg
      ref={svg}
      className={chartStyles.chart}
      width={width}
      height={height}
      role="img"
      aria-label={`${capitalised(words.ofPeople)}, by trial of the session${withIntervals(populationsOf(session.share))}. The table has the numbers.`}
    >
      <ValueRules values={y.ticks(4)} y={y} format={formatShare} from={plot.left} to={width - plot.right} gap={12} />
      <rect x={plot.left - 7} y={plot.top} width={4} height={plot.bottom - plot.top} fill="var(--people)" />
      {chance === null ? null : (
        <>
          <line x1={plot.left} x2={width - plot.right} y1={y(chance)} y2={y(chance)} stroke="var(--ink)" strokeDasharray="3 3" />
          <text x={width - plot.right} y={y(chance) - 6} textAnchor="end" className={chartStyles.chartLabel}>
            chance
          </text>
        </>
      )}
      {line === null ? null : (
        <>
          <path
            d={`M${[...line.map(({ trial, low }) => `${x(trial)} ${y(low)}`), ...[...line].reverse().map(({ trial, high }) => `${x(trial)} ${y(high)}`)].join("L")}Z`}
            fill="var(--people-wash)"
          />
          <path
            d={`M${line.map(({ trial, share }) => `${x(trial)} ${y(share)}`).join("L")}`}
            fill="none"
            stroke="var(--people)"
            strokeWidth={1.5}
          />
        </>
      )}
      {session.share.map((share, group) => {
        if (share.estimate === undefined) return null;
        const middle = x(((session.first[group] as number) + (session.last[group] as number)) / 2 + 1);
        return (
          <g key={group}>
            <title>{`Trials ${(session.first[group] as number) + 1} to ${(session.last[group] as number) + 1}: ${describeFigure(share, formatShare)}`}</title>
            {share.defined ? (
              <line x1={middle} x2={middle} y1={y(share.low)} y2={y(share.high)} stroke="var(--people)" strokeWidth={3} opacity={0.45} />
            ) : null}
            <circle
              cx={middle}
              cy={y(share.estimate)}
              r={4}
              fill={share.defined ? "var(--people)" : "var(--paper)"}
              stroke={share.defined ? "none" : "var(--people)"}
              strokeWidth={1.5}
            />
          </g>
        );
      })}
      {[...new Set([1, ...x.ticks(5).filter((tick) => tick > 1 && tick < 0.94 * last && Number.isInteger(tick)), last])].map((tick) => (
        <text key={tick} x={x(tick)} y={plot.bottom + 20} textAnchor={tick === last ? "end" : "middle"}>
          {tick}
        </text>
      ))}
      <text x={width - plot.right} y={plot.bottom + 40} textAnchor="end" className={chartStyles.chartLabel}>
        trial
      </text>
    </svg>
  );
}
