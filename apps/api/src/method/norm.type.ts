/** The norm of a perturbation. */
import type { Norm as NormOfCore } from "@pareidolia/core/norm";
import { registerEnumType } from "type-graphql";

export const Norm = { LINF: "linf", L2: "l2" } as const satisfies Record<string, NormOfCore>;
export type Norm = NormOfCore;

registerEnumType(Norm, {
  name: "Norm",
  description: "Norm that measures the size of a perturbation, in grey levels of 0 to 255.",
  valuesConfig: {
    LINF: { description: "L-infinity: the largest change of any value." },
    L2: { description: "L2: the Euclidean length, which is the square root of the sum of all squared changes." },
  },
});
