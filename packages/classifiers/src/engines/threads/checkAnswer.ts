/** Whether a thread's answer has a row for each image. A network that joins images, or was made for one, may give any other number. */
import { AppError } from "@pareidolia/core/appError";
import type { ThreadResults } from "./threadMessages.ts";

export interface ExpectedAnswer {
  readonly images: number;
  readonly classes: number;
  /** Numbers of one image. */
  readonly values: number;
}

/** @throws AppError INVALID_INPUT for scores of another shape than images x classes, or gradients of another number than the images'. */
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
      `This network answers ${images} images with ${scoreDims.join(" x ")} scores, not ${images} x ${classes}: it does not look at each image by itself. Export it again with an open batch.`,
    );
}
