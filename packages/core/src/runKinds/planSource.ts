/** The image that an ascent or a perturbation starts from. */
import type { SourceCrop } from "../sourceCrop.ts";
import type { PlanReader } from "./planReader.ts";

export interface PlanSource {
  /** SHA-256 of the image's file. */
  readonly sha256: string;
  /** The part to use; null for the largest central part. */
  readonly crop: SourceCrop | null;
}

/** Null for a run without a source image. @throws AppError CORRUPT_DATA. */
export function readPlanSource(reader: PlanReader, sha256: string | null): PlanSource | null {
  if (sha256 === null) return null;
  const [x, y, size] = reader.optionalNumbers("crop");
  return { sha256, crop: x === undefined || y === undefined || size === undefined ? null : { x, y, size } };
}

/** The plan's `crop`: x, y and size, or an empty list. */
export function cropOf(source: PlanSource | null): readonly number[] {
  const crop = source?.crop ?? null;
  return crop === null ? [] : [crop.x, crop.y, crop.size];
}
