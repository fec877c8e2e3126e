/**
 * What researchers enter about the images of a draft: the true class of a photograph, foils, groups and conditions. Groups and conditions
 * follow a rule, and foils are listed by label. An entry for a single image overrides both.
 */
import { dictionary, integer, list, oneOf, record, type ShapeValue, text } from "@pareidolia/core/documentShape";
import type { Stimulus } from "../protocols/stimulus.ts";

/** How images are grouped: by manual entries only, by the machine's label, or by the encoding or other source. */
export const sortings = ["hand", "label", "source"] as const;
export type Sorting = (typeof sortings)[number];

export const sortedImagesShape = record({
  by: oneOf(sortings),
  /** Names of groups or conditions, by the image's SHA-256. */
  byImage: dictionary(text),
});
export type SortedImages = ShapeValue<typeof sortedImagesShape>;

export const listedFoilsShape = record({
  /** Classes, most competitive first, by the machine's label. */
  byLabel: dictionary(list(integer)),
  /** The same by the image's SHA-256. */
  byImage: dictionary(list(integer)),
});
export type ListedFoils = ShapeValue<typeof listedFoilsShape>;

export interface ImageDetails {
  /** The class of a photograph or digit before it was perturbed, by the image's SHA-256. */
  readonly truths: { readonly [image: string]: number };
  readonly foils: ListedFoils;
  readonly groups: SortedImages;
  readonly conditions: SortedImages;
}

export const noSorting: SortedImages = { by: "hand", byImage: {} };
export const noFoils: ListedFoils = { byLabel: {}, byImage: {} };

/** An image that a draft has drawn. */
export interface DescribedImage {
  /** SHA-256 of its bytes. */
  readonly image: string;
  readonly label: number;
  /** An encoding, the kind of run, or "photograph". */
  readonly source: string;
}

function entryOf<T>(entries: { readonly [name: string]: T }, name: string): T | undefined {
  return Object.hasOwn(entries, name) ? entries[name] : undefined;
}

function nameIn({ by, byImage }: SortedImages, { image, label, source }: DescribedImage): string {
  return entryOf(byImage, image) ?? { hand: "", label: `class ${label}`, source }[by];
}

export function detailsOf(details: ImageDetails, image: DescribedImage): Pick<Stimulus, "truth" | "foils" | "group" | "condition"> {
  const { truths, foils, groups, conditions } = details;
  return {
    truth: entryOf(truths, image.image) ?? null,
    foils: entryOf(foils.byImage, image.image) ?? entryOf(foils.byLabel, String(image.label)) ?? [],
    group: nameIn(groups, image),
    condition: nameIn(conditions, image),
  };
}
