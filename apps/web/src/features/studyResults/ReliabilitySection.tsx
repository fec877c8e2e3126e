"use client";
/**
 * The reliability diagram with people as truth: bins of machine confidence, each with the mean share of people who recognise the label,
 * corrected for guessing.
 */
import type { StudyResult } from "@pareidolia/perception/study/studyResults";
import { scaleLinear } from "d3-scale";
import { type RefObject, useRef, useState } from "react";
import chartStyles from "../charts/Chart.module.css";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { ValueRules } from "../charts/ValueRules.tsx";
import { formatAxisConfidence, openNinesScale } from "../marks/confidence.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { BigFigure } from "./FigureText.tsx";
import { RampBar } from "./RampBar.tsx";
import { ResultSection } from "./ResultSection.tsx";
import { resultQuery } from "./readResults.ts";
import { type Diagram, reliabilityColumns, reliabilityRows } from "./reliabilityRows.ts";
import { formatCounted, formatInterval, formatShare, formatUnit, intervalKind, namesOfPopulations } from "./resultFormats.ts";
import styles from "./StudyResults.module.css";

type Phase = StudyResult<"calibration">["planned"]["phases"][number];
type Groups = Extract<Phase["groups"], { readonly defined: true }>;

const binnings = ["equalMass", "equalWidth"] as const;
const binningNames = { equalMass: "Equal numbers", equalWidth: "Equal widths" } as const;
export function ReliabilitySection({ studyKey, phase }: { readonly studyKey: string; readonly phase: Phase }) {
  const { groups } = phase;
  if (!groups.defined)
    return (
      <ResultSection title="Reliability">
        <p className="second">Undefined. {groups.reason}</p>
      </ResultSection>
    );
  return <DefinedReliability studyKey={studyKey} groups={groups} />;
}

function DefinedReliability({ studyKey, groups }: { readonly studyKey: string; readonly groups: Groups }) {
  const [frame, width] = useElementWidth<HTMLDivElement>(360);
  const [binning, setBinning] = useState<(typeof binnings)[number]>("equalMass");
  const svg = useRef<SVGSVGElement>(null);
  const tools = useDataTools({
    name: `${studyKey}-reliability`,
    columns: reliabilityColumns,
    rows: groups.groups.flatMap(({ source, diagrams }) => diagrams.flatMap((diagram) => reliabilityRows(source ?? "all", diagram))),
    query: resultQuery(studyKey, "calibration"),
    svg,
  });
  const [all] = groups.groups;
  const diagram = all?.diagrams.find((one) => one.binning === binning);
  if (all === undefined || diagram === undefined) return null;
  const filled = diagram.images.filter((count) => count > 0).length;
  return (
    <ResultSection title="Reliability" tools={tools}>
      <BigFigure
        figure={diagram.debiasedEce}
        format={formatUnit}
        cases="images"
        name={`Expected calibration error, people’s votes as truth, ${formatCounted(filled, "bin")}`}
        method="without the bias of few images, 95% interval"
      />
      <div ref={frame}>
        <Reliability diagram={diagram} width={width} svg={svg} />
      </div>
      <div className={styles.choices} role="group" aria-label="Bins of confidence">
        {binnings.map((one) => (
          <button
            key={one}
            type="button"
            className={toolButtonStyles.toolButton}
            aria-pressed={one === binning}
            onClick={() => setBinning(one)}
          >
            {binningNames[one]}
          </button>
        ))}
      </div>
      <p className="t12 muted">
        {diagram.agreementLow.some((low) => low !== null)
          ? `Whiskers: ${intervalKind(diagram.over)}. `
          : `The bins have too few votes for intervals for ${namesOfPopulations[diagram.over]}. `}
        {formatCounted(all.images, "image")} with {formatCounted(all.votes, "vote")}.
        {groups.chance === null ? "" : ` Shares are corrected for guessing: by chance, ${formatShare(groups.chance)} of answers agree.`}
        {groups.withoutConfidence > 0 ? ` Without a confidence, and left out: ${formatCounted(groups.withoutConfidence, "image")}.` : ""}
        {groups.withoutVotes > 0 ? ` Without votes, and left out: ${formatCounted(groups.withoutVotes, "image")}.` : ""}
      </p>
    </ResultSection>
  );
}

