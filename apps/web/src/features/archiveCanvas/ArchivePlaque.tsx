/** The plaque of the tile that is pointed at, beside it and inside the stage; a tile that was chosen has a link that can be reached. */

import Link from "next/link";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { formatConfidence, formatMiss } from "../marks/confidence.ts";
import floatStyles from "../marks/Float.module.css";
import { splitLabel } from "../marks/labels.ts";
import { formatCount } from "../marks/numbers.ts";
import { PixelImage } from "../marks/PixelImage.tsx";
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

const padding = 16;
const leastWidth = 216;
/** An image of up to this many pixels is enlarged by a whole number. */
const imageRoom = 256;
const apart = 8;

export function ArchivePlaque({ niche, place, grid, stays }: ArchivePlaqueProps) {
  const { elite } = niche;
  const zoom = elite ? Math.max(1, Math.floor(imageRoom / Math.max(elite.image.width, elite.image.height))) : 1;
  const width = Math.min(grid.width, Math.max(leastWidth, (elite?.image.width ?? 0) * zoom + 2 * padding));
  // On the other side of the archive than the tile, so that its neighbours stay in sight.
  const right = place.left + place.width + apart;
  const beside = right + width <= grid.width ? right : place.left - width - apart;
  const left = Math.max(0, Math.min(grid.width - width, beside));
  if (place.left + place.width <= 0 || place.left >= grid.width || place.top + place.height <= 0 || place.top >= grid.height) return null;
  const low = place.top > grid.height / 2;
  const vertical = low ? { bottom: Math.max(0, grid.height - place.top - place.height) } : { top: Math.max(0, place.top) };
  return (
    <div className={`${floatStyles.float} ${styles.plaque}`} style={{ left, width, ...vertical, pointerEvents: stays ? "auto" : "none" }}>
      {elite ? <PixelImage image={elite.image} zoom={zoom} alt="" /> : null}
      <ConfidenceBar value={elite?.storedFitness} />
      <p className={styles.plaqueLine}>
        <b className={styles.plaqueName} title={niche.label}>
          {splitLabel(niche.label).name}
        </b>
        <span className="n">{elite ? formatConfidence(elite.storedFitness) : "empty"}</span>
      </p>
      <p className={`${styles.plaqueLine} t12 muted`}>
        <span>
          class <span className="n11">{niche.niche}</span>
          {elite ? (
            <>
              , gen <span className="n11">{formatCount(elite.generation)}</span>
            </>
          ) : null}
          {niche.group === null ? null : `, ${niche.group}`}
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
