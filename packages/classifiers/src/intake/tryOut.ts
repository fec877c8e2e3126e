/**
 * Runs a network on pictures of nothing: what it answers has to be probabilities, and the same for a picture alone as among others. A
 * file that was exported for one image is opened to any number, and only a run shows whether its images stay apart.
 */
import type { ScoresWithLogits } from "@pareidolia/core/differentiableClassifier";
import type { FloatImage, ImageShape } from "@pareidolia/core/image";
import { Purpose, Random } from "@pareidolia/core/random";
import type { PreparedModel } from "../engines/engine.ts";
import { openOnnxClassifier } from "../engines/onnxruntime/openOnnxClassifier.ts";
import { asRefusal, Refusal } from "./refusal.ts";

const sumTolerance = 1e-3;
/** Of the largest logit. onnxruntime was seen to give the same bits in any batch; another build may add in another order. */
const batchTolerance = 1e-3;
const together = 3;
/** Fewer are tried together where so many would take more than this. */
const mostBytesTogether = 96 * 2 ** 20;

export interface TryOutOptions {
  readonly model: PreparedModel;
  /** What all values of one image take. */
  readonly activationBytes: number;
  /** Whether the network's own answers are taken as its logits, since nothing in it says that they are probabilities. */
  readonly takenAsLogits: boolean;
}

/**
 * @returns the largest probability of each picture.
 * @throws Refusal MISBEHAVED for what are no probabilities, UNSUPPORTED for a network that does not look at each picture by itself, or
 * whose probabilities would be taken for logits.
 */
export async function tryOut({ model, activationBytes, takenAsLogits }: TryOutOptions): Promise<readonly number[]> {
  const classifier = await openOnnxClassifier({ model, threads: 1, cut: (images) => ({ size: images, together: false }) });
  try {
    const shown = pictures(model.input);
    const count = together * activationBytes > mostBytesTogether ? together - 1 : together;
    // First, so that what memory the engine keeps serves the single pictures too.
    const joint = await classifier.scoreWithLogits(shown.slice(0, count)).catch(asRefusal);
    const alone: ScoresWithLogits[] = [];
    for (const picture of shown) alone.push(checkProbabilities(await classifier.scoreWithLogits([picture])));
    if (joint instanceof Refusal)
      throw new Refusal(
        "UNSUPPORTED",
        `This network fails on several images together. Export it again with an open batch. ${joint.message}`,
      );
    compare(joint, alone);
    if (takenAsLogits && alone.every(({ logits }) => isDistribution(logits)))
      throw new Refusal(
        "UNSUPPORTED",
        "This network answers probabilities, made in a way that is not known here, and they would be taken as logits. Export it again to end in Softmax, or in logits.",
      );
    return alone.map(({ probabilities }) => Math.max(...probabilities));
  } finally {
    await classifier.dispose();
  }
}

/** Noise, black, white and grey. */
function pictures(shape: ImageShape): readonly FloatImage[] {
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
    throw new Refusal("MISBEHAVED", "What this network answers to a plain picture are no probabilities: some are not numbers.");
  return scores;
}

function compare({ count, classes, logits }: ScoresWithLogits, alone: readonly ScoresWithLogits[]): void {
  for (const [index, { logits: expected }] of alone.slice(0, count).entries()) {
    const most = batchTolerance * expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-3);
    const found = logits.subarray(index * classes, (index + 1) * classes);
    if (expected.some((value, place) => !(Math.abs(value - (found[place] ?? Number.NaN)) <= most)))
      throw new Refusal(
        "UNSUPPORTED",
        "This network answers several images together differently from each alone, so it cannot be run on many. Export it again with an open batch, without operators that join images.",
      );
  }
}
