/** A prepared network in tfjs, on the backend that is asked for. */
import { availableParallelism } from "node:os";
import { AppError } from "@pareidolia/core/appError";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { pixelCount } from "@pareidolia/core/image";
import type { EngineOptions, PreparedModel } from "../engine.ts";
import { instructionSet } from "../instructionSet.ts";
import { cutEvenly } from "../threads/cuts.ts";
import { InferenceThreads } from "../threads/inferenceThreads.ts";
import { createThreadedClassifier } from "../threads/threadedClassifier.ts";
import type { TfjsBackend, TfjsThreadSetup } from "./tfjsThreadSetup.ts";

export interface TfjsClassifierOptions extends EngineOptions {
  readonly model: PreparedModel;
  readonly backend: TfjsBackend;
}

/** tfjs-node calls two functions of Node's that Node 22 only warns of. */
const quietFlags = ["--disable-warning=DEP0051", "--disable-warning=DEP0044"];
const threadFile = import.meta.url.endsWith(".ts") ? "./tfjsThread.ts" : "./tfjsThread.js";

/** @throws AppError CORRUPT_DATA when the network has an operator that tfjs engines do not know, or the backend does not load. */
export async function openTfjsClassifier({ model, backend, threads }: TfjsClassifierOptions): Promise<DifferentiableClassifier> {
  // Plain JavaScript and WebAssembly compute on the core that calls them; TensorFlow and a device bring threads of their own.
  const alone = backend.kind === "native" || backend.kind === "webgpu";
  const threadCount = alone ? 1 : (threads ?? availableParallelism());
  if (!Number.isInteger(threadCount) || threadCount < 1 || threadCount > 256)
    throw new AppError("INVALID_INPUT", "The number of threads must be a whole number from 1 to 256.", { field: "threads" });
  if (backend.kind === "native") process.env["TF_CPP_MIN_LOG_LEVEL"] ??= "2"; // TensorFlow reads it once, from the process
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
  // A GPU names itself; on the processor the last bits follow from its instructions.
  const processor = backend.kind === "webgpu" ? [] : [...(alone ? [] : [`${threadCount} threads`]), instructionSet()];
  return createThreadedClassifier({
    model,
    threads: opened,
    cut: cutEvenly({ threads: threadCount, valuesPerImage }),
    engine: [opened.runtimeVersion, ...processor].join(", "),
  });
}
