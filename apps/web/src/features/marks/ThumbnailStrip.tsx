/** A run's pictures in a row, small, as a fingerprint of what it found. */
import { PixelImage, type PixelSource } from "./PixelImage.tsx";
import { pictureZoom } from "./pictureZoom.ts";

const side = 28;

export function ThumbnailStrip({ images, most = 10 }: { images: readonly PixelSource[]; most?: number }) {
  return (
    <span className="thumbnailStrip" aria-hidden="true">
      {images.slice(0, most).map((image, index) => (
        <PixelImage key={`${index}-${image.url}`} image={image} zoom={pictureZoom(image, side)} alt="" />
      ))}
    </span>
  );
}
