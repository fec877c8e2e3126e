/** A stored image at whole-number zoom, never blurred, in a hairline frame; the checkerboard shows while it loads and where it is transparent. */
export interface PixelSource {
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

export function PixelImage({ image, zoom, alt, fluid = false }: { image: PixelSource; zoom: number; alt: string; fluid?: boolean }) {
  return (
    <img
      className={fluid ? "pixelImage fluid" : "pixelImage"}
      src={image.url}
      width={image.width * zoom}
      height={image.height * zoom}
      alt={alt}
      decoding="async"
      draggable={false}
    />
  );
}
