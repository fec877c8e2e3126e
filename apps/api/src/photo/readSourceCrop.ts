/** Validates the crop in a run's input. */
import { isSourceCrop, leastCropSize, type SourceCrop } from "@pareidolia/core/sourceCrop";
import { invalid } from "../run/runLauncher.ts";

/** Null without a crop. @throws AppError INVALID_INPUT. */
export function readSourceCrop(given: SourceCrop | null | undefined): SourceCrop | null {
  if (given == null) return null;
  const crop = { x: given.x, y: given.y, size: given.size };
  if (!isSourceCrop(crop)) throw invalid("sourceCrop", `The crop's x and y must be from 0 to 1, and its size from ${leastCropSize} to 1.`);
  return crop;
}
