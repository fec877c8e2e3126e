/** The parameter of every bounded attack. */
import type { ParameterSpec } from "@pareidolia/core/parameterSpec";

export function epsilonParameter(fallback: number): ParameterSpec {
  return {
    name: "epsilon",
    label: "Bound",
    description:
      "Largest change in grey levels (of 0 to 255): of any value for L-infinity, in Euclidean length for L2. Below 1 no stored value changes.",
    kind: "number",
    default: fallback,
    minimum: 0,
    maximum: 100_000,
  };
}
