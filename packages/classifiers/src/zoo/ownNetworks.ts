/** The networks that this project trains. Each is committed to the repository with a card that documents its training. */
import { existsSync } from "node:fs";
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import { modelFolder, readModelCard } from "./modelCard.ts";
import type { ZooEntry } from "./zooModel.ts";

interface OwnNetwork {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly data: "MNIST" | "CIFAR-10";
}

const digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
const things = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];
/** Pixels are passed on unchanged: the graphs themselves subtract the mean. */
const unchanged = { channelOrder: "RGB", layout: "NCHW", mean: [0], deviation: [1] } as const;
const dataSets: Readonly<Record<OwnNetwork["data"], { readonly labels: readonly string[]; readonly preprocessing: Preprocessing }>> = {
  MNIST: { labels: digits, preprocessing: { width: 28, height: 28, channels: 1, ...unchanged } },
  "CIFAR-10": { labels: things, preprocessing: { width: 32, height: 32, channels: 3, ...unchanged } },
};

const ownNetworks: readonly OwnNetwork[] = [
  {
    id: "lenet",
    name: "LeNet (MNIST)",
    description:
      "Caffe's LeNet as in the paper: layers of 20 and 50 convolutions of 5 x 5, each with max pooling and no ReLU, then 500 units and 10 digits. Its graph subtracts MNIST's mean image.",
    data: "MNIST",
  },
  {
    id: "lenet-b",
    name: "LeNet B (MNIST)",
    description: "The same LeNet with another seed, to test the transfer of images that fool the first (section 3.5).",
    data: "MNIST",
  },
  {
    id: "small-mnist",
    name: "Small network (MNIST)",
    description: "Another architecture for digits, for transfer between architectures.",
    data: "MNIST",
  },
  {
    id: "small-cifar10",
    name: "Small network (CIFAR-10)",
    description: "A small convolutional network for ten classes of objects and animals.",
    data: "CIFAR-10",
  },
];

/** Networks whose training has written a card. */
export const ownEntries: readonly ZooEntry[] = ownNetworks.filter(({ id }) => existsSync(new URL(`${id}.json`, modelFolder))).map(toEntry);

function toEntry({ id, name, description, data }: OwnNetwork): ZooEntry {
  const card = readModelCard(id);
  const { labels, preprocessing } = dataSets[data];
  return {
    id,
    name,
    description,
    licence: "MIT",
    source: `Trained by this project on ${data}: ${card.command}`,
    sha256: card.sha256,
    bytes: card.bytes,
    preprocessing,
    labels: { kind: "listed", names: labels },
    testError: card.testError,
    file: { kind: "committed", name: `${id}.onnx` },
  };
}
