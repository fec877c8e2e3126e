/**
 * A stored image at whole-number zoom, never blurred, in a hairline frame; the checkerboard shows while it loads and where it is
 * transparent. A zoom below 1 reduces it by averaging.
 */
export interface PixelSource {
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

export function PixelImage({ image, zoom, alt, fluid = false }: { image: PixelSource; zoom: number; alt: string; fluid?: boolean }) {
  const fit = fluid ? " fluid" : zoom < 1 ? " reduced" : "";
  return (
    <img
      className={`pixelImage${fit}`}
      src={image.url}
      width={Math.round(image.width * zoom)}
      height={Math.round(image.height * zoom)}
      alt={alt}
      decoding="async"
      draggable={false}
    />
  );
}
