/** Opens a prepared network in tfjs, on the given backend. */

import { availableParallelism } from "node:os";
import { AppError } from "@pareidolia/core/appError";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { pixelCount } from "@pareidolia/core/image";
import type { EngineOptions, PreparedModel } from "../engine.ts";
import { instructionSet } from "../instructionSet.ts";
import { cutEvenly } from "../threads/cuts.ts";
import { describeThreads } from "../threads/describeThreads.ts";
import { InferenceThreads } from "../threads/inferenceThreads.ts";
import { createThreadedClassifier } from "../threads/threadedClassifier.ts";
import type { TfjsBackend, TfjsThreadSetup } from "./tfjsThreadSetup.ts";

export interface TfjsClassifierOptions extends EngineOptions {
  readonly model: PreparedModel;
  readonly backend: TfjsBackend;
}

/** tfjs-node uses two functions of Node that Node 22 deprecates. */
const quietFlags = ["--disable-warning=DEP0051", "--disable-warning=DEP0044"];
const threadFile = import.meta.url.endsWith(".ts") ? "./tfjsThread.ts" : "./tfjsThread.js";

/** @throws AppError CORRUPT_DATA if the network has an operator without a twin, or the backend does not load. */
export async function openTfjsClassifier({ model, backend, threads }: TfjsClassifierOptions): Promise<DifferentiableClassifier> {
  // JavaScript and WebAssembly compute on the calling thread; TensorFlow and GPUs have their own threads.
  const isParallel = backend.kind === "native" || backend.kind === "webgpu";
  const threadCount = isParallel ? 1 : (threads ?? availableParallelism());
  if (!Number.isInteger(threadCount) || threadCount < 1 || threadCount > 256)
    throw new AppError("INVALID_INPUT", "The number of threads must be a whole number from 1 to 256.", { field: "threads" });
  if (backend.kind === "native") process.env["TF_CPP_MIN_LOG_LEVEL"] ??= "2"; // TensorFlow reads it when it loads
  const inputDims = [model.input.channels, model.input.height, model.input.width];
  const valuesPerImage = pixelCount(model.input);
  const opened = await InferenceThreads.open({
    engine: backend.kind === "native" ? "tfjs-node-gpu" : `tfjs-${backend.kind}`,
    file: new URL(threadFile, import.meta.url),
    setup: { graph: model.graph, inputDims, classes: model.labels.length, backend } satisfies TfjsThreadSetup,
    count: threadCount,
    ...(backend.kind === "native" ? { flags: quietFlags } : {}),
    valuesPerImage,
  });
  // A GPU is in the version already; on the processor, the instruction set determines the last bits of results.
  const processor = backend.kind === "webgpu" ? [] : [...(isParallel ? [] : [describeThreads(threadCount)]), instructionSet()];
  return createThreadedClassifier({
    model,
    threads: opened,
    cut: cutEvenly({ threads: threadCount, valuesPerImage }),
    engine: [opened.runtimeVersion, ...processor].join(", "),
  });
}
