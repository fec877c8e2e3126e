/** The plaque of the tile that is pointed at, beside it and inside the stage; a tile that was chosen has a link that can be reached. */
import Link from "next/link";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { formatConfidence, formatMiss } from "../marks/confidence.ts";
import styles from "./ArchiveCanvas.module.css";
import type { Grid, Rectangle } from "./canvasLayout.ts";
import type { Niche } from "./niches.ts";

interface ArchivePlaqueProps {
  readonly niche: Niche;
  readonly place: Rectangle;
  readonly grid: Grid;
  /** true once it was chosen by click or key: then it stays, and its link can be pressed. */
  readonly stays: boolean;
}

const width = 200;

export function ArchivePlaque({ niche, place, grid, stays }: ArchivePlaqueProps) {
  const { elite } = niche;
  const right = place.left + place.width + 8;
  const left = right + width <= grid.width ? right : Math.max(0, place.left - width - 8);
  const low = place.top > grid.height / 2;
  const vertical = low ? { bottom: Math.max(0, grid.height - place.top - place.height) } : { top: Math.max(0, place.top) };
  return (
    <div className={`float ${styles.plaque}`} style={{ left, width, ...vertical, pointerEvents: stays ? "auto" : "none" }}>
      {elite ? <img className={styles.plaqueImage} src={elite.image.url} alt="" draggable={false} /> : null}
      <ConfidenceBar value={elite?.storedFitness} />
      <p className={styles.plaqueLine}>
        <b>{niche.label}</b>
        <span className="n">{elite ? formatConfidence(elite.storedFitness) : "empty"}</span>
      </p>
      <p className={`${styles.plaqueLine} t12 muted`}>
        <span>
          class {niche.niche}
          {elite ? `, gen ${elite.generation}` : ""}
        </span>
        {elite ? <span className="n11">{formatMiss(elite.storedFitness)}</span> : null}
      </p>
      {elite ? (
        <p className="t12">
          <Link className="link" href={`/elites/${elite.id}`} prefetch={false} tabIndex={stays ? 0 : -1}>
            Open
          </Link>{" "}
          <kbd aria-hidden="true">↵</kbd>
        </p>
      ) : null}
    </div>
  );
}
