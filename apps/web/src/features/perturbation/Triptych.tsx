"use client";
/** Source, perturbed, and their difference enlarged, side by side at one whole-number zoom, with what the network says of the first two. */
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
  const room = (width - (columns - 1) * gap) / columns;
  const zoom = Math.max(1, Math.floor(Math.min(room, 320) / row.image.width));
  const asStored = useStoredImage(row.image.url);
  const asSeen = useStoredImage(row.original.url);
  const [chosen, setChosen] = useState<number | null>(null);
  const factor = chosen ?? amplificationFor(row.linf);
  const difference = useMemo(
    () => (asStored.kind === "ready" && asSeen.kind === "ready" ? drawDifference(asSeen.image, asStored.image, factor) : null),
    [asStored, asSeen, factor],
  );
  const problem = asStored.kind === "failed" ? asStored.reason : asSeen.kind === "failed" ? asSeen.reason : null;
  const place = { width: row.image.width * zoom, height: row.image.height * zoom };
  return (
    <div ref={frame} className={styles.triptych}>
      <figure>
        <PixelImage image={row.original} zoom={zoom} alt={`The source, taken for ${row.originalLabel}`} />
        <ConfidenceBar className={styles.confidenceBar} value={row.originalConfidence} />
        <figcaption className={plaqueStyles.plaque}>
          <b>{row.originalLabel}</b>
          <Confidence value={row.originalConfidence} />
          <span className="t12 muted">source</span>
          <span className="n11 muted">{formatMiss(row.originalConfidence)}</span>
        </figcaption>
      </figure>
      <figure>
        <PixelImage image={row.image} zoom={zoom} alt={`The perturbed image, taken for ${row.storedLabel}`} />
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
        <div style={place}>
          {difference ? (
            <PixelCanvas image={difference} zoom={zoom} label={`The difference, enlarged ${factor} times; grey is no change`} />
          ) : (
            <span className={`${styles.differencePlace} t12 muted`} style={place}>
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
        <span role="group" aria-label="Enlargement of the difference" className={styles.factorChoice}>
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
