/** The bounds of an attack, in grey levels of its norm: parses typed bounds, and gives defaults for the norm and the network's input. */
import { leastChange } from "@pareidolia/core/norm";
import { perturbationLimits } from "@pareidolia/core/runKinds/perturbation";
import type { Norm } from "../../graphql/generated/graphql.ts";
import { formatCount } from "../marks/numbers.ts";

const maxBounds = perturbationLimits.bounds.maximum;
const maxBound = perturbationLimits.bound.maximum;

/** The API's error for a bound that is too small. */
export function tooSmallMessage(what: "bounds" | "a bound"): string {
  return `A stored image has whole grey levels, so it cannot change by less than ${leastChange}. Set ${what} of ${leastChange} or more.`;
}

/** Parses bounds separated by spaces or commas, and sorts them. Empty text gives no bounds: the attack then uses its own. */
export function readBounds(text: string): { readonly bounds: readonly number[] } | { readonly problem: string } {
  const words = text.split(/[\s,;]+/).filter((word) => word !== "");
  const bounds = [...new Set(words.map(Number))].sort((a, b) => a - b);
  if (bounds.length > maxBounds || bounds.some((bound) => !(bound > 0 && bound <= maxBound)))
    return {
      problem: `Enter at most ${maxBounds} numbers from ${leastChange} to ${formatCount(maxBound)}, separated by spaces, such as 1 2 4 8.`,
    };
  return (bounds[0] ?? leastChange) < leastChange ? { problem: tooSmallMessage("bounds") } : { bounds };
}

interface InputShape {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

type BoundsOfSize = (valueCount: number) => readonly number[];

/**
 * L2 bounds as multiples of the smallest. For a given change per value, the L2 norm grows with the square root of the number of values,
 * so the smallest bound is set by the root mean square of the change of a value.
 */
function l2Bounds(smallestRms: number, multiples: readonly number[]): BoundsOfSize {
  return (valueCount) => {
    const smallest = Number((smallestRms * Math.sqrt(valueCount)).toPrecision(1));
    return multiples.map((multiple) => multiple * Math.max(leastChange, smallest));
  };
}

/** A change of one or two grey levels fools a network for photographs. Grey inputs are digits, almost black and white, and need larger changes. */
const boundsByInput = {
  colour: { LINF: () => [1, 2, 4, 8, 16], L2: l2Bounds(0.25, [1, 2, 4, 8, 16]) },
  grey: { LINF: () => [8, 16, 32, 48, 64], L2: l2Bounds(7, [1, 2, 3, 4, 5]) },
} as const satisfies Record<string, Readonly<Record<Norm, BoundsOfSize>>>;

/** The default bounds, ascending. */
export function defaultBounds(norm: Norm, { width, height, channels }: InputShape): readonly number[] {
  const bounds = channels === 1 ? boundsByInput.grey : boundsByInput.colour;
  return bounds[norm](width * height * channels);
}
