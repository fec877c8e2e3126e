/** The 1,000 classes of ImageNet in the order of ILSVRC 2012. The file begins with a "background" class, which only some networks have. */
import type { ZooLabels } from "./zooModel.ts";

/** Google Coral's models and labels (Apache-2.0), pinned to a commit. */
export const coralFiles = "https://raw.githubusercontent.com/google-coral/test_data/104342d2d3480b3e66203073dac24f4e2dbb4c41";

const file = {
  path: "models/imagenet_labels.txt",
  urls: [`${coralFiles}/imagenet_labels.txt`],
  compressed: false,
  sha256: "b8aaeb5630c62626a7d124a05c0e14230a7ffdd2136a31d0190a4fb71c1d82f1",
  maximumBytes: 21_686,
};

export const imageNetLabels: ZooLabels = { kind: "downloaded", file, skipped: 1 };
