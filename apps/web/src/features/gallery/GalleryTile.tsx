/** One elite in the grid: image, confidence, label. Pointing at it or focusing it shows the rest. */

import Link from "next/link";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { formatConfidence, formatMiss } from "../marks/confidence.ts";
import { formatCount } from "../marks/numbers.ts";
import { PixelImage } from "../marks/PixelImage.tsx";
import styles from "./Gallery.module.css";
import type { GalleryElite } from "./galleryPages.ts";

interface GalleryTileProps {
  readonly elite: GalleryElite;
  readonly zoom: number;
  readonly tabIndex: 0 | -1;
  readonly onFocus: () => void;
}

export function GalleryTile({ elite, zoom, tabIndex, onFocus }: GalleryTileProps) {
  const { image, label, storedFitness, run } = elite;
  return (
    <Link className={styles.tile} href={`/elites/${elite.id}`} tabIndex={tabIndex} onFocus={onFocus} prefetch={false}>
      <PixelImage image={image} zoom={zoom} alt="" />
      <ConfidenceBar value={storedFitness} />
      <span className={styles.plaque}>
        <b>{label}</b>
        <span>{formatConfidence(storedFitness)}</span>
        <span className="visuallyHidden"> in {run.key}</span>
      </span>
      <span className={styles.card} aria-hidden="true">
        <span>stored</span>
        <b>{formatMiss(storedFitness)}</b>
        <span>searched</span>
        <b>{formatMiss(elite.fitness)}</b>
        <span>niche</span>
        <b>
          {elite.niche},{" "}
          {elite.replacedAt === null || elite.replacedAt === undefined ? "held now" : `lost at ${formatCount(elite.replacedAt)}`}
        </b>
        <span>generation</span>
        <b>{formatCount(elite.generation)}</b>
        <span>run</span>
        <b>{run.key}</b>
        <span>encoding</span>
        <em>{run.methodLabel}</em>
        <span>model</span>
        <em>{run.model.name}</em>
      </span>
    </Link>
  );
}
