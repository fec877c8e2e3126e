/** The texts for each norm. A norm that is added to the API does not compile without its texts. */
import type { Norm as NormChoice } from "@pareidolia/core/norm";
import type { Norm } from "../../graphql/generated/graphql.ts";

interface NormText {
  /** The value of a method's parameter for this norm. */
  readonly choice: NormChoice;
  readonly sign: string;
  /** The quantity that an attack minimises. */
  readonly measure: string;
  /** The explanation of a form field for bounds. */
  readonly bounds: string;
  /** The label of a chart's axis of bounds. */
  readonly axis: string;
}

export const norms: Readonly<Record<Norm, NormText>> = {
  LINF: {
    choice: "linf",
    sign: "L∞",
    measure: "largest change of any one value (L∞)",
    bounds: "L∞: each bound limits the change of any one value, in grey levels of 255.",
    axis: "bound at any value (L∞), grey levels, log",
  },
  L2: {
    choice: "l2",
    sign: "L2",
    measure: "length of the whole change (L2)",
    bounds: "L2: each bound limits the length of the whole change, in grey levels: the root of the sum of all values’ squared changes.",
    axis: "bound on the length (L2), grey levels, log",
  },
};

const everyNorm = Object.keys(norms) as Norm[];

/** The norm that the value of a method's parameter selects; L∞ by default. */
export function normChosenBy(value: unknown): Norm {
  return everyNorm.find((norm) => norms[norm].choice === value) ?? "LINF";
}
