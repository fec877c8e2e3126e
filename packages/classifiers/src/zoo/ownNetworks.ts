/** The networks that this project trains itself. Each lies in the repository beside the card that says how it was trained. */
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
/** Their graphs subtract the mean themselves. */
const asItIs = { channelOrder: "RGB", layout: "NCHW", mean: [0], deviation: [1] } as const;
const dataSets: Readonly<Record<OwnNetwork["data"], { readonly labels: readonly string[]; readonly preprocessing: Preprocessing }>> = {
  MNIST: { labels: digits, preprocessing: { width: 28, height: 28, channels: 1, ...asItIs } },
  "CIFAR-10": { labels: things, preprocessing: { width: 32, height: 32, channels: 3, ...asItIs } },
};

const ownNetworks: readonly OwnNetwork[] = [
  {
    id: "lenet",
    name: "LeNet (MNIST)",
    description:
      "Caffe's LeNet as in the paper: 20 and 50 convolutions of 5 x 5 with max pooling and no ReLU after them, 500 units, 10 digits. Subtracts MNIST's mean image itself.",
    data: "MNIST",
  },
  {
    id: "lenet-b",
    name: "LeNet B (MNIST)",
    description: "The same LeNet from another seed: what an image that fools the first is shown to (section 3.5).",
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
    description: "A small convolutional network for ten kinds of natural things.",
    data: "CIFAR-10",
  },
];

/** A network is offered once it has been trained: its card is there. */
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
