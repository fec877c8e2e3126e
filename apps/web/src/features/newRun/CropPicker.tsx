"use client";
/** Which part of the chosen image the network sees: a frame to drag, and the same by keyboard with three sliders. */
import { centreCrop, cropArea, leastCropSize, type SourceCrop } from "@pareidolia/core/sourceCrop";
import { type PointerEvent, useRef } from "react";
import { imageZoom } from "../marks/imageZoom.ts";
import { PixelImage } from "../marks/PixelImage.tsx";
import type { PixelSource } from "../marks/pixelSource.ts";
import toolButtonStyles from "../marks/ToolButton.module.css";
import styles from "./CropPicker.module.css";

interface CropPickerProps {
  readonly image: PixelSource;
  /** The network's input, whose proportions the crop has. */
  readonly input: { readonly width: number; readonly height: number };
  /** Null is the largest central part. */
  readonly value: SourceCrop | null;
  onChange(crop: SourceCrop | null): void;
}

const room = 320;
const sliders = [
  { name: "x", label: "Across", least: 0 },
  { name: "y", label: "Down", least: 0 },
  { name: "size", label: "Size", least: leastCropSize },
] as const;

/** An image of the input's own size is used unchanged. */
export function canCrop(image: PixelSource, input: CropPickerProps["input"]): boolean {
  return image.width !== input.width || image.height !== input.height;
}

export function CropPicker({ image, input, value, onChange }: CropPickerProps) {
  const drag = useRef<{ readonly left: number; readonly top: number; readonly from: SourceCrop } | null>(null);
  const crop = value ?? centreCrop;
  const zoom = imageZoom(image, room);
  const area = cropArea(image, input, crop);
  const share = (length: number, whole: number) => `${(100 * length) / whole}%`;
  /** The centre after the area was moved inside the image, so that a drag from an edge follows at once. */
  const centred = { ...crop, x: (area.left + area.width / 2) / image.width, y: (area.top + area.height / 2) / image.height };
  const move = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    if (drag.current === null || !box) return;
    const within = (position: number) => Math.max(0, Math.min(1, position));
    onChange({
      ...crop,
      x: within(drag.current.from.x + (event.clientX - drag.current.left) / box.width),
      y: within(drag.current.from.y + (event.clientY - drag.current.top) / box.height),
    });
  };
  const stop = () => {
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
            left: share(area.left, image.width),
            top: share(area.top, image.height),
            width: share(area.width, image.width),
            height: share(area.height, image.height),
          }}
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            drag.current = { left: event.clientX, top: event.clientY, from: centred };
          }}
          onPointerMove={move}
          onPointerUp={stop}
          onPointerCancel={stop}
        />
      </div>
      <div className={styles.cropSliders}>
        {sliders.map(({ name, label, least }) => (
          <label key={name}>
            <span className="fieldLabel">{label}</span>
            <input
              type="range"
              min={least}
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
