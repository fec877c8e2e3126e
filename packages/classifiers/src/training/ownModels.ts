/**
 * The networks that this project trains, each with everything needed to reproduce its weights. LeNet is the paper's; a second LeNet
 * with another seed and a network with another architecture are the targets of its transfer experiments (section 3.5).
 */
import { AppError } from "@pareidolia/core/appError";
import { leNet } from "@pareidolia/onnx/graphs/leNet";
import type { Network } from "@pareidolia/onnx/graphs/network";
import { smallCifar10 } from "@pareidolia/onnx/graphs/smallCifar10";
import { smallMnist } from "@pareidolia/onnx/graphs/smallMnist";
import { cifar10 } from "../data/cifar10/cifar10.ts";
import type { DataSet } from "../data/dataSet.ts";
import { mnist } from "../data/mnist/mnist.ts";
import type { TrainingRecipe } from "./trainingRecipe.ts";

export interface OwnModel {
  readonly id: string;
  readonly network: (classes?: number) => Network;
  readonly dataSet: DataSet;
  readonly seed: number;
  readonly recipe: TrainingRecipe;
  /** `npm run train` fails if the test error is larger. */
  readonly largestTestError: number;
}

/** Caffe's solver for LeNet, about its 10,000 iterations, with backgrounds from black to dark grey. */
const digits: TrainingRecipe = {
  solver: "momentum",
  schedule: "inverse",
  learningRate: 0.01,
  batchSize: 64,
  epochs: 12,
  patience: 4,
  augmentation: { largestShift: 0, largestLift: 64, mirror: false },
};

const colours: TrainingRecipe = {
  solver: "adam",
  schedule: "linear",
  learningRate: 0.002,
  batchSize: 64,
  epochs: 9,
  patience: 4,
  augmentation: { largestShift: 2, largestLift: 0, mirror: true },
};

/** The paper's LeNet has a test error of 0.94% on MNIST. */
export const ownModels: readonly OwnModel[] = [
  { id: "lenet", network: leNet, dataSet: mnist, seed: 1, recipe: digits, largestTestError: 0.01 },
  { id: "lenet-b", network: leNet, dataSet: mnist, seed: 2, recipe: digits, largestTestError: 0.01 },
  { id: "small-mnist", network: smallMnist, dataSet: mnist, seed: 1, recipe: { ...digits, epochs: 8 }, largestTestError: 0.02 },
  { id: "small-cifar10", network: smallCifar10, dataSet: cifar10, seed: 1, recipe: colours, largestTestError: 0.4 },
];

export function getOwnModel(id: string): OwnModel {
  const model = ownModels.find((candidate) => candidate.id === id);
  if (model !== undefined) return model;
  throw new AppError("NOT_FOUND", `This project trains no model "${id}". It trains ${ownModels.map((known) => known.id).join(", ")}.`);
}
