/**
 * Runs a network on test images. Its outputs must be probabilities, and must be the same for an image alone and in a batch: an export
 * for one image gets an open batch, and only a run shows whether its images stay independent.
 */
import type { ScoresWithLogits } from "@pareidolia/core/differentiableClassifier";
import type { FloatImage, ImageShape } from "@pareidolia/core/image";
import { Purpose, Random } from "@pareidolia/core/random";
import type { PreparedModel } from "../engines/engine.ts";
import { openOnnxClassifier } from "../engines/onnxruntime/openOnnxClassifier.ts";
import { asRefusal, Refusal } from "./refusal.ts";

const sumTolerance = 1e-3;
/** Relative to the largest logit. onnxruntime gave the same bits in any batch, but another build may sum in another order. */
const batchTolerance = 1e-3;
const batchSize = 3;
/** Above this, the batch has one image fewer. */
const maxBatchBytes = 96 * 2 ** 20;

export interface TryOutOptions {
  readonly model: PreparedModel;
  /** Memory of all values for one image. */
  readonly activationBytes: number;
  /** Whether the outputs are treated as logits, because nothing in the graph shows that they are probabilities. */
  readonly treatedAsLogits: boolean;
}

/**
 * @returns the largest probability for each test image.
 * @throws Refusal MISBEHAVED if the outputs are not probabilities, UNSUPPORTED if images in a batch affect each other or probabilities
 * would be treated as logits.
 */
export async function tryOut({ model, activationBytes, treatedAsLogits }: TryOutOptions): Promise<readonly number[]> {
  const classifier = await openOnnxClassifier({ model, threads: 1, cut: (images) => ({ size: images, together: false }) });
  try {
    const images = testImages(model.input);
    const count = batchSize * activationBytes > maxBatchBytes ? batchSize - 1 : batchSize;
    // The batch runs first, so the engine reuses its memory for the single images.
    const joint = await classifier.scoreWithLogits(images.slice(0, count)).catch(asRefusal);
    const alone: ScoresWithLogits[] = [];
    for (const image of images) alone.push(checkProbabilities(await classifier.scoreWithLogits([image])));
    if (joint instanceof Refusal)
      throw new Refusal("UNSUPPORTED", `This network fails on a batch of several images. Export it with an open batch. ${joint.message}`);
    compare(joint, alone);
    if (treatedAsLogits && alone.every(({ logits }) => isDistribution(logits)))
      throw new Refusal(
        "UNSUPPORTED",
        "This network returns probabilities of an unknown form, which would be treated as logits. Export it so that it ends in Softmax or in logits.",
      );
    return alone.map(({ probabilities }) => Math.max(...probabilities));
  } finally {
    await classifier.dispose();
  }
}

/** Noise, black, white and grey images. */
function testImages(shape: ImageShape): readonly FloatImage[] {
  const count = shape.width * shape.height * shape.channels;
  const random = new Random({ seed: 1, generation: 0, index: 0, purpose: Purpose.NOISE });
  const noise = Float32Array.from({ length: count }, () => random.uniform() * 255);
  const flat = [0, 255, 127.5].map((level) => new Float32Array(count).fill(level));
  return [noise, ...flat].map((pixels) => ({ ...shape, pixels }));
}

function isDistribution(scores: Float32Array): boolean {
  const sum = scores.reduce((total, value) => total + value, 0);
  return scores.every((value) => value >= 0 && value <= 1) && Math.abs(sum - 1) <= sumTolerance;
}

function checkProbabilities(scores: ScoresWithLogits): ScoresWithLogits {
  if (!isDistribution(scores.probabilities))
    throw new Refusal("MISBEHAVED", "This network does not return probabilities for a plain image: some outputs are not numbers.");
  return scores;
}

function compare({ count, classes, logits }: ScoresWithLogits, alone: readonly ScoresWithLogits[]): void {
  for (const [index, { logits: expected }] of alone.slice(0, count).entries()) {
    const tolerance = batchTolerance * expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-3);
    const found = logits.subarray(index * classes, (index + 1) * classes);
    if (expected.some((value, place) => !(Math.abs(value - (found[place] ?? Number.NaN)) <= tolerance)))
      throw new Refusal(
        "UNSUPPORTED",
        "This network returns different scores for an image in a batch than alone, so it cannot run on batches. Export it with an open batch and without operators that mix images.",
      );
  }
}
