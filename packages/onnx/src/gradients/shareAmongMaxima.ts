/** The gradient of a maximum (or minimum) over axes, shared equally among the elements equal to it. */
import { int } from "../graphBuilder.ts";
import type { GradientContext } from "../operators/operatorRule.ts";

export function shareAmongMaxima(
  { builder, name }: GradientContext,
  of: { input: string; extreme: string; gradient: string; sum: (suffix: string, value: string) => string },
): string {
  const equal = builder.node("Equal", name("equal"), [of.input, of.extreme]);
  const reached = builder.node("Cast", name("reached"), [equal], { to: int(1) });
  const share = builder.node("Div", name("share"), [of.gradient, of.sum("ties", reached)]);
  return builder.node("Mul", name("input"), [reached, share]);
}
