/** Sub. */
import { arithmetic, ofNumbers } from "./arithmetic.ts";

export const subRule = arithmetic(
  "Sub",
  ofNumbers((left, right) => left - right),
  (context, input) =>
    input === 0 ? context.outputGradient : context.builder.node("Neg", context.name("negative"), [context.outputGradient]),
);
