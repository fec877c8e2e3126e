/**
 * Runs the gradient of a network's logits once on a grey image, with onnxruntime on the CPU. The values are not checked, only that the
 * gradient can be computed within the limits of this process.
 */
import { pixelCount } from "@pareidolia/core/image";
import { gradientGraphNames, inputGradientGraph } from "@pareidolia/onnx/gradientGraph";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { InferenceSession, Tensor } from "onnxruntime-node";
import type { PreparedModel } from "../engines/engine.ts";
import { estimateGradientCost } from "./estimateCost.ts";
import type { Preparation } from "./preparation.ts";
import { Refusal } from "./refusal.ts";

/** @throws Refusal, or AppError INVALID_INPUT naming a node that has no gradient or whose gradient stores too much. */
export async function tryGradient({ graph, input, labels }: PreparedModel, preparation: Preparation): Promise<void> {
  const gradient = preparation.step(() => inputGradientGraph(graph, "logits"));
  estimateGradientCost(gradient, graph);
  const file = preparation.step(() => encodeModel(gradient));
  const { channels, height, width } = input;
  const { pixels, weights } = gradientGraphNames;
  const session = await InferenceSession.create(file, { intraOpNumThreads: 1 }).catch(refuse);
  try {
    await session
      .run({
        [pixels]: new Tensor("float32", new Float32Array(pixelCount(input)).fill(127.5), [1, channels, height, width]),
        [weights]: new Tensor("float32", new Float32Array(labels.length).fill(1), [1, labels.length]),
      })
      .catch(refuse);
  } finally {
    await session.release();
  }
}

function refuse(error: unknown): never {
  throw new Refusal("UNSUPPORTED", `This network's gradient cannot be computed: ${error instanceof Error ? error.message : String(error)}`);
}
