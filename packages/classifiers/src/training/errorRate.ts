/** The share of digits that a model file labels wrongly. */
import { leNetClasses, leNetSide } from "@pareidolia/onnx/graphs/leNet";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { type DigitSet, digitPixels } from "../data/mnist/readMnist.ts";

const batchSize = 500;

export async function errorRate(options: { file: Uint8Array; digits: DigitSet; threads: number }): Promise<number> {
  const { digits } = options;
  const session = await InferenceSession.create(options.file, { intraOpNumThreads: options.threads });
  let wrong = 0;
  try {
    for (let start = 0; start < digits.count; start += batchSize) {
      const count = Math.min(batchSize, digits.count - start);
      const pixels = Float32Array.from(digits.images.subarray(start * digitPixels, (start + count) * digitPixels));
      const results = await session.run({ pixels: new Tensor("float32", pixels, [count, 1, leNetSide, leNetSide]) });
      const probabilities = results.probabilities?.data as Float32Array;
      for (let row = 0; row < count; row++) {
        const scores = probabilities.subarray(row * leNetClasses, (row + 1) * leNetClasses);
        if (scores.indexOf(Math.max(...scores)) !== digits.labels[start + row]) wrong++;
      }
    }
  } finally {
    await session.release();
  }
  return wrong / digits.count;
}
