"use client";
/** The image as a museum shows it: whole-number zoom, a hairline frame, and a reading of the pixel under the pointer. */
import { useQueryState } from "nuqs";
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { PixelImage } from "../marks/PixelImage.tsx";
import { parseAsWholeNumber } from "../marks/wholeNumberParser.ts";
import styles from "./Exhibit.module.css";
import type { StoredImage } from "./useStoredImage.ts";
import { chooseZoom, zoomChoices } from "./zoomChoices.ts";

interface ExhibitProps {
  readonly image: { readonly url: string; readonly width: number; readonly height: number; readonly channels: number };
  readonly label: string;
  readonly stored: StoredImage;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

const steps: Readonly<Record<string, Place>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

function useRoom(): { ref: React.RefObject<HTMLDivElement | null>; room: number } {
  const ref = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(454);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setRoom(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, room };
}

export function Exhibit({ image, label, stored }: ExhibitProps) {
  const { ref, room } = useRoom();
  const [asked, setAsked] = useQueryState("zoom", parseAsWholeNumber.withOptions({ history: "replace" }));
  const [place, setPlace] = useState<Place | null>(null);
  const choices = zoomChoices(image.width, room);
  const zoom = chooseZoom(asked, choices);

  const point = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = Math.floor((event.clientX - box.left) / zoom);
    const y = Math.floor((event.clientY - box.top) / zoom);
    setPlace(x >= 0 && y >= 0 && x < image.width && y < image.height ? { x, y } : null);
  };
  const step = (event: KeyboardEvent) => {
    const by = steps[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const from = place ?? { x: Math.floor(image.width / 2), y: Math.floor(image.height / 2) };
    setPlace({
      x: Math.min(image.width - 1, Math.max(0, from.x + by.x)),
      y: Math.min(image.height - 1, Math.max(0, from.y + by.y)),
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
          aria-label={`Pixels of ${label}; arrow keys move the reading`}
          tabIndex={0}
          onPointerMove={point}
          onPointerLeave={() => setPlace(null)}
          onKeyDown={step}
          onBlur={() => setPlace(null)}
        >
          <PixelImage image={image} zoom={zoom} alt={`What the network takes for “${label}”`} />
          {place !== null && zoom > 2 ? (
            <span
              className={styles.pixel}
              style={{ left: place.x * zoom, top: place.y * zoom, width: zoom, height: zoom }}
              aria-hidden="true"
            />
          ) : null}
        </div>
      </div>
      <div className={styles.caption}>
        <Reading image={image} zoom={zoom} place={place} stored={stored} />
        <div className={styles.zooms} role="group" aria-label="Zoom">
          {choices.map((choice) => (
            <button
              key={choice}
              type="button"
              aria-pressed={choice === zoom}
              onClick={() => void setAsked(choice === choices.at(-1) ? null : choice)}
            >
              {choice}×
            </button>
          ))}
        </div>
      </div>
    </div>
  );
}

interface ReadingProps {
  readonly image: ExhibitProps["image"];
  readonly zoom: number;
  readonly place: Place | null;
  readonly stored: StoredImage;
}

function Reading({ image, zoom, place, stored }: ReadingProps) {
  if (place !== null && stored.kind === "ready") {
    const { pixels, channels } = stored.image;
    const at = (place.y * image.width + place.x) * channels;
    return (
      <span aria-live="polite">
        x <b>{place.x}</b>, y <b>{place.y}</b>, {channels === 1 ? "grey" : "RGB"}{" "}
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
