"use client";
/** An elite as a tile: image, confidence bar, and a plaque with label and digits. It glows once in its ramp colour when it improves. */
import { useEffect, useRef, useState } from "react";
import { ConfidenceBar } from "./ConfidenceBar.tsx";
import { formatConfidence, formatMiss, rampColor } from "./confidence.ts";
import { EliteLink } from "./ElitePlace.tsx";
import { formatCount } from "./numbers.ts";
import { PixelImage, wholePixels } from "./PixelImage.tsx";
import plaqueStyles from "./Plaque.module.css";
import type { PixelSource } from "./pixelSource.ts";
import styles from "./Tile.module.css";

interface TileElite {
  readonly id: string;
  readonly label: string;
  readonly generation: number;
  readonly storedConfidence: number;
  readonly image: PixelSource;
}

/** Counts the improvements since the tile was mounted. Each new count restarts the glow. */
function useImprovements(confidence: number, glows: boolean): number {
  const best = useRef(confidence);
  const [count, setCount] = useState(0);
  useEffect(() => {
    if (glows && confidence > best.current) setCount((previous) => previous + 1);
    best.current = confidence;
  }, [confidence, glows]);
  return count;
}

interface TileProps {
  readonly elite: TileElite;
  readonly zoom: number;
  /** False during a replay, when a change is not an improvement. */
  readonly glows?: boolean;
  /** "plaque" shows label, percent, generation and distance from 1; "bar" shows only the bar. */
  readonly detail?: "plaque" | "bar";
}

export function Tile({ elite, zoom, glows = true, detail = "plaque" }: TileProps) {
  const improvements = useImprovements(elite.storedConfidence, glows);
  const description = `${elite.label}, ${formatConfidence(elite.storedConfidence)}, generation ${formatCount(elite.generation)}`;
  return (
    <EliteLink
      className={styles.tile}
      style={wholePixels(elite.image.width)}
      eliteId={elite.id}
      aria-label={detail === "bar" ? description : undefined}
    >
      <span className={styles.tileImage}>
        <PixelImage image={elite.image} zoom={zoom} alt="" fluid />
        {improvements > 0 ? (
          <span key={improvements} className={styles.tileGlow} style={{ "--glowColor": rampColor(elite.storedConfidence) } as object} />
        ) : null}
      </span>
      <ConfidenceBar className={styles.confidenceBar} value={elite.storedConfidence} />
      {detail === "plaque" ? (
        <span className={plaqueStyles.plaque}>
          <b>{elite.label}</b>
          <span className="n">{formatConfidence(elite.storedConfidence)}</span>
          <span className="t12 muted">
            gen <span className="n11">{formatCount(elite.generation)}</span>
          </span>
          <span className="n11 muted">{formatMiss(elite.storedConfidence)}</span>
        </span>
      ) : null}
    </EliteLink>
  );
}

interface EmptyTileProps {
  readonly label?: string;
  readonly detail?: "plaque" | "bar";
  readonly aspect?: number;
  /** Width of the image that will appear, if known. */
  readonly pixels?: number;
}

/** An empty tile of the same shape, for a niche without an elite or while it loads. */
export function EmptyTile({ label, detail = "plaque", aspect = 1, pixels }: EmptyTileProps) {
  return (
    <span className={`${styles.tile} ${styles.empty}`} style={pixels === undefined ? undefined : wholePixels(pixels)}>
      <span className={styles.tileImage} style={{ aspectRatio: aspect }} />
      <ConfidenceBar className={styles.confidenceBar} value={null} />
      {detail === "plaque" ? (
        <span className={plaqueStyles.plaque}>
          <b>{label ?? "\u00a0"}</b>
          <span className="n">&nbsp;</span>
          <span className="n11">&nbsp;</span>
          <span />
        </span>
      ) : null}
    </span>
  );
}
