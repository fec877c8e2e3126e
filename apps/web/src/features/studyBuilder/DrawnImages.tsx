"use client";
/** The drawn images as a grid. A click or Enter leaves an image out; the arrow keys move the focus. */
import type { CSSProperties } from "react";
import type { StudyImageRowFragment } from "../../graphql/generated/graphql.ts";
import { formatConfidence } from "../marks/confidence.ts";
import { imageZoom } from "../marks/imageZoom.ts";
import { splitLabel } from "../marks/labels.ts";
import { PixelImage } from "../marks/PixelImage.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { useGridKeys } from "../marks/useGridKeys.ts";
import styles from "./DrawnImages.module.css";

/** Sides of the images in pixels, by the number of images up to which they are used. */
const sides = [
  [12, 84],
  [60, 56],
  [Number.POSITIVE_INFINITY, 28],
] as const;

interface DrawnImagesProps {
  /** Undefined while they load. */
  readonly images: readonly StudyImageRowFragment[] | undefined;
  /** SHA-256 of the images that the rule leaves out. */
  readonly excluded: readonly string[];
  readonly classNames: readonly string[];
  readonly isDrawing: boolean;
  onLeaveOut(sha256: string): void;
}

export function DrawnImages({ images, excluded, classNames, isDrawing, onLeaveOut }: DrawnImagesProps) {
  const { root, tabStop, onKeyDown, onFocus } = useGridKeys(images?.length ?? 0);
  if (images === undefined) return <SkeletonLines count={3} height={28} />;
  if (images.length === 0) return null;
  const { length } = images;
  const side = sides.find(([most]) => length <= most)?.[1] ?? 28;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
    <div
      ref={root}
      className={styles.grid}
      role="group"
      aria-label="Drawn images"
      aria-busy={isDrawing}
      style={{ "--side": `${side}px` } as CSSProperties}
      onKeyDown={onKeyDown}
    >
      {images.map(({ image, label, confidence, index }) => {
        const name = splitLabel(classNames[label] ?? `class ${label}`).name;
        const text = typeof confidence === "number" ? `${name}, ${formatConfidence(confidence)}` : name;
        const isOut = excluded.includes(image.sha256);
        return (
          <button
            key={image.sha256}
            type="button"
            tabIndex={index === tabStop ? 0 : -1}
            title={text}
            aria-label={`Leave out: ${text}`}
            disabled={isOut}
            onFocus={() => onFocus(index)}
            onClick={() => onLeaveOut(image.sha256)}
          >
            <PixelImage image={image} zoom={imageZoom(image, side)} alt="" />
          </button>
        );
      })}
    </div>
  );
}
