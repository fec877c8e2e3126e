/** CIFAR-10 for training: 18,000 training and 2,000 validation images, from the first two batches, and 1,000 test images. */
import { centreOnMeanColour } from "../centring.ts";
import type { DataSet } from "../dataSet.ts";
import { splitImages } from "../labelledImages.ts";
import { cifarClasses } from "./files.ts";
import { readCifar10 } from "./readCifar10.ts";

const validationSize = 2000;

export const cifar10: DataSet = {
  id: "cifar10",
  name: "CIFAR-10",
  testImages: "the first 1,000 test images",
  labels: cifarClasses,
  async read(options) {
    const train = await readCifar10("train", options);
    const test = await readCifar10("test", options);
    const [fitted, validation] = splitImages(train, train.count - validationSize);
    return { fitted, validation, test, centring: centreOnMeanColour(train), hashes: { ...train.hashes, ...test.hashes } };
  },
};
