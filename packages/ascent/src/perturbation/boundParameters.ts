/** The parameter that every bounded attack has. */
import type { ParameterSpec } from "@pareidolia/core/parameterSpec";

export function epsilonParameter(fallback: number): ParameterSpec {
  return {
    name: "epsilon",
    label: "Bound",
    description:
      "Grey levels (of 0 to 255) that the change may reach: at any value for L-infinity, as Euclidean length for L2. Below 1 no stored value changes.",
    kind: "number",
    default: fallback,
    minimum: 0,
    maximum: 100_000,
  };
}
