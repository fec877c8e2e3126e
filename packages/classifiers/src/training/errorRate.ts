/** The share of images, from 0 to 1, whose top class under an ONNX model is not their label. */

import { pixelCount } from "@pareidolia/core/image";
import { topClass } from "@pareidolia/core/topClass";
import { InferenceSession, Tensor } from "onnxruntime-node";
import type { LabelledImages } from "../data/labelledImages.ts";

const batchSize = 500;

export async function errorRate(options: {
  file: Uint8Array;
  images: LabelledImages;
  threads: number;
  signal?: AbortSignal | undefined;
}): Promise<number> {
  const { images, signal } = options;
  const { width, height, channels } = images.shape;
  const size = pixelCount(images.shape);
  const session = await InferenceSession.create(options.file, { intraOpNumThreads: options.threads });
  let wrong = 0;
  try {
    for (let start = 0; start < images.count; start += batchSize) {
      signal?.throwIfAborted();
      const count = Math.min(batchSize, images.count - start);
      const pixels = Float32Array.from(images.images.subarray(start * size, (start + count) * size));
      const results = await session.run({ pixels: new Tensor("float32", pixels, [count, channels, height, width]) });
      const probabilities = results.probabilities?.data as Float32Array;
      const classes = probabilities.length / count;
      for (let row = 0; row < count; row++) {
        const scores = probabilities.subarray(row * classes, (row + 1) * classes);
        if (topClass(scores) !== images.labels[start + row]) wrong++;
      }
    }
  } finally {
    await session.release();
  }
  return wrong / images.count;
}
