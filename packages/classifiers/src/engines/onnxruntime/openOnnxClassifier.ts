/** Opens a prepared network in onnxruntime, on the CPU or on a GPU. */

import { availableParallelism } from "node:os";
import { AppError } from "@pareidolia/core/appError";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { pixelCount } from "@pareidolia/core/image";
import { inputGradientGraph } from "@pareidolia/onnx/gradientGraph";
import type { Graph } from "@pareidolia/onnx/graph";
import { interleaveInput } from "@pareidolia/onnx/interleaveInput";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import type { EngineOptions, PreparedModel } from "../engine.ts";
import { instructionSet } from "../instructionSet.ts";
import { type CutBatch, cutEvenly } from "../threads/cuts.ts";
import { describeThreads } from "../threads/describeThreads.ts";
import { InferenceThreads } from "../threads/inferenceThreads.ts";
import { createThreadedClassifier } from "../threads/threadedClassifier.ts";
import { cutForCaches } from "./cutForCaches.ts";
import { executionProvider, type Provider } from "./executionProvider.ts";
import type { OnnxThreadSetup } from "./onnxThreadSetup.ts";

export interface OnnxClassifierOptions extends EngineOptions {
  readonly model: PreparedModel;
  readonly provider?: Provider;
  /** Default: `cutForCaches` on the CPU, `cutEvenly` on a GPU. */
  readonly cut?: CutBatch;
}

/** The source with type stripping, the compiled file in a build. */
const threadFile = import.meta.url.endsWith(".ts") ? "./inferenceThread.ts" : "./inferenceThread.js";

/** @throws AppError CORRUPT_DATA if onnxruntime refuses the network, INVALID_INPUT for a number of threads out of range. */
export async function openOnnxClassifier(options: OnnxClassifierOptions): Promise<DifferentiableClassifier> {
  const { model, threads, provider = "cpu" } = options;
  // One session is enough for a GPU; on the processor each thread has one.
  const threadCount = provider === "cpu" ? (threads ?? availableParallelism()) : 1;
  if (!Number.isInteger(threadCount) || threadCount < 1 || threadCount > 256)
    throw new AppError("INVALID_INPUT", "The number of threads must be a whole number from 1 to 256.", { field: "threads" });
  const { channels, height, width } = model.input;
  const valuesPerImage = pixelCount(model.input);
  const interleaved = interleaveInput(model.graph);
  const runnable = (graph: Graph) => ({ file: encodeModel(graph), provider: executionProvider(provider, graph) });
  const setup: OnnxThreadSetup = {
    ...runnable(interleaved ?? model.graph),
    scoredDims: interleaved === null ? [channels, height, width] : [1, height, width * channels],
    gradientDims: [channels, height, width],
    classes: model.labels.length,
    cores: threadCount,
  };
  const opened = await InferenceThreads.open({
    engine: "onnxruntime",
    file: new URL(threadFile, import.meta.url),
    setup,
    count: threadCount,
    valuesPerImage,
  });
  const prepared = new Set<string>();
  const device = provider === "cpu" ? `CPU, ${describeThreads(threadCount)}, ${instructionSet()}` : provider === "cuda" ? "CUDA" : "WebGPU";
  return createThreadedClassifier({
    model,
    threads: opened,
    cut: options.cut ?? (provider === "cpu" ? cutForCaches : cutEvenly)({ graph: model.graph, threads: threadCount, valuesPerImage }),
    scoresInterleaved: interleaved !== null,
    engine: `onnxruntime ${opened.runtimeVersion} ${device}`,
    prepareGradient(of) {
      if (prepared.has(of)) return;
      opened.broadcast({ kind: "gradientGraph", of, ...runnable(inputGradientGraph(model.graph, of)) });
      prepared.add(of);
    },
  });
}
