"use client";
/**
 * Two ways of counting voters and images above chance: by their share, and by their interval. Each voter and image is drawn with the
 * mark that says how it counts.
 */
import { pseudonymOf } from "@pareidolia/perception/study/pseudonym";
import type { StudyResult } from "@pareidolia/perception/study/studyResults";
import { scaleLinear } from "d3-scale";
import { type RefObject, useRef } from "react";
import chartStyles from "../charts/Chart.module.css";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { ValueRules } from "../charts/ValueRules.tsx";
import { useDataTools } from "../marks/DataTools.tsx";
import { formatCount } from "../marks/numbers.ts";
import { type CountedUnit, leftOutUnits, sampled, unitsOfCounting } from "./countedUnits.ts";
import { ResultSection } from "./ResultSection.tsx";
import { resultQuery } from "./readResults.ts";
import { formatInterval, formatShare, intervalKind, namesOfPopulations } from "./resultFormats.ts";
import styles from "./StudyResults.module.css";

type Phase = StudyResult<"summary">["planned"]["phases"][number];
type Counting = Phase["voters"];
type DefinedCounting = Extract<Counting, { readonly defined: true }>;

interface CountingSectionProps {
  readonly studyKey: string;
  readonly of: "voters" | "images";
  readonly phase: Phase;
  /** Of all voters, for those whom the plan leaves out. */
  readonly everyone: Phase;
  labelOf(image: number): string;
}

export function CountingSection({ studyKey, of, phase, everyone, labelOf }: CountingSectionProps) {
  const title = of === "voters" ? "Voters above chance" : "Images above chance";
  const counting = phase[of];
  if (!counting.defined)
    return (
      <ResultSection title={title}>
        <p className="second">Undefined. {counting.reason}</p>
      </ResultSection>
    );
  const nameOf = (unit: number): string => (of === "voters" ? pseudonymOf(unit) : `${labelOf(unit)}, image ${unit + 1}`);
  const all = everyone[of];
  const leftOut = of === "voters" && all.defined ? leftOutUnits(all, counting) : [];
  return (
    <DefinedCounting
      studyKey={studyKey}
      of={of}
      title={title}
      counting={counting}
      chance={phase.chance ?? 0}
      leftOut={leftOut}
      nameOf={nameOf}
    />
  );
}

interface DefinedCountingProps extends Pick<CountingSectionProps, "studyKey" | "of"> {
  readonly title: string;
  readonly counting: DefinedCounting;
  readonly chance: number;
  readonly leftOut: readonly CountedUnit[];
  nameOf(unit: number): string;
}

function DefinedCounting({ studyKey, of, title, counting, chance, leftOut, nameOf }: DefinedCountingProps) {
  const [frame, width] = useElementWidth<HTMLDivElement>(556);
  const svg = useRef<SVGSVGElement>(null);
  const units = unitsOfCounting(counting);
  const tools = useDataTools({
    name: `${studyKey}-counting-${of}`,
    columns: [
      of === "voters" ? "voter" : "image",
      "agreeing",
      "votes",
      "share",
      "low",
      "high",
      "interval",
      "interval for",
      "counts as",
      "plan",
    ],
    rows: () =>
      [...units.map((unit) => [unit, "kept"] as const), ...leftOut.map((unit) => [unit, "left out"] as const)].map(([unit, plan]) => [
        nameOf(unit.unit),
        unit.agreeing,
        unit.votes,
        unit.share,
        unit.low,
        unit.high,
        intervalNames[counting.interval],
        namesOfPopulations[counting.over],
        comparisonTexts[unit.comparison],
        plan,
      ]),
    query: resultQuery(studyKey, "summary"),
    svg,
  });
  const kind = `${intervalNames[counting.interval]} for ${namesOfPopulations[counting.over]}`;
  const count = (...kinds: readonly CountedUnit["comparison"][]): number =>
    units.filter(({ comparison }) => kinds.includes(comparison)).length;
  return (
    <ResultSection title={title} tools={tools}>
      <div className={styles.ways}>
        <Way figure={counting.meanAbove} hits={count("meanAbove", "intervalAbove")} marks={["intervalAbove", "meanAbove"]}>
          above chance in the mean
        </Way>
        <Way figure={counting.intervalAbove} hits={count("intervalAbove")} marks={["intervalAbove"]}>
          {`${intervalNames[counting.interval]} excludes chance`}
        </Way>
      </div>
      <div ref={frame}>
        <SortedShares units={units} leftOut={leftOut} chance={chance} width={width} nameOf={nameOf} title={title} kind={kind} svg={svg} />
      </div>
      <p className="t12 muted">
        Whiskers of single {of}: {kind}.
      </p>
    </ResultSection>
  );
}

const intervalNames: Readonly<Record<DefinedCounting["interval"], string>> = {
  exact: "exact 95% interval",
  sequence: "95% confidence sequence",
};

export const comparisonTexts: Readonly<Record<CountedUnit["comparison"], string>> = {
  intervalAbove: "interval excludes chance",
  meanAbove: "above chance in the mean only",
  notAbove: "not above",
};

