/**
 * Trains LeNet with Adam over its ONNX training graph. The learning rate falls linearly to zero; after each epoch the network is
 * judged on a validation split of the training set, the best epoch's weights are kept, and training stops early when several
 * epochs in a row bring nothing. The test set is never looked at. One seed gives one file on one instruction set and
 * one number of threads: onnxruntime sums weight gradients in an order that depends on the threads.
 */
import { differentiate, gradientName } from "@pareidolia/onnx/differentiate";
import { buildLeNet, buildLeNetLoss, leNetParameters, leNetSide } from "@pareidolia/onnx/graphs/leNet";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { env, InferenceSession, Tensor } from "onnxruntime-node";
import { meanImage } from "../data/mnist/meanImage.ts";
import { type DigitSet, digitPixels, splitDigits } from "../data/mnist/readMnist.ts";
import { Adam } from "./adam.ts";
import { drawShifted, largestShift, shuffledOrder } from "./digitBatches.ts";
import { errorRate } from "./errorRate.ts";
import { initialiseLeNet } from "./leNetWeights.ts";

export interface TrainingOptions {
  /** The training set: its last `validationSize` digits are held out. */
  readonly digits: DigitSet;
  readonly seed: number;
  readonly epochs: number;
  readonly threads: number;
  readonly onEpoch?: (progress: EpochProgress) => void;
  readonly onBatch?: (progress: { epoch: number; seen: number; count: number; loss: number }) => void;
}

export interface EpochProgress {
  readonly epoch: number;
  readonly meanLoss: number;
  readonly validationError: number;
  readonly best: boolean;
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

export const trainingRecipe = { validationSize: 5000, batchSize: 64, learningRate: 0.001, patience: 4, largestShift } as const;

export async function trainLeNet(options: TrainingOptions): Promise<TrainedModel> {
  const { validationSize, batchSize, learningRate, patience } = trainingRecipe;
  const [fitted, validation] = splitDigits(options.digits, options.digits.count - validationSize);
  const mean = meanImage(options.digits);
  const weights = initialiseLeNet(options.seed);
  const values = leNetParameters.map((parameter) => weights.get(parameter.name) as Float32Array);
  const adam = new Adam(values);
  const graph = differentiate(buildLeNetLoss({ mean }), { of: "loss", withRespectTo: leNetParameters });
  const session = await InferenceSession.create(encodeModel(graph), { intraOpNumThreads: options.threads });
  const steps = Math.floor(fitted.count / batchSize);
  let best: TrainedModel | null = null;
  let epoch = 0;
  try {
    while (epoch < options.epochs && (best === null || epoch - best.bestEpoch < patience)) {
      epoch++;
      const order = shuffledOrder({ seed: options.seed, epoch, count: fitted.count });
      let totalLoss = 0;
      for (let step = 0; step < steps; step++) {
        const chosen = order.subarray(step * batchSize, (step + 1) * batchSize);
        const { loss, gradients } = await lossAndGradients(session, weights, drawBatch(fitted, chosen, options.seed, epoch));
        const progress = (epoch - 1 + step / steps) / options.epochs;
        adam.step(values, gradients, learningRate * (1 - progress));
        totalLoss += loss;
        options.onBatch?.({ epoch, seen: (step + 1) * batchSize, count: fitted.count, loss });
      }
      const file = encodeModel(buildLeNet({ weights, mean }));
      const validationError = await errorRate({ file, digits: validation, threads: options.threads });
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

function drawBatch(digits: DigitSet, chosen: Uint32Array, seed: number, epoch: number): Batch {
  const pixels = new Float32Array(chosen.length * digitPixels);
  for (const [place, digit] of chosen.entries()) drawShifted(digits, { seed, epoch, digit }, pixels, place * digitPixels);
  const labels = BigInt64Array.from(chosen, (digit) => BigInt(digits.labels[digit] as number));
  return {
    pixels: new Tensor("float32", pixels, [chosen.length, 1, leNetSide, leNetSide]),
    labels: new Tensor("int64", labels, [chosen.length]),
  };
}

async function lossAndGradients(session: InferenceSession, weights: ReadonlyMap<string, Float32Array>, batch: Batch) {
  const feeds: Record<string, Tensor> = { pixels: batch.pixels, labels: batch.labels };
  for (const parameter of leNetParameters)
    feeds[parameter.name] = new Tensor("float32", weights.get(parameter.name) as Float32Array, parameter.dims);
  const results = await session.run(feeds);
  const values = (name: string): Float32Array => results[name]?.data as Float32Array;
  return { loss: values("loss")[0] as number, gradients: leNetParameters.map((parameter) => values(gradientName(parameter.name))) };
}
