/** An ONNX file as a `Classifier`, on the CPU by onnxruntime. */
import { availableParallelism } from "node:os";
import { AppError } from "@pareidolia/core/appError";
import type { Classifier, Scores } from "@pareidolia/core/classifier";
import type { FloatImage, ImageShape } from "@pareidolia/core/image";
import { decodeModel } from "@pareidolia/onnx/proto/decodeModel";
import { sha256 } from "../../sha256.ts";
import { InferenceThreads } from "./inferenceThreads.ts";
import { instructionSet } from "./instructionSet.ts";
import { checkShapes, packImages } from "./packImages.ts";
import type { ThreadSetup } from "./threadMessages.ts";

export interface OnnxClassifierOptions {
  /** One input, N x channels x height x width, pixels from 0 to 255; one output, N x classes, probabilities. Pre-processing is in the graph. */
  readonly file: Uint8Array;
  readonly input: ImageShape;
  readonly labels: readonly string[];
  /** Default: one a core. */
  readonly threads?: number | undefined;
}

/** A larger batch is cut, so that an abort or another caller never waits long. Results do not depend on the cuts. */
const largestPiece = 256;

/** @throws AppError CORRUPT_DATA when the file is no model of this shape. */
export async function openOnnxClassifier(options: OnnxClassifierOptions): Promise<Classifier> {
  const threadCount = options.threads ?? availableParallelism();
  if (!Number.isInteger(threadCount) || threadCount < 1 || threadCount > 256)
    throw new AppError("INVALID_INPUT", "The number of threads must be a whole number from 1 to 256.");
  const setup = readSetup(options);
  const threads = await InferenceThreads.open(setup, threadCount);
  return {
    modelHash: modelHash(options.file, setup),
    input: options.input,
    labels: options.labels,
    engine: `onnxruntime ${threads.runtimeVersion} CPU, ${threadCount} threads, ${instructionSet()}`,
    predict: (images, signal) => predict({ threads, threadCount, input: options.input, classes: options.labels.length }, images, signal),
    dispose: () => threads.close(),
  };
}

/** The file's own hash, and what is done to an image before the file sees it. */
function modelHash(file: Uint8Array, setup: ThreadSetup): string {
  const preprocessing = { layout: "NCHW", range: [0, 255], dims: setup.inputDims, input: setup.inputName, output: setup.outputName };
  return sha256(`${sha256(file)}\n${JSON.stringify(preprocessing)}`);
}

function readSetup({ file, input, labels }: OnnxClassifierOptions): ThreadSetup {
  const graph = decodeModel(file);
  const stored = new Set(graph.initializers.map((tensor) => tensor.name));
  const inputs = graph.inputs.filter((value) => !stored.has(value.name));
  const [pixels] = inputs;
  const [probabilities] = graph.outputs;
  const inputDims = [input.channels, input.height, input.width];
  const fits =
    inputs.length === 1 &&
    graph.outputs.length === 1 &&
    pixels?.type === "float32" &&
    pixels.dims.slice(1).join() === inputDims.join() &&
    probabilities?.dims.slice(1).join() === String(labels.length);
  if (!fits)
    throw new AppError("CORRUPT_DATA", `This model does not turn images of ${inputDims.join(" x ")} into ${labels.length} probabilities.`);
  return { file, inputName: pixels.name, outputName: probabilities.name, inputDims };
}

interface Engine {
  readonly threads: InferenceThreads;
  readonly threadCount: number;
  readonly input: ImageShape;
  readonly classes: number;
}

async function predict(engine: Engine, images: readonly FloatImage[], signal?: AbortSignal): Promise<Scores> {
  signal?.throwIfAborted();
  checkShapes(images, engine.input);
  const probabilities = new Float32Array(images.length * engine.classes);
  const size = Math.min(largestPiece, Math.ceil(images.length / engine.threadCount));
  if (images.length > 0)
    await new Promise<void>((resolve, reject) => {
      const abort = (): void => reject(signal?.reason);
      signal?.addEventListener("abort", abort, { once: true });
      let open = Math.ceil(images.length / size);
      for (let start = 0; start < images.length; start += size) {
        const part = images.slice(start, start + size);
        engine.threads.submit({
          count: part.length,
          write: (pixels) => packImages(part, engine.input, pixels),
          abandoned: () => signal?.aborted ?? false,
          settle: (outcome) => {
            if ("error" in outcome) {
              signal?.removeEventListener("abort", abort);
              reject(outcome.error);
              return;
            }
            probabilities.set(outcome.probabilities, start * engine.classes);
            open--;
            if (open > 0) return;
            signal?.removeEventListener("abort", abort);
            resolve();
          },
        });
      }
    });
  return { count: images.length, classes: engine.classes, probabilities };
}
