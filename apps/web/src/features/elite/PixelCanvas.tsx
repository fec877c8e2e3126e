"use client";
/** Draws pixels on a canvas without an image file, one canvas pixel each, enlarged by a whole number or reduced by a zoom below 1. */
import type { ByteImage } from "@pareidolia/core/image";
import { useEffect, useRef } from "react";
import pixelImageStyles from "../marks/PixelImage.module.css";

interface PixelCanvasProps {
  readonly image: ByteImage;
  readonly zoom: number;
  /** Description for screen readers; null if the text beside the image describes it. */
  readonly label: string | null;
}

export function PixelCanvas({ image, zoom, label }: PixelCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context === null || context === undefined) return;
    const { width, height, channels, pixels } = image;
    const data = context.createImageData(width, height);
    for (let i = 0; i < width * height; i++) {
      for (let c = 0; c < 3; c++) data.data[i * 4 + c] = pixels[i * channels + (channels === 3 ? c : 0)] as number;
      data.data[i * 4 + 3] = 255;
    }
    context.putImageData(data, 0, 0);
  }, [image]);
  return (
    <canvas
      ref={canvas}
      className={zoom < 1 ? `${pixelImageStyles.pixelImage} ${pixelImageStyles.reduced}` : pixelImageStyles.pixelImage}
      width={image.width}
      height={image.height}
      style={{ width: image.width * zoom, height: image.height * zoom }}
      {...(label === null ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
    />
  );
}