interface WayProps {
  readonly figure: DefinedCounting["meanAbove"];
  readonly hits: number;
  readonly marks: readonly CountedUnit["comparison"][];
  readonly children: string;
}

function Way({ figure, hits, marks, children }: WayProps) {
  return (
    <div>
      <p className="n36">{formatShare(figure.estimate)}</p>
      <p className="second">{children}</p>
      <p className="n12 second">
        <span className={styles.inlineMarks} aria-hidden="true">
          {marks.map((mark) => (
            <svg key={mark} width={10} height={10}>
              <ComparisonMark comparison={mark} x={5} y={5} />
            </svg>
          ))}
        </span>{" "}
        {formatCount(hits)} / {formatCount(figure.n)}
        <span className="muted"> {formatInterval(figure, formatShare)}</span>
      </p>
      <p className="t12 muted">{intervalKind(figure.over)} (Wilson)</p>
    </div>
  );
}

/** A full dot, a ring or a cross: how a voter or an image counts. */
export function ComparisonMark({
  comparison,
  x,
  y,
  color = "var(--people)",
}: {
  readonly comparison: CountedUnit["comparison"];
  readonly x: number;
  readonly y: number;
  readonly color?: string;
}) {
  if (comparison === "notAbove")
    return <path d={`M${x - 2.5} ${y - 2.5}l5 5M${x + 2.5} ${y - 2.5}l-5 5`} fill="none" stroke={color} strokeWidth={1.4} />;
  const isFull = comparison === "intervalAbove";
  return <circle cx={x} cy={y} r={3} fill={isFull ? color : "var(--paper)"} stroke={color} strokeWidth={1.4} />;
}

const height = 160;
const plot = { left: 46, right: 6, top: 8, bottom: 130 };
/** Pixels between two drawn units. */
const leastDistance = 6;

interface SortedSharesProps extends Pick<DefinedCountingProps, "leftOut" | "chance" | "nameOf" | "title"> {
  readonly units: readonly CountedUnit[];
  /** Of the whiskers. */
  readonly kind: string;
  readonly width: number;
  readonly svg: RefObject<SVGSVGElement | null>;
}

function SortedShares({ units, leftOut, chance, width, nameOf, title, kind, svg }: SortedSharesProps) {
  const most = Math.max(8, Math.floor((width - plot.left - plot.right) / leastDistance));
  const shown = sampled(units, Math.max(4, most - leftOut.length));
  const excluded = sampled(leftOut, Math.max(1, Math.floor(most / 4)));
  const places = shown.length + (excluded.length > 0 ? excluded.length + 1 : 0);
  const x = scaleLinear([-0.5, Math.max(1, places) - 0.5], [plot.left + 6, Math.max(plot.left + 7, width - plot.right)]);
  const y = scaleLinear([0, 1], [plot.bottom, plot.top]);
  return (
    <svg
      ref={svg}
      className={chartStyles.chart}
      width={width}
      height={height}
      role="img"
      aria-label={`${title}: shares, sorted, each with its ${kind}. The table has the numbers.`}
    >
      <ValueRules values={[0, 0.25, 0.5, 0.75, 1]} y={y} format={formatShare} from={plot.left} to={width - plot.right} gap={12} />
      <rect x={plot.left - 7} y={plot.top} width={4} height={plot.bottom - plot.top} fill="var(--people)" />
      <line x1={plot.left} x2={width - plot.right} y1={y(chance)} y2={y(chance)} stroke="var(--ink)" strokeDasharray="3 3" />
      {shown.map((unit, index) => (
        <UnitMark key={unit.unit} unit={unit} x={x(index)} y={y} name={nameOf(unit.unit)} kind={kind} />
      ))}
      {excluded.map((unit, index) => (
        <UnitMark key={unit.unit} unit={unit} x={x(shown.length + 1 + index)} y={y} name={nameOf(unit.unit)} kind={kind} isGrey />
      ))}
      <text x={plot.left} y={height - 8} className={chartStyles.chartLabel}>
        sorted by share right{shown.length < units.length ? `, ${shown.length} of ${formatCount(units.length)} drawn` : ""}
      </text>
      {excluded.length > 0 ? (
        <text x={width - plot.right} y={height - 8} textAnchor="end" className={chartStyles.chartLabel}>
          left out
        </text>
      ) : null}
    </svg>
  );
}

interface UnitMarkProps {
  readonly unit: CountedUnit;
  readonly x: number;
  y(share: number): number;
  readonly name: string;
  readonly kind: string;
  readonly isGrey?: boolean;
}

function UnitMark({ unit, x, y, name, kind, isGrey = false }: UnitMarkProps) {
  const color = isGrey ? "var(--frame)" : "var(--people)";
  return (
    <g>
      <title>{`${name}: ${unit.agreeing} / ${unit.votes}, ${formatShare(unit.share)}, ${kind} ${formatInterval(unit, formatShare)}`}</title>
      <line x1={x} x2={x} y1={y(unit.low)} y2={y(unit.high)} stroke={color} opacity={unit.comparison === "intervalAbove" ? 0.9 : 0.4} />
      <ComparisonMark comparison={unit.comparison} x={x} y={y(unit.share)} color={color} />
    </g>
  );
}
