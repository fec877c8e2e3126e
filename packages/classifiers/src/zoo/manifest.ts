/** The models that the platform offers by itself. A new model is an entry here. */
import type { CachedFile } from "../cache.ts";
import { readModelCard } from "./modelCard.ts";

export interface ZooModel {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly licence: string;
  /** Where it comes from, in words. */
  readonly source: string;
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly labels: readonly string[];
  /** Share of the data set's test images that are labelled wrongly. */
  readonly testError: number;
  /** A model in this repository, or one that the cache downloads. */
  readonly file: { readonly kind: "committed"; readonly name: string } | ({ readonly kind: "downloaded" } & CachedFile);
}

const lenet = readModelCard("lenet");

export const zooManifest: readonly ZooModel[] = [
  {
    id: "lenet",
    name: "LeNet (MNIST)",
    description:
      "Caffe's LeNet as in the paper: 20 and 50 convolutions of 5 x 5 with max pooling and no ReLU after them, 500 units, 10 digits. Subtracts MNIST's mean image itself.",
    licence: "MIT",
    source: `Trained by this project on MNIST: ${lenet.command}`,
    sha256: lenet.sha256,
    width: 28,
    height: 28,
    channels: 1,
    labels: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
    testError: lenet.testError,
    file: { kind: "committed", name: "lenet.onnx" },
  },
];

export function findZooModel(id: string): ZooModel | null {
  return zooManifest.find((model) => model.id === id) ?? null;
}
