/** Add. */
import { arithmetic, ofNumbers } from "./arithmetic.ts";

export const addRule = arithmetic(
  "Add",
  ofNumbers((left, right) => left + right),
  ({ outputGradient }) => outputGradient,
);
