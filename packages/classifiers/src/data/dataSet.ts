/** A data set that our own networks are trained on: what to read, what to hold out, and what its networks subtract. */
import type { Centring } from "@pareidolia/onnx/graphs/network";
import type { CacheOptions } from "../files/readCachedFile.ts";
import type { LabelledImages } from "./labelledImages.ts";

export interface DataSetParts {
  /** Without the validation images. */
  readonly fitted: LabelledImages;
  /** The last ones of the training set. */
  readonly validation: LabelledImages;
  readonly test: LabelledImages;
  readonly centring: Centring;
  /** SHA-256 of each uncompressed file. */
  readonly hashes: Readonly<Record<string, string>>;
}

export interface DataSet {
  readonly id: string;
  readonly name: string;
  /** Of the test images: CIFAR-10's are the first thousand. */
  readonly testImages: string;
  readonly labels: readonly string[];
  /** @throws AppError CORRUPT_DATA or UNAVAILABLE, as the cache. */
  read(options: CacheOptions): Promise<DataSetParts>;
}
