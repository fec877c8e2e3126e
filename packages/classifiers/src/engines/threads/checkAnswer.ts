/** Checks that results have one row per image. Networks with a fixed batch size, or that mix the images of a batch, may have others. */
import { AppError } from "@pareidolia/core/appError";
import type { ThreadResults } from "./threadMessages.ts";

export interface ExpectedAnswer {
  readonly images: number;
  readonly classes: number;
  /** The number of values of one image. */
  readonly values: number;
}

/** @throws AppError INVALID_INPUT unless scores are images x classes and gradients have as many values as the images. */
export function checkAnswer(results: ThreadResults, { images, classes, values }: ExpectedAnswer): void {
  const { scoreDims, probabilities, logits, gradients } = results;
  const scores = images * classes;
  const fits =
    scoreDims.length === 2 &&
    scoreDims[0] === images &&
    probabilities.length === scores &&
    (logits?.length ?? scores) === scores &&
    (gradients?.length ?? images * values) === images * values;
  if (!fits)
    throw new AppError(
      "INVALID_INPUT",
      `This network returns ${scoreDims.join(" x ")} scores for ${images} images, not ${images} x ${classes}: it does not score each image separately. Export it again with an open batch.`,
    );
}
