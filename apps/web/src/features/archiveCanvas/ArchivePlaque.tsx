/** Details of the hovered or selected tile, beside it and inside the stage. The link of a selected tile can be focused. */

import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { formatConfidence, formatMiss } from "../marks/confidence.ts";
import { EliteLink } from "../marks/ElitePlace.tsx";
import floatStyles from "../marks/Float.module.css";
import { splitLabel } from "../marks/labels.ts";
import { formatCount } from "../marks/numbers.ts";
import { PixelImage } from "../marks/PixelImage.tsx";
import styles from "./ArchiveCanvas.module.css";
import type { Grid, Rectangle } from "./canvasLayout.ts";
import type { Niche } from "./niches.ts";

interface ArchivePlaqueProps {
  readonly niche: Niche;
  /** The tile's position on the canvas. */
  readonly tile: Rectangle;
  readonly grid: Grid;
  /** Whether the tile was selected by click or keyboard. The plaque then stays, and its link works. */
  readonly isSelected: boolean;
}

const padding = 16;
const minWidth = 216;
/** Largest side of an image that is enlarged, by a whole factor. */
const maxImageSide = 256;
const gap = 8;

export function ArchivePlaque({ niche, tile, grid, isSelected }: ArchivePlaqueProps) {
  const { elite } = niche;
  const zoom = elite ? Math.max(1, Math.floor(maxImageSide / Math.max(elite.image.width, elite.image.height))) : 1;
  const width = Math.min(grid.width, Math.max(minWidth, (elite?.image.width ?? 0) * zoom + 2 * padding));
  // To the right of the tile or, if there is no space, to its left.
  const right = tile.left + tile.width + gap;
  const preferredLeft = right + width <= grid.width ? right : tile.left - width - gap;
  const left = Math.max(0, Math.min(grid.width - width, preferredLeft));
  if (tile.left + tile.width <= 0 || tile.left >= grid.width || tile.top + tile.height <= 0 || tile.top >= grid.height) return null;
  const isLowerHalf = tile.top > grid.height / 2;
  const vertical = isLowerHalf ? { bottom: Math.max(0, grid.height - tile.top - tile.height) } : { top: Math.max(0, tile.top) };
  return (
    <div
      className={`${floatStyles.float} ${styles.plaque}`}
      style={{ left, width, ...vertical, pointerEvents: isSelected ? "auto" : "none" }}
    >
      {elite ? <PixelImage image={elite.image} zoom={zoom} alt="" /> : null}
      <ConfidenceBar value={elite?.storedConfidence} />
      <p className={styles.plaqueLine}>
        <b className={styles.plaqueName} title={niche.label}>
          {splitLabel(niche.label).name}
        </b>
        <span className="n">{elite ? formatConfidence(elite.storedConfidence) : "empty"}</span>
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
        {elite ? <span className="n11">{formatMiss(elite.storedConfidence)}</span> : null}
      </p>
      {elite ? (
        <p className="t12">
          <EliteLink className="link" eliteId={elite.id} tabIndex={isSelected ? 0 : -1}>
            Open
          </EliteLink>{" "}
          <kbd aria-hidden="true">↵</kbd>
        </p>
      ) : null}
    </div>
  );
}
