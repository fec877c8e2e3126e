/** A retraining chain's parameters and presets, and the weight of its fooling class (the paper, section 3.6). */
import type { ByteImage } from "./image.ts";
import type { ParameterSpec, Preset } from "./parameterSpec.ts";

export interface ChainDataset {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** Number of the data set's classes, without the fooling class. */
  readonly classes: number;
}

export const chainDatasets: readonly ChainDataset[] = [
  { id: "mnist", label: "MNIST", description: "Handwritten digits, 28 x 28, as in the paper.", classes: 10 },
  { id: "cifar10", label: "CIFAR-10", description: "Small colour photographs of ten classes of objects, 32 x 32.", classes: 10 },
];

export const retrainingMethod = {
  id: "fooling-class",
  label: "Fooling class",
  description:
    "Adds a class for images that fooled the network, from the first and the last generation of evolutions, and trains a network from new weights.",
} as const;

/** One fooling image in ten is held out: it helps to select the epoch and measures how well the class is recognised. */
const heldOutOneIn = 10;

export interface FoolingSets<Image = ByteImage> {
  /** Images of the training set. */
  readonly trained: readonly Image[];
  /** Every tenth image. */
  readonly heldOut: readonly Image[];
}

export function holdOutFooling<Image>(images: readonly Image[]): FoolingSets<Image> {
  const isHeldOut = (index: number): boolean => index % heldOutOneIn === heldOutOneIn - 1;
  return {
    trained: images.filter((_, index) => !isHeldOut(index)),
    heldOut: images.filter((_, index) => isHeldOut(index)),
  };
}

/** The paper's share of the training set for DNN_2: 6,000 fooling images and 60,000 digits. */
export const paperFoolingShare = 0.09;

/** Converts the fooling class's share of the training set, above 0 and below 1, to its weight. */
export function weightOfShare(share: number): number {
  return share / (1 - share);
}

const maxRepeats = 1_000;

export interface FoolingWeight {
  /** Wanted number of fooling images in the training set, repeats included, per image of the data set. */
  readonly weight: number;
  /** Number of the data set's images in the training set. */
  readonly dataImages: number;
  /** Number of different fooling images in the training set. */
  readonly trained: number;
}

/** How often to repeat each fooling image in an epoch so that the class comes closest to its weight: from 1 to 1,000 times. */
export function foolingRepeats({ weight, dataImages, trained }: FoolingWeight): number {
  return Math.max(1, Math.min(maxRepeats, Math.round((weight * dataImages) / Math.max(1, trained))));
}

export const chainParameters: readonly ParameterSpec[] = [
  {
    name: "encoding",
    label: "Encoding",
    description: "Encoding of the evolved images.",
    kind: "choice",
    default: "cppn",
    choices: ["cppn", "direct"],
  },
  {
    name: "generations",
    label: "Generations",
    description: "Generations of each evolution, after generation 0.",
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
    name: "runs",
    label: "Runs",
    description: "Evolutions against each network. Each adds one image per class from its first generation, and one from its last.",
    kind: "integer",
    default: 30,
    minimum: 1,
    maximum: 300,
  },
  {
    name: "foolingShare",
    label: "Fooling share",
    description: "The fooling class's share of the training set, to the nearest whole number of repeats of its images.",
    kind: "number",
    default: paperFoolingShare,
    minimum: 0.001,
    maximum: 0.9,
  },
  {
    name: "epochs",
    label: "Epochs",
    description: "Maximum number of passes over the training set for each network.",
    kind: "integer",
    default: 4,
    minimum: 1,
    maximum: 200,
  },
  {
    name: "trainingImages",
    label: "Training images",
    description: "Number of images from the beginning of the data set; 0 for all.",
    kind: "integer",
    default: 0,
    minimum: 0,
    maximum: 60_000,
  },
];

export const chainPresets: readonly Preset[] = [
  {
    id: "paper",
    label: "Paper",
    description: "Thousands of fooling images per network, on the whole data set.",
    source: "Nguyen, Yosinski & Clune 2015, section 3.6",
    values: { runs: 300, generations: 200, foolingShare: paperFoolingShare, epochs: 12 },
  },
  {
    id: "over-represented",
    label: "Over-represented",
    description: "The fooling class has more images than any other class, as in the paper's ImageNet experiment; intended for CIFAR-10.",
    source: "Nguyen, Yosinski & Clune 2015, section 3.6 on ImageNet, scaled to CIFAR-10",
    values: { runs: 30, generations: 200, foolingShare: 0.41, epochs: 14 },
  },
  {
    id: "quick",
    label: "Quick",
    description: "Short evolutions and few epochs on part of the data set, for a quick look on a laptop.",
    source: "Measured here",
    values: { runs: 3, generations: 60, offspring: 100, foolingShare: 0.09, epochs: 1, trainingImages: 6_000 },
  },
];
