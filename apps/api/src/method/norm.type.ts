/** In which norm an attack measures its change. */
import type { Norm as NormOfCore } from "@pareidolia/core/norm";
import { registerEnumType } from "type-graphql";

export const Norm = { LINF: "linf", L2: "l2" } as const satisfies Record<string, NormOfCore>;
export type Norm = NormOfCore;

registerEnumType(Norm, {
  name: "Norm",
  description: "In which norm an attack measures its change, in grey levels.",
  valuesConfig: {
    LINF: { description: "The largest change of any one value, of 255." },
    L2: { description: "The Euclidean length of the whole change: the root of the sum of all values' squared changes." },
  },
});
