"use client";
/** Source, perturbed image and their amplified difference side by side at the same whole-number zoom, with labels and confidences. */
import { useMemo, useState } from "react";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { PixelCanvas } from "../elite/PixelCanvas.tsx";
import { Confidence } from "../marks/Confidence.tsx";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { formatMiss } from "../marks/confidence.ts";
import { PixelImage } from "../marks/PixelImage.tsx";
import plaqueStyles from "../marks/Plaque.module.css";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { useStoredImage } from "../result/useStoredImage.ts";
import { amplificationFor, drawDifference } from "./differenceImage.ts";
import { formatPixels, type PerturbationRow } from "./results.ts";
import styles from "./Triptych.module.css";

const gap = 24;
const factors = [1, 4, 16, 64] as const;

interface TriptychProps {
  readonly row: PerturbationRow;
  readonly targetLabel: string | null;
}

export function Triptych({ row, targetLabel }: TriptychProps) {
  const [frame, width] = useElementWidth<HTMLDivElement>(888);
  const columns = width < 400 ? 1 : width < 560 ? 2 : 3;
  const columnWidth = (width - (columns - 1) * gap) / columns;
  const zoom = Math.max(1, Math.floor(Math.min(columnWidth, 320) / row.image.width));
  const perturbed = useStoredImage(row.image.url);
  const source = useStoredImage(row.original.url);
  const [chosen, setChosen] = useState<number | null>(null);
  const factor = chosen ?? amplificationFor(row.linf);
  const difference = useMemo(
    () => (perturbed.kind === "ready" && source.kind === "ready" ? drawDifference(source.image, perturbed.image, factor) : null),
    [perturbed, source, factor],
  );
  const problem = perturbed.kind === "failed" ? perturbed.reason : source.kind === "failed" ? source.reason : null;
  const size = { width: row.image.width * zoom, height: row.image.height * zoom };
  return (
    <div ref={frame} className={styles.triptych}>
      <figure>
        <PixelImage image={row.original} zoom={zoom} alt={`The source, classified as ${row.originalLabel}`} />
        <ConfidenceBar className={styles.confidenceBar} value={row.originalConfidence} />
        <figcaption className={plaqueStyles.plaque}>
          <b>{row.originalLabel}</b>
          <Confidence value={row.originalConfidence} />
          <span className="t12 muted">source</span>
          <span className="n11 muted">{formatMiss(row.originalConfidence)}</span>
        </figcaption>
      </figure>
      <figure>
        <PixelImage image={row.image} zoom={zoom} alt={`The perturbed image, classified as ${row.storedLabel}`} />
        <ConfidenceBar className={styles.confidenceBar} value={row.storedConfidence} />
        <figcaption className={plaqueStyles.plaque}>
          <b>{row.storedLabel}</b>
          <Confidence value={row.storedConfidence} />
          <span className="t12 muted">perturbed</span>
          <span className="n11 muted">{formatMiss(row.storedConfidence)}</span>
          {targetLabel !== null && targetLabel !== row.storedLabel && typeof row.storedTargetConfidence === "number" ? (
            <>
              <span className="t12 muted">target {targetLabel}</span>
              <Confidence value={row.storedTargetConfidence} size="n11" />
            </>
          ) : null}
        </figcaption>
      </figure>
      <figure>
        <div style={size}>
          {difference ? (
            <PixelCanvas image={difference} zoom={zoom} label={`The difference, amplified ${factor} times; grey is no change`} />
          ) : (
            <span className={`${styles.differencePlaceholder} t12 muted`} style={size}>
              {problem ?? ""}
            </span>
          )}
        </div>
        <figcaption className={`${plaqueStyles.plaque} ${styles.differencePlaque}`}>
          <b>
            Difference × <span className="n">{factor}</span>
          </b>
          <span className="n11">L∞ {formatPixels(row.linf)}</span>
          <span className="t12 muted">grey is no change</span>
          <span className="n11 muted">L2 {formatPixels(row.l2)}</span>
        </figcaption>
        <span role="group" aria-label="Amplification of the difference" className={styles.factorChoice}>
          {factors.map((each) => (
            <button
              key={each}
              type="button"
              className={toolButtonStyles.toolButton}
              aria-pressed={factor === each}
              onClick={() => setChosen(each)}
            >
              <span className="n12">{each}×</span>
            </button>
          ))}
          <button type="button" className={toolButtonStyles.toolButton} aria-pressed={chosen === null} onClick={() => setChosen(null)}>
            Fit
          </button>
        </span>
      </figure>
    </div>
  );
}
