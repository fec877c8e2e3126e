/** Parameters of the bound of an attack. */
import { norms } from "@pareidolia/core/norm";
import type { ParameterSpec } from "@pareidolia/core/parameterSpec";

export const normParameter = {
  name: "norm",
  label: "Norm",
  description: "linf bounds each value's change, l2 the Euclidean length of the whole change.",
  kind: "choice",
  default: "linf",
  choices: norms,
} as const satisfies ParameterSpec;

export function epsilonParameter(initial: number) {
  return {
    name: "epsilon",
    label: "Bound",
    description:
      "Largest change in grey levels (of 0 to 255): of any value for L-infinity, in Euclidean length for L2. Below 1 no stored value changes.",
    kind: "number",
    default: initial,
    minimum: 0,
    maximum: 100_000,
  } as const satisfies ParameterSpec;
}
