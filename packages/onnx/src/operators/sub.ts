/** Sub: the second input takes the negative gradient. */
import { arithmetic, onNumbers } from "./arithmetic.ts";

export const subRule = arithmetic(
  "Sub",
  onNumbers((left, right) => left - right),
  (context, input) =>
    input === 0 ? context.outputGradient : context.builder.node("Neg", context.name("negative"), [context.outputGradient]),
);
