"use client";
/** The trajectory of one class and start: its first image, the image at the cursor, the confidence curve, and the image at each level. */
import { useRef } from "react";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { Confidence } from "../marks/Confidence.tsx";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { formatAxisConfidence, formatMiss } from "../marks/confidence.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { PixelImage } from "../marks/PixelImage.tsx";
import plaqueStyles from "../marks/Plaque.module.css";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { curveQuery } from "./curveQuery.ts";
import { NormChart } from "./NormChart.tsx";
import { TrajectoryChart } from "./TrajectoryChart.tsx";
import styles from "./TrajectoryPlaque.module.css";
import { imageAtStep, type TrajectoryRow } from "./trajectories.ts";
import type { StepReplay } from "./useStepReplay.ts";

function zoomFor(width: number, available: number): number {
  return Math.max(1, Math.floor(available / width));
}

interface TrajectoryPlaqueProps {
  readonly row: TrajectoryRow;
  /** Prefix of the file names. */
  readonly runKey: string;
  readonly starts: number;
  readonly replay: StepReplay;
  /** Whether the plaque is on its trajectory's own page and needs no link to it. */
  readonly onOwnPage?: boolean;
}

export function TrajectoryPlaque({ row, runKey, starts, replay, onOwnPage = false }: TrajectoryPlaqueProps) {
  const [frame, width] = useElementWidth<HTMLDivElement>(480);
  const svg = useRef<SVGSVGElement>(null);
  const shown = imageAtStep(row, replay.step);
  const first = row.milestones[0];
  const name = `${runKey}-${row.label.replaceAll(/\W+/g, "-")}-${row.start}`;
  const { toolbar, content } = useDataTools({
    name: `${name}-curve`,
    columns: ["step", "search confidence", "stored confidence", "distance from the mean"],
    rows: () =>
      row.curve.map(({ step, searchConfidence, storedConfidence, norm }) => [step, searchConfidence, storedConfidence ?? null, norm]),
    query: curveQuery(row.id),
    svg,
  });
  return (
    <li className={styles.trajectory}>
      <div className={styles.trajectoryImages}>
        {first ? (
          <figure>
            <PixelImage
              image={first.image}
              zoom={zoomFor(first.image.width, 84)}
              alt={`${first.step === 0 ? "The start" : "The first stored"} image of ${row.label}`}
            />
            <figcaption className="t12 muted">{first.step === 0 ? "start" : `step ${formatCount(first.step)}`}</figcaption>
          </figure>
        ) : null}
        <span className={`${styles.trajectoryArrow} muted`} aria-hidden="true">
          →
        </span>
        <figure>
          <PixelImage image={shown.image} zoom={zoomFor(shown.image.width, 196)} alt={`${row.label} at step ${shown.imageStep}`} />
          <ConfidenceBar className={styles.confidenceBar} value={shown.storedConfidence} />
          <figcaption className={plaqueStyles.plaque}>
            <b>
              {onOwnPage ? (
                row.label
              ) : (
                <Link className="link" href={`/trajectories/${row.id}`} prefetch={false}>
                  {row.label}
                </Link>
              )}
              {starts > 1 ? <span className="t12 muted"> start {row.start + 1}</span> : null}
            </b>
            <Confidence value={shown.storedConfidence} />
            <span className="t12 muted">
              image from step <span className="n11">{formatCount(shown.imageStep)}</span>
            </span>
            <span className="n11 muted">{formatMiss(shown.storedConfidence)}</span>
            <span className="t12 muted">float, during the search</span>
            <span className="n11 muted">{formatMiss(shown.searchConfidence)}</span>
          </figcaption>
        </figure>
      </div>
      <div ref={frame} className={styles.trajectoryCurve}>
        <TrajectoryChart row={row} last={replay.last} shown={replay.step ?? row.step} width={width} svg={svg} onPick={replay.seek} />
        <ul className={styles.milestoneStrip} aria-label={`Levels that ${row.label} reached`}>
          {row.milestones.map((milestone) => (
            <li key={milestone.level}>
              <button type="button" onClick={() => replay.seek(milestone.step)} aria-pressed={shown.imageStep === milestone.step}>
                <PixelImage image={milestone.image} zoom={zoomFor(milestone.image.width, 56)} alt="" fluid />
                <span className="n11">
                  <span className="visuallyHidden">Show {row.label} at </span>
                  {milestone.level === 0 ? "start" : formatAxisConfidence(milestone.level)}
                </span>
                <span className="n11 muted">
                  <span className="visuallyHidden">, step </span>
                  {formatCount(milestone.step)}
                </span>
              </button>
            </li>
          ))}
        </ul>
        <div className={styles.trajectoryTools}>
          <details>
            <summary className={toolButtonStyles.toolButton}>Distance from the mean</summary>
            <p className={`t12 muted ${styles.normNote}`}>
              In grey levels, from the mean colour that the network’s pre-processing subtracts, or from mid-grey if it subtracts none.
            </p>
            <NormChart row={row} last={replay.last} width={width} />
          </details>
          <span>
            <a className={toolButtonStyles.toolButton} href={shown.image.url} download={`${name}-${shown.imageStep}.png`}>
              Image PNG
            </a>
            {toolbar}
          </span>
        </div>
        {content}
      </div>
    </li>
  );
}
