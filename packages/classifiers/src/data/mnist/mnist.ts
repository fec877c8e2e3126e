/** MNIST for training: 55,000 training and 5,000 validation images, and the 10,000 official test images. */

import { centreOnMeanImage } from "../centring.ts";
import type { DataSet } from "../dataSet.ts";
import { splitImages } from "../labelledImages.ts";
import { readMnist } from "./readMnist.ts";

const validationSize = 5000;

export const mnist: DataSet = {
  id: "mnist",
  name: "MNIST",
  testImages: "the official 10,000 test images",
  labels: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
  async read(options) {
    const train = await readMnist("train", options);
    const test = await readMnist("t10k", options);
    const [fitted, validation] = splitImages(train, train.count - validationSize);
    return {
      fitted,
      validation,
      test,
      centring: centreOnMeanImage(train),
      hashes: {
        "train-images-idx3-ubyte": train.hashes.images,
        "train-labels-idx1-ubyte": train.hashes.labels,
        "t10k-images-idx3-ubyte": test.hashes.images,
        "t10k-labels-idx1-ubyte": test.hashes.labels,
      },
    };
  },
};
