"use client";
/** How an image differs from the baseline's, pixel by pixel: grey where they are equal, lighter where it is lighter and darker where darker. */
import { useEffect, useRef, useState } from "react";
import { loadImage } from "../archiveCanvas/loadImage.ts";
import { imageZoom } from "../marks/imageZoom.ts";
import type { PixelSource } from "../marks/pixelSource.ts";
import styles from "./Comparison.module.css";
import { differenceOf } from "./differenceOf.ts";

interface DifferenceImageProps {
  readonly image: PixelSource;
  readonly base: PixelSource;
  /** Side of the square that the image fits, in pixels. */
  readonly side: number;
}

function pixelsOf(bitmap: ImageBitmap): Uint8ClampedArray | null {
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  if (context === null) return null;
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
}

export function DifferenceImage({ image, base, side }: DifferenceImageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [failed, setFailed] = useState(false);
  const { url, width, height } = image;
  const baseUrl = base.url;
  const isComparable = width === base.width && height === base.height;
  useEffect(() => {
    if (!isComparable) return;
    const stop = new AbortController();
    const load = (address: string) => loadImage(address, { signal: stop.signal, onProgress: () => undefined });
    setFailed(false);
    Promise.all([load(url), load(baseUrl)])
      .then(([one, other]) => {
        const context = canvas.current?.getContext("2d");
        const [pixels, under] = [pixelsOf(one), pixelsOf(other)];
        if (stop.signal.aborted || !context || pixels === null || under === null) return;
        context.putImageData(new ImageData(differenceOf(pixels, under), width, height), 0, 0);
      })
      .catch(() => {
        if (!stop.signal.aborted) setFailed(true);
      });
    return () => stop.abort();
  }, [url, baseUrl, width, height, isComparable]);
  if (!isComparable) return <span className="muted t12">other size</span>;
  if (failed) return <span className="muted t12">not loaded</span>;
  const zoom = imageZoom(image, side);
  return (
    <canvas
      ref={canvas}
      className={styles.difference}
      width={width}
      height={height}
      style={{ width: width * zoom, height: height * zoom }}
      role="img"
      aria-label="Difference from the baseline"
    />
  );
}
