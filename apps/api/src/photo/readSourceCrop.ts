/** Checks the crop that a run's input asks for. */
import { isSourceCrop, leastCropSize, type SourceCrop } from "@pareidolia/core/sourceCrop";
import { invalid } from "../run/runLauncher.ts";

/** Null where none is given. @throws AppError INVALID_INPUT. */
export function readSourceCrop(given: SourceCrop | null | undefined): SourceCrop | null {
  if (given == null) return null;
  const crop = { x: given.x, y: given.y, size: given.size };
  if (!isSourceCrop(crop))
    throw invalid(
      "sourceCrop",
      `A crop has its centre at shares from 0 to 1 and a size from ${leastCropSize} to 1 of the largest that fits.`,
    );
  return crop;
}
