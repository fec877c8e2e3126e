/** What a retraining chain can be asked, as forms, the API and the worker read it (the paper, section 3.6). */
import type { ParameterSpec, Preset } from "./parameterSpec.ts";

export interface ChainDataset {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** Classes of the data set, the fooling class not counted. */
  readonly classes: number;
}

export const chainDatasets: readonly ChainDataset[] = [
  { id: "mnist", label: "MNIST", description: "Handwritten digits, 28 x 28, as in the paper.", classes: 10 },
  { id: "cifar10", label: "CIFAR-10", description: "Small photographs of ten things, 32 x 32, in colour.", classes: 10 },
];

export const retrainingMethod = {
  id: "fooling-class",
  label: "Fooling class",
  description:
    "Adds one class for pictures that fooled the network, from the first and the last generation of an evolution, and trains again from new weights.",
} as const;

export const chainParameters: readonly ParameterSpec[] = [
  {
    name: "encoding",
    label: "Encoding",
    description: "What draws the images that fool each network.",
    kind: "choice",
    default: "cppn",
    choices: ["cppn", "direct"],
  },
  {
    name: "generations",
    label: "Generations",
    description: "Of each evolution, after generation 0.",
    kind: "integer",
    default: 200,
    minimum: 1,
    maximum: 20_000,
  },
  {
    name: "offspring",
    label: "Offspring",
    description: "Individuals in each generation; even.",
    kind: "integer",
    default: 200,
    minimum: 2,
    maximum: 2_000,
  },
  {
    name: "firstGenerationImages",
    label: "First-generation images",
    description: "Pictures of generation 0 that join the fooling class after each evolution.",
    kind: "integer",
    default: 1_000,
    minimum: 0,
    maximum: 50_000,
  },
  {
    name: "lastGenerationImages",
    label: "Last-generation images",
    description: "Pictures of the last generations that join the fooling class after each evolution.",
    kind: "integer",
    default: 1_000,
    minimum: 1,
    maximum: 50_000,
  },
  {
    name: "foolingRepeats",
    label: "Over-representation",
    description: "How often each picture of the fooling class is shown in an epoch. The paper over-represents the class where it is small.",
    kind: "integer",
    default: 1,
    minimum: 1,
    maximum: 100,
  },
  {
    name: "epochs",
    label: "Epochs",
    description: "Passes over the training set for each network, at most.",
    kind: "integer",
    default: 4,
    minimum: 1,
    maximum: 200,
  },
  {
    name: "trainingImages",
    label: "Training images",
    description: "Of the data set, from its beginning; 0 takes all.",
    kind: "integer",
    default: 0,
    minimum: 0,
    maximum: 60_000,
  },
];

export const chainPresets: readonly Preset[] = [
  {
    id: "paper",
    label: "The paper's",
    description: "Long evolutions, thousands of fooling pictures an iteration, the whole data set.",
    source: "Nguyen, Yosinski & Clune 2015, section 3.6 and its supplement",
    values: { generations: 1_000, firstGenerationImages: 3_000, lastGenerationImages: 3_000, epochs: 10 },
  },
  {
    id: "quick",
    label: "Minutes",
    description: "Short evolutions and few epochs on part of the data set, to see the shape of it on a laptop.",
    source: "Measured here",
    values: {
      generations: 30,
      offspring: 100,
      firstGenerationImages: 300,
      lastGenerationImages: 300,
      foolingRepeats: 3,
      epochs: 1,
      trainingImages: 6_000,
    },
  },
];
