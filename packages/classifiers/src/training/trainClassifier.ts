/**
 * Trains a network with its ONNX training graph. After each epoch it measures the error on the validation images; it returns the
 * weights of the best epoch and stops early after several epochs without improvement. It never uses test images. The same seed gives
 * the same file on the same instruction set and number of threads: onnxruntime sums weight gradients in an order that depends on the
 * threads.
 */
import { AppError } from "@pareidolia/core/appError";
import { pixelCount } from "@pareidolia/core/image";
import { differentiate, gradientName } from "@pareidolia/onnx/differentiate";
import { buildNetwork, buildNetworkLoss, type Centring, type Network } from "@pareidolia/onnx/graphs/network";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { env, InferenceSession, Tensor } from "onnxruntime-node";
import type { LabelledImages } from "../data/labelledImages.ts";
import { drawAugmented, shuffledOrder } from "./batches.ts";
import { errorRate } from "./errorRate.ts";
import { initialWeights } from "./initialWeights.ts";
import { schedules, solvers } from "./solver.ts";
import type { TrainingRecipe } from "./trainingRecipe.ts";

export interface TrainingOptions {
  readonly network: Network;
  readonly centring: Centring;
  readonly recipe: TrainingRecipe;
  readonly fitted: LabelledImages;
  /** Not trained on: they select the epoch. */
  readonly validation: LabelledImages;
  readonly seed: number;
  readonly threads: number;
  readonly signal?: AbortSignal | undefined;
  readonly onEpoch?: ((progress: EpochProgress) => void) | undefined;
  readonly onBatch?: ((progress: BatchProgress) => void) | undefined;
}

export interface EpochProgress {
  readonly epoch: number;
  readonly meanLoss: number;
  readonly validationError: number;
  readonly best: boolean;
}

export interface BatchProgress {
  readonly epoch: number;
  /** Images processed in this epoch, out of `count`. */
  readonly seen: number;
  readonly count: number;
  readonly loss: number;
}

export interface TrainedModel {
  /** The ONNX file. */
  readonly file: Uint8Array;
  readonly validationError: number;
  /** Epochs run, and the one (from 1) whose weights these are. */
  readonly epochs: number;
  readonly bestEpoch: number;
  readonly runtimeVersion: string;
}

/** @throws AppError INVALID_INPUT for fewer images than one batch or if the loss diverges; the signal's reason when aborted. */
export async function trainClassifier(options: TrainingOptions): Promise<TrainedModel> {
  const { network, centring, recipe, fitted, validation, seed, threads, signal } = options;
  const steps = Math.floor(fitted.count / recipe.batchSize);
  if (steps < 1) throw new AppError("INVALID_INPUT", `Training needs at least ${recipe.batchSize} images; there are ${fitted.count}.`);
  const weights = initialWeights(network.parameters, seed);
  const values = network.parameters.map((parameter) => weights.get(parameter.name) as Float32Array);
  const solver = solvers[recipe.solver](values, network.parameters);
  const schedule = schedules[recipe.schedule];
  const graph = differentiate(buildNetworkLoss(network, centring), { of: "loss", withRespectTo: network.parameters });
  const session = await InferenceSession.create(encodeModel(graph), { intraOpNumThreads: threads });
  let best: TrainedModel | null = null;
  let epoch = 0;
  try {
    while (epoch < recipe.epochs && (best === null || epoch - best.bestEpoch < recipe.patience)) {
      epoch++;
      const order = shuffledOrder({ seed, epoch, count: fitted.count });
      let totalLoss = 0;
      for (let step = 0; step < steps; step++) {
        signal?.throwIfAborted();
        const chosen = order.subarray(step * recipe.batchSize, (step + 1) * recipe.batchSize);
        const { loss, gradients } = await lossAndGradients(session, network, weights, drawBatch(options, chosen, epoch));
        if (!Number.isFinite(loss))
          throw new AppError("INVALID_INPUT", `Training diverged in epoch ${epoch}: the loss is ${loss}. Use a smaller learning rate.`);
        solver.step(values, gradients, recipe.learningRate * schedule((epoch - 1) * steps + step, recipe.epochs * steps));
        totalLoss += loss;
        options.onBatch?.({ epoch, seen: (step + 1) * recipe.batchSize, count: fitted.count, loss });
      }
      const file = encodeModel(buildNetwork(network, { weights, centring }));
      const validationError = await errorRate({ file, images: validation, threads, signal });
      const better: boolean = best === null || validationError < best.validationError;
      if (better)
        best = { file, validationError, epochs: epoch, bestEpoch: epoch, runtimeVersion: env.versions.node ?? env.versions.common };
      options.onEpoch?.({ epoch, meanLoss: totalLoss / steps, validationError, best: better });
    }
  } finally {
    await session.release();
  }
  return { ...(best as TrainedModel), epochs: epoch };
}

interface Batch {
  readonly pixels: Tensor;
  readonly labels: Tensor;
}

function drawBatch({ fitted, recipe, seed }: TrainingOptions, chosen: Uint32Array, epoch: number): Batch {
  const { width, height, channels } = fitted.shape;
  const size = pixelCount(fitted.shape);
  const pixels = new Float32Array(chosen.length * size);
  for (const [place, image] of chosen.entries()) drawAugmented(fitted, recipe.augmentation, { seed, epoch, image }, pixels, place * size);
  const labels = BigInt64Array.from(chosen, (image) => BigInt(fitted.labels[image] as number));
  return {
    pixels: new Tensor("float32", pixels, [chosen.length, channels, height, width]),
    labels: new Tensor("int64", labels, [chosen.length]),
  };
}

async function lossAndGradients(
  session: InferenceSession,
  network: Network,
  weights: ReadonlyMap<string, Float32Array>,
  batch: Batch,
): Promise<{ loss: number; gradients: readonly Float32Array[] }> {
  const feeds: Record<string, Tensor> = { pixels: batch.pixels, labels: batch.labels };
  for (const { name, dims } of network.parameters) feeds[name] = new Tensor("float32", weights.get(name) as Float32Array, dims);
  const results = await session.run(feeds);
  const values = (name: string): Float32Array => results[name]?.data as Float32Array;
  return { loss: values("loss")[0] as number, gradients: network.parameters.map(({ name }) => values(gradientName(name))) };
}
