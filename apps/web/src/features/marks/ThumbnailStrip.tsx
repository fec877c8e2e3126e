/** A row of a run's images as thumbnails. */
import { imageZoom } from "./imageZoom.ts";
import { PixelImage } from "./PixelImage.tsx";
import type { PixelSource } from "./pixelSource.ts";
import styles from "./ThumbnailStrip.module.css";

const side = 28;

interface ThumbnailStripProps {
  readonly images: readonly PixelSource[];
  readonly most?: number;
  /** Places the strip within its parent. */
  readonly className?: string | undefined;
}

export function ThumbnailStrip({ images, most = 10, className = "" }: ThumbnailStripProps) {
  return (
    <span className={`${styles.thumbnailStrip} ${className}`} aria-hidden="true">
      {images.slice(0, most).map((image, index) => (
        <PixelImage key={`${index}-${image.url}`} image={image} zoom={imageZoom(image, side)} alt="" />
      ))}
    </span>
  );
}
