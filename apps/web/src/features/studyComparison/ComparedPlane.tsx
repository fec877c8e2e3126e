"use client";
/** The planes of the studies over one another: machine confidence across, the share of people who agree up, one mark an image and study. */
import { memo, useRef, useState } from "react";
import chartStyles from "../charts/Chart.module.css";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { formatCount } from "../marks/numbers.ts";
import { sampled } from "../studyResults/countedUnits.ts";
import { PlaneAxes } from "../studyResults/PlaneAxes.tsx";
import { planeColumns, planeRows } from "../studyResults/planeRows.ts";
import { type PlaneScale, planePlaces, planeScale } from "../studyResults/planeScale.ts";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import { type ComparedStudy, comparisonQuery, wordsOfStudies } from "./readComparison.ts";
import styles from "./StudyComparison.module.css";
import { StudyMark } from "./StudyMark.tsx";

/** Marks of all studies together; more would slow the page down and hide one another. */
const maxMarks = 2400;

/** Wide enough for the images of all studies. */
function scaleOf(studies: readonly ComparedStudy[], width: number, height: number): PlaneScale {
  const confidence = Float64Array.from(studies.flatMap(({ points }) => (points === null ? [] : [...points.confidence])));
  return planeScale({ confidence, count: confidence.length }, { width, height });
}

export function ComparedPlane({ studies }: { readonly studies: readonly ComparedStudy[] }) {
  const [frame, width] = useElementWidth<HTMLDivElement>(776);
  const svg = useRef<SVGSVGElement>(null);
  const [raised, setRaised] = useState<number | null>(null);
  const height = width < 520 ? 420 : 520;
  const keys = studies.map(({ key }) => key);
  const scale = scaleOf(studies, width, height);
  const tools = useDataTools({
    name: `${keys.join("-")}-planes`,
    columns: ["study", ...planeColumns],
    rows: () => studies.flatMap(({ key, points, plan }) => (points === null ? [] : planeRows(points, plan).map((row) => [key, ...row]))),
    query: comparisonQuery(keys),
    svg,
  });
  const most = Math.floor(maxMarks / studies.length);
  const chances = new Set(studies.map(({ chance }) => chance));
  const [chance] = chances;
  const total = studies.reduce((sum, { points }) => sum + (points === null ? 0 : points.votes.filter((votes) => votes > 0).length), 0);
  const words = wordsOfStudies(studies);
  return (
    <ResultSection title="Planes" tools={tools} note={chances.size > 1 ? "chance differs between the studies" : undefined}>
      <ul className={styles.legend}>
        {studies.map((study, index) => (
          <li key={study.key}>
            <button type="button" aria-pressed={raised === index} onClick={() => setRaised(raised === index ? null : index)}>
              <svg width={12} height={12} aria-hidden="true">
                <StudyMark study={index} x={6} y={6} />
              </svg>
              <span className="n12">{study.key}</span> {study.title}
              {study.points === null ? <span className="muted">, no votes</span> : null}
            </button>
          </li>
        ))}
      </ul>
      <div ref={frame}>
        <svg
          ref={svg}
          className={chartStyles.chart}
          width={width}
          height={height}
          role="img"
          aria-label={`Machine confidence against the ${words.ofPeople}, for ${formatCount(total)} images of ${studies.length} studies. The table lists every image.`}
        >
          <PlaneAxes scale={scale} chance={chances.size === 1 ? (chance ?? null) : null} share={words.ofPeople} />
          {studies.map((study, index) => (
            <g key={study.key} opacity={raised === null || raised === index ? 0.85 : 0.12}>
              <Marks study={study} index={index} scale={scale} most={most} />
            </g>
          ))}
        </svg>
      </div>
      <p className="t12 muted">
        Press a study’s name to raise its marks.
        {studies.some(({ points }) => (points?.count ?? 0) > most)
          ? ` At most ${formatCount(most)} images of each study are drawn; the table has all.`
          : ""}
      </p>
    </ResultSection>
  );
}

interface MarksProps {
  readonly study: ComparedStudy;
  readonly index: number;
  readonly scale: PlaneScale;
  readonly most: number;
}

const Marks = memo(function Marks({ study: { points }, index, scale, most }: MarksProps) {
  if (points === null) return null;
  const places = planePlaces(points, scale);
  const voted = [...points.votes.keys()].filter((image) => (points.votes[image] as number) > 0);
  return sampled(voted, most).map((image) => (
    <StudyMark key={image} study={index} x={places.x[image] as number} y={places.y[image] as number} />
  ));
});
