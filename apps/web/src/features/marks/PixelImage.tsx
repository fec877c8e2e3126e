/**
 * A stored image at whole-number zoom without smoothing, in a hairline frame. A checkerboard is visible while it loads and behind
 * transparent pixels. A zoom below 1 averages pixels. A fluid image has the largest whole-number zoom that fits.
 */
import type { CSSProperties } from "react";
import styles from "./PixelImage.module.css";
import type { PixelSource } from "./pixelSource.ts";

/** A fluid image's width is a multiple of this. */
export function wholePixels(width: number): CSSProperties {
  return { "--pixels": `${width}px` } as CSSProperties;
}

export function PixelImage({ image, zoom, alt, fluid = false }: { image: PixelSource; zoom: number; alt: string; fluid?: boolean }) {
  const fit = fluid ? styles.fluid : zoom < 1 ? styles.reduced : "";
  return (
    <img
      className={`${styles.pixelImage} ${fit}`}
      src={image.url}
      width={Math.round(image.width * zoom)}
      height={Math.round(image.height * zoom)}
      alt={alt}
      decoding="async"
      draggable={false}
      style={fluid ? wholePixels(image.width) : undefined}
    />
  );
}
