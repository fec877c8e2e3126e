/** A data set that this project's networks are trained on, split into training, validation and test images. */
import type { Centring } from "@pareidolia/onnx/graphs/network";
import type { CacheOptions } from "../files/readCachedFile.ts";
import type { LabelledImages } from "./labelledImages.ts";

export interface DataSetParts {
  /** The training images without the validation images. */
  readonly fitted: LabelledImages;
  /** The last images of the training set. */
  readonly validation: LabelledImages;
  readonly test: LabelledImages;
  readonly centring: Centring;
  /** SHA-256 of each uncompressed file. */
  readonly hashes: Readonly<Record<string, string>>;
}

export interface DataSet {
  readonly id: string;
  readonly name: string;
  /** Describes the test images, such as "the first 1,000 test images". */
  readonly testImages: string;
  readonly labels: readonly string[];
  /** @throws AppError CORRUPT_DATA or UNAVAILABLE, like `readCachedFile`. */
  read(options: CacheOptions): Promise<DataSetParts>;
}
