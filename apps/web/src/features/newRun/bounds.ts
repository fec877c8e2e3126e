/**
 * Bounds of an attack as they are typed: numbers apart by spaces or commas, in grey levels of the attack's norm; and those to begin
 * with, which differ by the norm and by what the network reads.
 */
import { leastChange } from "@pareidolia/core/norm";
import { perturbationLimits } from "@pareidolia/core/runKinds/perturbation";
import type { Norm } from "../../graphql/generated/graphql.ts";

const mostBounds = perturbationLimits.bounds.maximum;
const largestBound = perturbationLimits.bound.maximum;

/** A text as bounds, ascending, or what is wrong with it. An empty text is none: the attack's own bound. */
export function readBounds(text: string): { readonly bounds: readonly number[] } | { readonly problem: string } {
  const words = text.split(/[\s,;]+/).filter((word) => word !== "");
  const bounds = [...new Set(words.map(Number))].sort((a, b) => a - b);
  if (bounds.length > mostBounds || bounds.some((bound) => !(bound > 0 && bound <= largestBound)))
    return { problem: `At most ${mostBounds} numbers of ${leastChange} or more, apart by spaces, such as 1 2 4 8.` };
  return (bounds[0] ?? leastChange) < leastChange ? { problem: tooSmallWords } : { bounds };
}

export const tooSmallWords = `Within less than ${leastChange} grey level no stored image can change, as its values are whole. Give ${leastChange} or more.`;

interface InputShape {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

type Ladder = Readonly<Record<Norm, (values: number) => readonly number[]>>;

/**
 * A length grows with the root of how many values there are, so it is begun at what that makes of one value's change: the least by the
 * root mean square of a value's change, and the others as multiples of it.
 */
function lengths(leastRms: number, multiples: readonly number[]): (values: number) => readonly number[] {
  return (values) => {
    const least = Number((leastRms * Math.sqrt(values)).toPrecision(1));
    return multiples.map((multiple) => multiple * Math.max(leastChange, least));
  };
}

/** A change of a grey level or two fools a network of photographs; grey inputs are digits, in two colours, and want much more. */
const ladders = {
  colour: { LINF: () => [1, 2, 4, 8, 16], L2: lengths(0.25, [1, 2, 4, 8, 16]) },
  grey: { LINF: () => [8, 16, 32, 48, 64], L2: lengths(7, [1, 2, 3, 4, 5]) },
} as const satisfies Record<string, Ladder>;

/** Ascending. */
export function usualBounds(norm: Norm, { width, height, channels }: InputShape): readonly number[] {
  const ladder = channels === 1 ? ladders.grey : ladders.colour;
  return ladder[norm](width * height * channels);
}
