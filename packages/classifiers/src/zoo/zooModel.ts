/** What the manifest says of a model: where it comes from, what it reads, and what it tells apart. */
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import type { CachedFile } from "../files/readCachedFile.ts";

/** The names of the classes: here, or in a file that the cache downloads. */
export type ZooLabels =
  | { readonly kind: "listed"; readonly names: readonly string[] }
  /** One name a line; the first `skipped` lines are classes that the network does not have. */
  | { readonly kind: "downloaded"; readonly file: CachedFile; readonly skipped: number };

export interface ZooModel {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly licence: string;
  /** Where it comes from, in words. */
  readonly source: string;
  readonly sha256: string;
  readonly bytes: number;
  /** The size and the channels of the images that it scores when they are shown whole. */
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly preprocessing: Preprocessing;
  readonly labels: ZooLabels;
  /** How many of the file's classes, from the first on, are none of ours: a class "background". */
  readonly leftOut: number;
  /** Share of the data set's test images that are labelled wrongly, or null where nobody says. */
  readonly testError: number | null;
  /** A model in this repository, or one that the cache downloads. */
  readonly file: { readonly kind: "committed"; readonly name: string } | ({ readonly kind: "downloaded" } & CachedFile);
}

/** An entry before the manifest spells out what follows from its pre-processing. */
export type ZooEntry = Omit<ZooModel, "width" | "height" | "channels" | "leftOut"> & { readonly leftOut?: number };

interface Download {
  readonly name: string;
  readonly urls: readonly string[];
  readonly sha256: string;
  readonly bytes: number;
}

/** A model's file as the cache knows it: neither larger nor smaller than it is. */
export function downloadedModel({ name, urls, sha256, bytes }: Download): ZooEntry["file"] {
  return { kind: "downloaded", path: `models/${name}`, urls, compressed: false, sha256, maximumBytes: bytes };
}
