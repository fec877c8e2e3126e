/** The parameter that every bounded attack has, and the least of it that can change a stored picture. */
import type { ParameterSpec } from "@pareidolia/core/parameterSpec";

/** Grey levels, in either norm: stored values are whole, so that the smallest change there is has this size and this length. */
export const leastBound = 1;

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
