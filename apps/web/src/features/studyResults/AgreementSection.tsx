"use client";
/** Agreement between people: Krippendorff's alpha of all images and of each source, with the other coefficients below. */
import type { StudyResult } from "@pareidolia/perception/study/studyResults";
import { useRef } from "react";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { nameOfSource } from "../study/nameOfSource.ts";
import type { AgreementWords } from "./agreementWords.ts";
import { Consistency, type ConsistencyPhase, consistencyRows } from "./Consistency.tsx";
import { BigFigure, FigureText } from "./FigureText.tsx";
import { IntervalRows } from "./IntervalRows.tsx";
import { ResultSection } from "./ResultSection.tsx";
import { drawnValues, figureCells, figureColumns, resultQuery } from "./readResults.ts";
import { formatCounted, formatShare, formatUnit, populationsOf, withIntervals } from "./resultFormats.ts";
import styles from "./StudyResults.module.css";

type Phase = StudyResult<"agreement">["planned"]["phases"][number];

interface AgreementSectionProps {
  readonly studyKey: string;
  readonly phase: Phase;
  /** Undefined until it has been computed. */
  readonly consistency: ConsistencyPhase | undefined;
  readonly seed: number | undefined;
  readonly words: AgreementWords;
}

export function AgreementSection({ studyKey, phase, consistency, seed, words }: AgreementSectionProps) {
  const [frame, width] = useElementWidth<HTMLDivElement>(360);
  const svg = useRef<SVGSVGElement>(null);
  const { alpha, bySource, fleiss, percent } = phase;
  const images = bySource.reduce((sum, source) => sum + source.images, 0);
  const rows = [
    { key: "all", name: `All ${formatCounted(images, "image")}`, figure: alpha, isStrong: true },
    ...bySource.map((source) => ({
      key: source.source,
      name: `${nameOfSource(source.source)}, ${source.images}`,
      figure: source.alpha,
    })),
  ];
  const tools = useDataTools({
    name: `${studyKey}-agreement`,
    columns: ["coefficient", "images", "pairs of observers", ...figureColumns],
    rows: [
      ["alpha, all images", images, null, ...figureCells(alpha)],
      ...bySource.map((source) => [`alpha, ${source.source}`, source.images, null, ...figureCells(source.alpha)]),
      ["Fleiss' kappa", images, null, ...figureCells(fleiss)],
      ["percent agreement", images, null, ...figureCells(percent)],
      ...(consistency === undefined ? [] : consistencyRows(consistency)),
    ],
    query: resultQuery(studyKey, "agreement", "consistency"),
    svg,
  });
  const figures = [alpha, ...bySource.map((source) => source.alpha)];
  const lowest = Math.min(0, ...figures.flatMap(drawnValues));
  return (
    <ResultSection title="Agreement between people" tools={tools}>
      <BigFigure figure={alpha} format={formatUnit} cases="votes" name="Krippendorff’s α, nominal" method="95% interval" />
      <div ref={frame}>
        <IntervalRows
          rows={rows}
          width={width}
          nameWidth={Math.min(150, width * 0.4)}
          domain={[Math.min(lowest, -0.02), 1]}
          ticks={[0, 0.25, 0.5, 0.75, 1]}
          format={(value) => (value === 0 ? "0" : value === 1 ? "1" : formatUnit(value).replace(/0$/, ""))}
          label={`Krippendorff’s alpha of all images and by source${withIntervals(populationsOf(figures))}. The table has the numbers.`}
          svg={svg}
        />
      </div>
      <dl className={styles.keyFigures}>
        <dt>Fleiss’ κ</dt>
        <dd>
          <FigureText figure={fleiss} format={formatUnit} cases="votes" />
        </dd>
        <dt>Agreeing pairs of votes</dt>
        <dd>
          <FigureText figure={percent} format={formatShare} cases="votes" />
        </dd>
      </dl>
      {consistency === undefined ? null : <Consistency phase={consistency} seed={seed} words={words} />}
    </ResultSection>
  );
}
