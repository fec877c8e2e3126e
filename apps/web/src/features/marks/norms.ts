/** How a norm is said: its sign, and what a change, or a bound on one, is in it. A norm that the API adds does not compile without. */
import type { Norm as NormChoice } from "@pareidolia/core/norm";
import type { Norm } from "../../graphql/generated/graphql.ts";

interface NormWords {
  /** As the value of a method's parameter. */
  readonly choice: NormChoice;
  readonly sign: string;
  /** What an attack makes as small as it can. */
  readonly measure: string;
  /** What numbers to be typed are. */
  readonly bounds: string;
  /** Along a chart's axis of bounds. */
  readonly axis: string;
}

export const norms: Readonly<Record<Norm, NormWords>> = {
  LINF: {
    choice: "linf",
    sign: "L∞",
    measure: "largest change of any one value (L∞)",
    bounds: "L∞: each is the largest change of any one value, in grey levels of 255.",
    axis: "bound at any value (L∞), grey levels, log",
  },
  L2: {
    choice: "l2",
    sign: "L2",
    measure: "length of the whole change (L2)",
    bounds: "L2: each is the length of the whole change, in grey levels: the root of all values’ squared changes.",
    axis: "bound on the length (L2), grey levels, log",
  },
};

const everyNorm = Object.keys(norms) as Norm[];

/** The norm that a method's parameter chooses; the first where it chooses none. */
export function normChosenBy(value: unknown): Norm {
  return everyNorm.find((norm) => norms[norm].choice === value) ?? "LINF";
}
