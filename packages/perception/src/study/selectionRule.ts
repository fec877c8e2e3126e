/**
 * How a study's images were chosen: a query on stored results, and images added or left out by hand. The plan records the rule and the
 * resulting list, so a reader sees both what was meant and what was shown.
 */
import { boolean, integer, list, nullable, number, record, type Shape, type ShapeValue, text } from "@pareidolia/core/documentShape";
import type { PlanProblems } from "../planProblem.ts";

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

export function* selectionProblems(rule: SelectionRule): PlanProblems {
  const { minimumConfidence, maximumConfidence, take, seed, images, excluded } = rule;
  for (const [name, bound] of Object.entries({ minimumConfidence, maximumConfidence }))
    if (bound !== null && !(bound >= 0 && bound <= 1)) yield { message: "A confidence must be from 0 to 1.", field: `selection.${name}` };
  if (minimumConfidence !== null && maximumConfidence !== null && minimumConfidence > maximumConfidence)
    yield { message: "The lowest confidence must not be above the highest.", field: "selection.minimumConfidence" };
  if (take !== null && take < 1) yield { message: "Draw at least one image, or all of them.", field: "selection.take" };
  if (seed < 0 || seed >= 2 ** 31) yield { message: "The seed must be a whole number from 0 to 2,147,483,647.", field: "selection.seed" };
  for (const [name, hashes] of Object.entries({ images, excluded })) {
    const field = `selection.${name}`;
    if (!hashes.every((hash) => imageHash.test(hash))) yield { message: "An image is identified by the SHA-256 of its bytes.", field };
    if (new Set(hashes).size !== hashes.length) yield { message: "An image occurs twice in the list.", field };
  }
}
