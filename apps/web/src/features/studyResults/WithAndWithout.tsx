"use client";
/** The main figures as planned and of all voters, one above the other, so that the effect of the exclusion can be seen. */
import type { StudyResult } from "@pareidolia/perception/study/studyResults";
import { scaleLinear } from "d3-scale";
import { useRef } from "react";
import chartStyles from "../charts/Chart.module.css";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { formatCount } from "../marks/numbers.ts";
import { type AgreementWords, capitalised } from "./agreementWords.ts";
import { IntervalMark } from "./IntervalRows.tsx";
import { ResultSection } from "./ResultSection.tsx";
import { drawnValues, type Figure, type FigureOrReason, figureCells, figureColumns, resultQuery } from "./readResults.ts";
import {
  describeFigure,
  formatInterval,
  formatShare,
  formatUnit,
  namesOfPopulations,
  populationsOf,
  withIntervals,
} from "./resultFormats.ts";
import styles from "./StudyResults.module.css";
import { namesOfChoices } from "./voterWords.ts";

interface WithAndWithoutProps {
  readonly studyKey: string;
  readonly summary: StudyResult<"summary">;
  readonly agreement: StudyResult<"agreement"> | undefined;
  readonly question: number;
  readonly words: AgreementWords;
}

interface Row {
  readonly name: string;
  readonly method: string;
  readonly planned: FigureOrReason;
  readonly everyone: FigureOrReason;
  format(value: number): string;
}

const defined = (figure: Figure): FigureOrReason => ({ defined: true, ...figure });
const absent: FigureOrReason = { defined: false, reason: "It was not computed." };

/** The figures of one side. */
function figuresOf(
  side: "planned" | "everyone",
  { summary, agreement, question }: Pick<WithAndWithoutProps, "summary" | "agreement" | "question">,
) {
  const phase = summary[side].phases[question];
  const alpha = agreement?.[side].phases[question]?.alpha ?? absent;
  if (phase === undefined) return { share: absent, votersMean: absent, voters: absent, images: absent, alpha };
  const { total, voters, images } = phase;
  return {
    share: total.defined ? total.agreement : total,
    votersMean: voters.defined ? defined(voters.meanAbove) : voters,
    voters: voters.defined ? defined(voters.intervalAbove) : voters,
    images: images.defined ? defined(images.intervalAbove) : images,
    alpha,
  };
}

interface RowKind {
  readonly id: keyof ReturnType<typeof figuresOf>;
  name(words: AgreementWords): string;
  /** How the interval is computed. */
  readonly method: string;
  readonly needsChance: boolean;
  format(value: number): string;
}

const above = { method: "Wilson’s, voters as units", needsChance: true, format: formatShare } as const;
const rowKinds: readonly RowKind[] = [
  {
    id: "share",
    name: ({ ofVotes }) => capitalised(ofVotes),
    method: "two-way clusters of voters and images",
    needsChance: false,
    format: formatShare,
  },
  { ...above, id: "votersMean", name: () => "Voters, in the mean" },
  { ...above, id: "voters", name: () => "Voters, by the interval" },
  { ...above, id: "images", name: () => "Images, by the interval", method: "Wilson’s, images as units" },
  { id: "alpha", name: () => "α, nominal", method: "two-way jackknife of voters and images", needsChance: false, format: formatUnit },
];

/** The rows that the question has: without a level of chance, nothing is above it. */
function rowsOf(props: Omit<WithAndWithoutProps, "studyKey">): Row[] {
  const [planned, everyone] = [figuresOf("planned", props), figuresOf("everyone", props)];
  const { chance = null } = props.summary.everyone.phases[props.question] ?? {};
  return rowKinds
    .filter(({ needsChance }) => !needsChance || chance !== null)
    .map(({ id, name, method, format }) => ({
      name: name(props.words),
      method,
      planned: planned[id],
      everyone: everyone[id],
      format,
    }));
}

const rowHeight = 44;
const top = 28;

export function WithAndWithout(props: WithAndWithoutProps) {
  const { studyKey, summary } = props;
  const [frame, width] = useElementWidth<HTMLDivElement>(556);
  const svg = useRef<SVGSVGElement>(null);
  const choices = namesOfChoices(summary.counts);
  const rows = rowsOf(props);
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
  const lowest = Math.min(0, ...rows.flatMap((row) => [row.planned, row.everyone].flatMap(drawnValues)));
  const x = scaleLinear([lowest, 1], [textWidth, Math.max(textWidth + 1, width - valueWidth)]).clamp(true);
  const height = top + rows.length * rowHeight;
  return (
    <ResultSection title="With and without exclusions" tools={tools} note={`dot: ${choices.planned}; ring: ${choices.all}`}>
      <div ref={frame}>
        <svg
          ref={svg}
          className={chartStyles.chart}
          width={width}
          height={height}
          role="img"
          aria-label={`The main figures as planned and of all voters${withIntervals(populationsOf(rows.flatMap((row) => [row.planned, row.everyone])))}. The table has the numbers.`}
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
                <IntervalMark figure={row.everyone} x={x} y={middle + 8} format={row.format} isHollow />
                <IntervalMark figure={row.planned} x={x} y={middle - 8} format={row.format} />
                <ValueText figure={row.planned} format={row.format} x={width} y={middle - 4} isShort={isNarrow} />
                <ValueText figure={row.everyone} format={row.format} x={width} y={middle + 13} isShort={isNarrow} />
              </g>
            );
          })}
        </svg>
      </div>
      <IntervalKinds rows={rows} />
      <Reasons rows={rows} />
    </ResultSection>
  );
}

/** Of which kind the interval of each row is, and over what it generalises: shares of votes, voters and images are not of one kind. */
function IntervalKinds({ rows }: { readonly rows: readonly Row[] }) {
  const kinds = rows.flatMap(({ name, method, planned, everyone }) => {
    const figure = planned.defined ? planned : everyone;
    return figure.defined ? [`${name}: for ${namesOfPopulations[figure.over]} (${method})`] : [];
  });
  return kinds.length === 0 ? null : <p className={`t12 muted ${styles.below}`}>95% intervals. {kinds.join("; ")}.</p>;
}

/** Why a row has no interval, as planned or of all voters: titles of a chart are out of reach on touch screens. */
function Reasons({ rows }: { readonly rows: readonly Row[] }) {
  const reasons = rows.flatMap(({ name, planned, everyone }) => {
    const own = new Set([planned, everyone].flatMap((figure) => (figure.defined ? [] : [figure.reason])));
    return [...own].map((reason) => `${name}: ${reason}`);
  });
  return reasons.length === 0 ? null : <p className={`t12 muted ${styles.below}`}>{reasons.join(" ")}</p>;
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
        {figure.estimate === undefined ? (
          "undefined"
        ) : (
          <>
            <tspan style={{ fill: "var(--ink)" }}>{format(figure.estimate)}</tspan> no interval
          </>
        )}
        <title>{figure.reason}</title>
      </text>
    );
  const more = isShort ? `n ${formatCount(figure.n)}` : `${formatInterval(figure, format)}, n ${formatCount(figure.n)}`;
  return (
    <text x={x} y={y} textAnchor="end">
      <tspan style={{ fill: "var(--ink)" }}>{format(figure.estimate)}</tspan> {more}
      <title>{describeFigure({ ...figure, defined: true }, format)}</title>
    </text>
  );
}
