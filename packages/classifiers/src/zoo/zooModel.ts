/** A model's entry in the manifest: its source, input and classes. */
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import type { CachedFile } from "../files/readCachedFile.ts";

/** The names of the classes: in the manifest, or in a file that the cache downloads. */
export type ZooLabels =
  | { readonly kind: "listed"; readonly names: readonly string[] }
  /** One name per line, after `skipped` lines with classes that the network does not have. */
  | { readonly kind: "downloaded"; readonly file: CachedFile; readonly skipped: number };

export interface ZooModel {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly licence: string;
  /** A description of the model's origin. */
  readonly source: string;
  readonly sha256: string;
  readonly bytes: number;
  /** The image size and channels of the network's input, with framing "whole". */
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly preprocessing: Preprocessing;
  readonly labels: ZooLabels;
  /** How many classes at the start of the file's output are removed, such as "background". */
  readonly leftOut: number;
  /** The share of the data set's test images that are labelled wrongly; null if unknown. */
  readonly testError: number | null;
  /** Committed to this repository, or downloaded by the cache. */
  readonly file: { readonly kind: "committed"; readonly name: string } | ({ readonly kind: "downloaded" } & CachedFile);
}

/** An entry before the manifest adds the fields that follow from its pre-processing. */
export type ZooEntry = Omit<ZooModel, "width" | "height" | "channels" | "leftOut"> & { readonly leftOut?: number };

interface Download {
  readonly name: string;
  readonly urls: readonly string[];
  readonly sha256: string;
  readonly bytes: number;
}

/** A file for the cache, with the exact size as its limit. */
export function downloadedModel({ name, urls, sha256, bytes }: Download): ZooEntry["file"] {
  return { kind: "downloaded", path: `models/${name}`, urls, compressed: false, sha256, maximumBytes: bytes };
}
