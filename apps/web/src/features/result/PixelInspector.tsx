"use client";
/** A result's image at whole-number zoom in a hairline frame, with the values of the pixel under the pointer or the keyboard cursor. */
import { useQueryState } from "nuqs";
import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { PixelImage } from "../marks/PixelImage.tsx";
import { parseAsWholeNumber } from "../marks/wholeNumberParser.ts";
import styles from "./PixelInspector.module.css";
import type { StoredImage } from "./useStoredImage.ts";
import { chooseZoom, zoomChoices } from "./zoomChoices.ts";

interface PixelInspectorProps {
  readonly image: { readonly url: string; readonly width: number; readonly height: number; readonly channels: number };
  readonly label: string;
  readonly stored: StoredImage;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const steps: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

export function PixelInspector({ image, label, stored }: PixelInspectorProps) {
  const [ref, width] = useElementWidth<HTMLDivElement>(454);
  const [requestedZoom, setZoom] = useQueryState("zoom", parseAsWholeNumber.withOptions({ history: "replace" }));
  const [pixel, setPixel] = useState<Point | null>(null);
  const choices = zoomChoices(image.width, width);
  const zoom = chooseZoom(requestedZoom, choices);

  const followPointer = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = Math.floor((event.clientX - box.left) / zoom);
    const y = Math.floor((event.clientY - box.top) / zoom);
    setPixel(x >= 0 && y >= 0 && x < image.width && y < image.height ? { x, y } : null);
  };
  const moveByKey = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const from = pixel ?? { x: Math.floor(image.width / 2), y: Math.floor(image.height / 2) };
    setPixel({
      x: Math.min(image.width - 1, Math.max(0, from.x + step.x)),
      y: Math.min(image.height - 1, Math.max(0, from.y + step.y)),
    });
  };

  return (
    <div ref={ref}>
      <div className={styles.mount}>
        <div
          className={styles.frame}
          style={{ width: image.width * zoom, height: image.height * zoom }}
          role="application"
          aria-roledescription="pixel inspector"
          aria-label={`Pixels of ${label}; use the arrow keys to move`}
          tabIndex={0}
          onPointerMove={followPointer}
          onPointerLeave={() => setPixel(null)}
          onKeyDown={moveByKey}
          onBlur={() => setPixel(null)}
        >
          <PixelImage image={image} zoom={zoom} alt={`The image, classified as “${label}”`} />
          {pixel !== null && zoom > 2 ? (
            <span
              className={styles.pixel}
              style={{ left: pixel.x * zoom, top: pixel.y * zoom, width: zoom, height: zoom }}
              aria-hidden="true"
            />
          ) : null}
        </div>
      </div>
      <div className={styles.caption}>
        <PixelValues image={image} zoom={zoom} pixel={pixel} stored={stored} />
        <div className={styles.zooms} role="group" aria-label="Zoom">
          {choices.map((choice) => (
            <button
              key={choice}
              type="button"
              aria-pressed={choice === zoom}
              onClick={() => void setZoom(choice === choices.at(-1) ? null : choice)}
            >
              {choice}×
            </button>
          ))}
        </div>
      </div>
    </div>
  );
}

interface PixelValuesProps {
  readonly image: PixelInspectorProps["image"];
  readonly zoom: number;
  readonly pixel: Point | null;
  readonly stored: StoredImage;
}

function PixelValues({ image, zoom, pixel, stored }: PixelValuesProps) {
  if (pixel !== null && stored.kind === "ready") {
    const { pixels, channels } = stored.image;
    const at = (pixel.y * image.width + pixel.x) * channels;
    return (
      <span aria-live="polite">
        x <b>{pixel.x}</b>, y <b>{pixel.y}</b>, {channels === 1 ? "grey" : "RGB"}{" "}
        <b>{Array.from(pixels.subarray(at, at + channels)).join(" ")}</b>
      </span>
    );
  }
  return (
    <span>
      <b>
        {image.width} × {image.height}
      </b>{" "}
      at <b>{zoom}×</b>, stored PNG, {image.channels === 1 ? "8-bit grey" : "sRGB"}
    </span>
  );
}
