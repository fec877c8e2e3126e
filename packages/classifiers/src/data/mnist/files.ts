/**
 * The four official MNIST files (LeCun, Cortes, Burges, "The MNIST database of handwritten digits"), from two maintained mirrors, as
 * the original site often refuses downloads. Hashes are of the uncompressed files.
 */
import type { CachedFile } from "../../files/readCachedFile.ts";

export type MnistFile = "train-images-idx3-ubyte" | "train-labels-idx1-ubyte" | "t10k-images-idx3-ubyte" | "t10k-labels-idx1-ubyte";

const contentHashes: Readonly<Record<MnistFile, string>> = {
  "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
  "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
  "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
  "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
};

const mirrors = ["https://storage.googleapis.com/cvdf-datasets/mnist", "https://ossci-datasets.s3.amazonaws.com/mnist"];

export function mnistFile(name: MnistFile): CachedFile {
  return {
    path: `data/mnist/${name}.gz`,
    urls: mirrors.map((mirror) => `${mirror}/${name}.gz`),
    compressed: true,
    sha256: contentHashes[name],
    maximumBytes: 64 * 2 ** 20,
  };
}
