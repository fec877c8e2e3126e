/** The image that an ascent or a perturbation starts from. */
import type { SourceCrop } from "../sourceCrop.ts";
import type { PlanField } from "./runKind.ts";

export interface PlanSource {
  /** SHA-256 of the image's file. */
  readonly sha256: string;
  /** The crop to use; null for the largest central crop. */
  readonly crop: SourceCrop | null;
}

/** Null for a run without a source image. `crop` is x, y and size; empty or null for the largest central crop. */
export function planSourceOf(sha256: string | null, crop: readonly number[] | null): PlanSource | null {
  if (sha256 === null) return null;
  const [x, y, size] = crop ?? [];
  return { sha256, crop: x === undefined || y === undefined || size === undefined ? null : { x, y, size } };
}

/** The plan's `crop`: x, y and size, or an empty list. */
export function cropOf(source: PlanSource | null): readonly number[] {
  const crop = source?.crop ?? null;
  return crop === null ? [] : [crop.x, crop.y, crop.size];
}

export const sourceFields: readonly PlanField[] = [
  {
    name: "sourceImage",
    type: "text",
    label: "Source image",
    description: "SHA-256 of the image that it starts from.",
    place: "sourceSha256",
  },
  {
    name: "crop",
    type: "list",
    label: "Crop",
    description: "The crop of the source image: x, y and size; none for the largest central one.",
    place: ["crop"],
  },
];
