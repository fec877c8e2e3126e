/**
 * How a study's images were chosen: a query on stored results, and images added or left out by hand. The plan records the rule and the
 * resulting list, so a reader sees both what was meant and what was shown.
 */
import { AppError } from "@pareidolia/core/appError";
import { boolean, integer, list, nullable, number, record, type Shape, type ShapeValue, text } from "@pareidolia/core/documentShape";

const fields = {
  /** IDs of the runs whose results may be drawn. */
  runs: list(text),
  /** IDs of models; empty for all. */
  models: list(text),
  /** Empty for all. */
  encodings: list(text),
  /** Bounds of the machine's confidence on the stored bytes, from 0 to 1; null without a bound. */
  minimumConfidence: nullable(number),
  maximumConfidence: nullable(number),
  /** Whether at most one image of each niche is drawn. */
  oneEachNiche: boolean,
  /** Number of images to draw at random from those that match; null for all. */
  take: nullable(integer),
  /** Seed of the draw, an integer in [0, 2^31 - 1]. */
  seed: integer,
  /** SHA-256 of images chosen by hand, besides those of the query. */
  images: list(text),
  /** SHA-256 of images left out by hand. */
  excluded: list(text),
};

export type SelectionRule = { readonly [Field in keyof typeof fields]: ShapeValue<(typeof fields)[Field]> };

const shape = record<SelectionRule>(fields);

/** A stored rule; `models` may be missing. */
export const selectionShape: Shape<SelectionRule> = (value, path) =>
  typeof value === "object" && value !== null && !("models" in value) ? shape({ ...value, models: [] }, path) : shape(value, path);

/** SHA-256 in lower-case hexadecimal digits. */
export const imageHash = /^[0-9a-f]{64}$/;

/** @throws AppError INVALID_INPUT naming the first field that does not fit. */
export function checkSelection({ minimumConfidence, maximumConfidence, take, seed, images, excluded }: SelectionRule): void {
  const refuse = (message: string, field: string): never => {
    throw new AppError("INVALID_INPUT", message, { field: `selection.${field}` });
  };
  for (const [name, bound] of Object.entries({ minimumConfidence, maximumConfidence }))
    if (bound !== null && !(bound >= 0 && bound <= 1)) refuse("A confidence must be from 0 to 1.", name);
  if (minimumConfidence !== null && maximumConfidence !== null && minimumConfidence > maximumConfidence)
    refuse("The lowest confidence must not be above the highest.", "minimumConfidence");
  if (take !== null && take < 1) refuse("Draw at least one image, or all of them.", "take");
  if (seed < 0 || seed >= 2 ** 31) refuse("The seed must be a whole number from 0 to 2,147,483,647.", "seed");
  for (const [name, hashes] of Object.entries({ images, excluded })) {
    if (!hashes.every((hash) => imageHash.test(hash))) refuse("An image is identified by the SHA-256 of its bytes.", name);
    if (new Set(hashes).size !== hashes.length) refuse("An image occurs twice in the list.", name);
  }
}
