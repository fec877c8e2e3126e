"use client";
/** Images as buttons that are pressed or not. The arrow keys move the focus, Space presses. */
import type { CSSProperties } from "react";
import { imageZoom } from "../../marks/imageZoom.ts";
import { PixelImage } from "../../marks/PixelImage.tsx";
import type { PixelSource } from "../../marks/pixelSource.ts";
import { useGridKeys } from "../../marks/useGridKeys.ts";
import styles from "./ImageToggles.module.css";

export interface ToggledImage {
  /** SHA-256 of its bytes. */
  readonly id: string;
  readonly image: PixelSource;
  readonly text: string;
}

interface ImageTogglesProps {
  readonly label: string;
  readonly toggled: readonly ToggledImage[];
  readonly pressed: ReadonlySet<string>;
  readonly side?: number;
  onPress(id: string): void;
}

const usualSide = 56;

export function ImageToggles({ label, toggled, pressed, side = usualSide, onPress }: ImageTogglesProps) {
  const { root, tabStop, onKeyDown, onFocus } = useGridKeys(toggled.length);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
    <div
      ref={root}
      className={styles.grid}
      role="group"
      aria-label={label}
      style={{ "--side": `${side}px` } as CSSProperties}
      onKeyDown={onKeyDown}
    >
      {toggled.map(({ id, image, text }, index) => (
        <button
          key={id}
          type="button"
          tabIndex={index === tabStop ? 0 : -1}
          title={text}
          aria-label={text}
          aria-pressed={pressed.has(id)}
          onFocus={() => onFocus(index)}
          onClick={() => onPress(id)}
        >
          <PixelImage image={image} zoom={imageZoom(image, side)} alt="" />
        </button>
      ))}
    </div>
  );
}