const height = 240;
const plot = { left: 44, right: 12, top: 12, bottom: 190 };
/** Confidences of the dashed line and of the ticks. */
const ticks = [0, 0.5, 0.9, 0.99, 0.999, 0.9999] as const;
/** Confidences at which the axis may end. */
const ends = [0.9999, 0.99999, 0.999999, 0.9999999] as const;
const earned = Array.from({ length: 91 }, (_, step) => (step <= 30 ? (0.9 * step) / 30 : 1 - 10 ** -(1 + (step - 30) / 10)));

function Reliability({
  diagram,
  width,
  svg,
}: {
  readonly diagram: Diagram;
  readonly width: number;
  readonly svg: RefObject<SVGSVGElement | null>;
}) {
  const reached = diagram.confidence.reduce<number>((greatest, confidence) => Math.max(greatest, confidence ?? 0), 0);
  const end = ends.find((mark) => openNinesScale(mark) >= Math.min(openNinesScale(reached), openNinesScale(ends[3]))) ?? ends[3];
  const length = openNinesScale(end);
  const across = scaleLinear([0, length], [plot.left, Math.max(plot.left + 1, width - plot.right)]).clamp(true);
  const x = (confidence: number): number => across(Math.min(length, openNinesScale(confidence)));
  const y = scaleLinear([0, 1], [plot.bottom, plot.top]);
  const bins = diagram.low.flatMap((_, bin) => {
    const [confidence, agreement] = [diagram.confidence[bin], diagram.agreement[bin]];
    return confidence == null || agreement == null
      ? []
      : [
          {
            bin,
            confidence,
            agreement,
            low: diagram.agreementLow[bin],
            high: diagram.agreementHigh[bin],
            images: diagram.images[bin] ?? 0,
          },
        ];
  });
  return (
    <svg
      ref={svg}
      className={chartStyles.chart}
      width={width}
      height={height}
      role="img"
      aria-label={`Mean share of people who agree in ${bins.length} bins of machine confidence, each with its ${intervalKind(diagram.over)}. The table has the numbers.`}
    >
      <ValueRules values={[0, 0.5, 1]} y={y} format={formatShare} from={plot.left} to={width - plot.right} gap={12} />
      <rect x={plot.left - 7} y={plot.top} width={4} height={plot.bottom - plot.top} fill="var(--people)" />
      <path d={`M${earned.map((value) => `${x(value).toFixed(1)} ${y(value).toFixed(1)}`).join("L")}`} className={chartStyles.chartMean} />
      <text x={width - plot.right} y={y(0.86)} textAnchor="end" className={chartStyles.chartLabel}>
        if confidence were earned
      </text>
      {bins.map(({ bin, confidence, agreement, low, high, images }) => (
        <g key={bin}>
          <line x1={x(confidence)} x2={x(confidence)} y1={y(confidence)} y2={y(agreement)} className={chartStyles.chartDrop} />
          {low == null || high == null ? null : (
            <line x1={x(confidence)} x2={x(confidence)} y1={y(low)} y2={y(high)} stroke="var(--people)" strokeWidth={3} opacity={0.45} />
          )}
          <circle cx={x(confidence)} cy={y(agreement)} r={4} fill="var(--people)">
            <title>
              {`${formatShare(agreement)} of people agree, at a mean confidence of ${confidence.toFixed(4)}, ${images} images, ` +
                (low == null || high == null
                  ? "no interval"
                  : `${intervalKind(diagram.over)} ${formatInterval({ low, high }, formatShare)}`)}
            </title>
          </circle>
        </g>
      ))}
      <RampBar x={plot.left} y={plot.bottom + 6} width={width - plot.right - plot.left} end={length} />
      {[
        ...ticks.filter((tick) => end === 0.9999 || (tick !== 0.5 && (tick !== 0.9999 || end > 0.99999))),
        ...(end > 0.9999 ? [end] : []),
      ].map((tick) => (
        <text key={tick} x={x(tick)} y={plot.bottom + 28} textAnchor={tick === end ? "end" : "middle"}>
          {formatAxisConfidence(tick)}
        </text>
      ))}
    </svg>
  );
}
