/** Add: both inputs take the gradient unchanged. */
import { arithmetic, onNumbers } from "./arithmetic.ts";

export const addRule = arithmetic(
  "Add",
  onNumbers((left, right) => left + right),
  ({ outputGradient }) => outputGradient,
);
