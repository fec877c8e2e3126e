"use client";
/** The crop of the source image: a frame to drag, and three sliders for the keyboard. */
import { centreCrop, cropArea, leastCropSize, type SourceCrop } from "@pareidolia/core/sourceCrop";
import { type PointerEvent, useRef } from "react";
import { imageZoom } from "../marks/imageZoom.ts";
import { PixelImage } from "../marks/PixelImage.tsx";
import type { PixelSource } from "../marks/pixelSource.ts";
import toolButtonStyles from "../marks/ToolButton.module.css";
import styles from "./CropPicker.module.css";

interface CropPickerProps {
  readonly image: PixelSource;
  /** The network's input, which sets the crop's aspect ratio. */
  readonly input: { readonly width: number; readonly height: number };
  /** Null for the largest central crop. */
  readonly value: SourceCrop | null;
  onChange(crop: SourceCrop | null): void;
}

/** Largest side of the preview, in pixels. */
const previewSide = 320;
const sliders = [
  { name: "x", label: "Horizontal", min: 0 },
  { name: "y", label: "Vertical", min: 0 },
  { name: "size", label: "Size", min: leastCropSize },
] as const;

/** An image of the input's size is used unchanged. */
export function canCrop(image: PixelSource, input: CropPickerProps["input"]): boolean {
  return image.width !== input.width || image.height !== input.height;
}

export function CropPicker({ image, input, value, onChange }: CropPickerProps) {
  const drag = useRef<{ readonly left: number; readonly top: number; readonly start: SourceCrop } | null>(null);
  const crop = value ?? centreCrop;
  const zoom = imageZoom(image, previewSide);
  const area = cropArea(image, input, crop);
  const percentage = (length: number, whole: number) => `${(100 * length) / whole}%`;
  /** Centred on the area as shown, which is clamped to the image: a drag away from an edge then takes effect immediately. */
  const centred = { ...crop, x: (area.left + area.width / 2) / image.width, y: (area.top + area.height / 2) / image.height };
  const move = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    if (drag.current === null || !box) return;
    const clamp = (position: number) => Math.max(0, Math.min(1, position));
    onChange({
      ...crop,
      x: clamp(drag.current.start.x + (event.clientX - drag.current.left) / box.width),
      y: clamp(drag.current.start.y + (event.clientY - drag.current.top) / box.height),
    });
  };
  const endDrag = () => {
    drag.current = null;
  };
  return (
    <fieldset className={styles.cropPicker}>
      <legend>Crop</legend>
      <div className={styles.cropImage} style={{ width: image.width * zoom }}>
        <PixelImage image={image} zoom={zoom} alt="" />
        <div
          className={styles.cropFrame}
          style={{
            left: percentage(area.left, image.width),
            top: percentage(area.top, image.height),
            width: percentage(area.width, image.width),
            height: percentage(area.height, image.height),
          }}
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            drag.current = { left: event.clientX, top: event.clientY, start: centred };
          }}
          onPointerMove={move}
          onPointerUp={endDrag}
          onPointerCancel={endDrag}
        />
      </div>
      <div className={styles.cropSliders}>
        {sliders.map(({ name, label, min }) => (
          <label key={name}>
            <span className="fieldLabel">{label}</span>
            <input
              type="range"
              min={min}
              max={1}
              step={0.01}
              value={crop[name]}
              onChange={(event) => onChange({ ...crop, [name]: event.target.valueAsNumber })}
            />
          </label>
        ))}
        <p className="t12 muted" role="status">
          The network sees{" "}
          <span className="n12">
            {area.width} × {area.height}
          </span>{" "}
          of{" "}
          <span className="n12">
            {image.width} × {image.height}
          </span>{" "}
          pixels.
        </p>
        <button type="button" className={toolButtonStyles.toolButton} disabled={value === null} onClick={() => onChange(null)}>
          Centre
        </button>
      </div>
    </fieldset>
  );
}
