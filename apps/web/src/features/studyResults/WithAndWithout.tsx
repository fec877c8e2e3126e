"use client";
/** The main figures as planned and of all voters, one above the other, so that the effect of the exclusion can be seen. */
import type { StudyResult } from "@pareidolia/perception/study/studyResults";
import { scaleLinear } from "d3-scale";
import { useRef } from "react";
import chartStyles from "../charts/Chart.module.css";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { formatCount } from "../marks/numbers.ts";
import { IntervalMark } from "./IntervalRows.tsx";
import { ResultSection } from "./ResultSection.tsx";
import { type Figure, type FigureOrReason, figureCells, figureColumns, resultQuery } from "./readResults.ts";
import { formatInterval, formatShare, formatUnit } from "./resultFormats.ts";

interface WithAndWithoutProps {
  readonly studyKey: string;
  readonly summary: StudyResult<"summary">;
  readonly agreement: StudyResult<"agreement"> | undefined;
  readonly question: number;
}

interface Row {
  readonly name: string;
  readonly planned: FigureOrReason;
  readonly everyone: FigureOrReason;
  format(value: number): string;
}

const defined = (figure: Figure): FigureOrReason => ({ defined: true, ...figure });
const absent: FigureOrReason = { defined: false, reason: "It was not computed." };

/** The figures of one side, in the order of the rows. */
function figuresOf(
  side: "planned" | "everyone",
  { summary, agreement, question }: Pick<WithAndWithoutProps, "summary" | "agreement" | "question">,
): FigureOrReason[] {
  const phase = summary[side].phases[question];
  const alpha = agreement?.[side].phases[question]?.alpha ?? absent;
  if (phase === undefined) return [absent, absent, absent, absent, alpha];
  const { total, voters, images } = phase;
  return [
    total.defined ? defined(total.agreement) : total,
    voters.defined ? defined(voters.meanAbove) : voters,
    voters.defined ? defined(voters.intervalAbove) : voters,
    images.defined ? defined(images.intervalAbove) : images,
    alpha,
  ];
}

const names = ["Share of votes that agree", "Voters, in the mean", "Voters, by the interval", "Images, by the interval", "α, nominal"];
const rowHeight = 44;
const top = 28;

export function WithAndWithout(props: WithAndWithoutProps) {
  const { studyKey, summary } = props;
  const [frame, width] = useElementWidth<HTMLDivElement>(556);
  const svg = useRef<SVGSVGElement>(null);
  const [planned, everyone] = [figuresOf("planned", props), figuresOf("everyone", props)];
  const rows: Row[] = names.map((name, index) => ({
    name,
    planned: planned[index] as FigureOrReason,
    everyone: everyone[index] as FigureOrReason,
    format: index === 4 ? formatUnit : formatShare,
  }));
  const tools = useDataTools({
    name: `${studyKey}-with-and-without`,
    columns: ["figure", "voters", ...figureColumns],
    rows: rows.flatMap((row) => [
      [row.name, "as planned", ...figureCells(row.planned)],
      [row.name, "all", ...figureCells(row.everyone)],
    ]),
    query: resultQuery(studyKey, "summary"),
    svg,
  });
  const isNarrow = width < 460;
  const textWidth = isNarrow ? 118 : 190;
  const valueWidth = isNarrow ? 116 : 226;
  const lowest = Math.min(0, ...rows.flatMap((row) => [row.planned, row.everyone].map((figure) => (figure.defined ? figure.low : 0))));
  const x = scaleLinear([lowest, 1], [textWidth, Math.max(textWidth + 1, width - valueWidth)]).clamp(true);
  const height = top + rows.length * rowHeight;
  return (
    <ResultSection
      title="With and without exclusions"
      tools={tools}
      note={`dot: as planned, ${formatCount(summary.counts.planned.voters)} voters; ring: all ${formatCount(summary.counts.everyone.voters)}`}
    >
      <div ref={frame}>
        <svg
          ref={svg}
          className={chartStyles.chart}
          width={width}
          height={height}
          role="img"
          aria-label="The main figures as planned and of all voters, with 95% intervals. The table has the numbers."
        >
          {[0, 0.5, 1].map((tick) => (
            <g key={tick}>
              <text x={x(tick)} y={14} textAnchor="middle">
                {tick === 0.5 ? ".5" : tick}
              </text>
              <line x1={x(tick)} x2={x(tick)} y1={top} y2={height} className={chartStyles.chartRule} />
            </g>
          ))}
          {rows.map((row, index) => {
            const middle = top + (index + 0.5) * rowHeight;
            return (
              <g key={row.name}>
                <line x1={0} x2={width} y1={top + index * rowHeight} y2={top + index * rowHeight} className={chartStyles.chartRule} />
                <text
                  x={0}
                  y={middle + 4}
                  className={chartStyles.chartLabel}
                  textLength={isNarrow && row.name.length > 19 ? textWidth - 8 : undefined}
                  lengthAdjust="spacingAndGlyphs"
                >
                  {row.name}
                </text>
                <IntervalMark figure={row.everyone} x={x} y={middle + 8} isHollow />
                <IntervalMark figure={row.planned} x={x} y={middle - 8} />
                <ValueText figure={row.planned} format={row.format} x={width} y={middle - 4} isShort={isNarrow} />
                <ValueText figure={row.everyone} format={row.format} x={width} y={middle + 13} isShort={isNarrow} />
              </g>
            );
          })}
        </svg>
      </div>
    </ResultSection>
  );
}

interface ValueTextProps {
  readonly figure: FigureOrReason;
  format(value: number): string;
  readonly x: number;
  readonly y: number;
  readonly isShort: boolean;
}

function ValueText({ figure, format, x, y, isShort }: ValueTextProps) {
  if (!figure.defined)
    return (
      <text x={x} y={y} textAnchor="end">
        undefined
        <title>{figure.reason}</title>
      </text>
    );
  const more = isShort ? `n ${formatCount(figure.n)}` : `${formatInterval(figure, format)}, n ${formatCount(figure.n)}`;
  return (
    <text x={x} y={y} textAnchor="end">
      <tspan style={{ fill: "var(--ink)" }}>{format(figure.estimate)}</tspan> {more}
      <title>{formatInterval(figure, format)}</title>
    </text>
  );
}
