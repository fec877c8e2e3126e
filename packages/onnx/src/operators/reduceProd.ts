/**
 * ReduceProd: the slope is the product of the other factors. To divide by zero factors, they count as ones: a single zero takes the
 * product of the rest, and all elements next to another zero take 0.
 */
import { int } from "../graphBuilder.ts";
import { product } from "../shapes/shape.ts";
import { reduction } from "./reductions.ts";

export const reduceProdRule = reduction(
  "ReduceProd",
  ({ context, x, gradient, axes, make }) => {
    const { builder, name } = context;
    const list = builder.integers(name("axes"), axes);
    const zero = builder.floats(name("zero"), [], Float32Array.of(0));
    const asNumber = (suffix: string, truth: string): string => builder.node("Cast", name(suffix), [truth], { to: int(1) });
    const over = (operator: string, suffix: string, value: string): string =>
      builder.node(operator, name(suffix), [value, list], { keepdims: int(1) });
    const isZero = asNumber("isZero", make("Equal", "equalsZero", [x, zero]));
    const factors = make("Add", "factors", [x, isZero]);
    const otherZeros = make("Sub", "otherZeros", [over("ReduceSum", "zeros", isZero), isZero]);
    const alone = asNumber("alone", make("Equal", "noOtherZero", [otherZeros, zero]));
    const others = make("Div", "others", [over("ReduceProd", "whole", factors), factors]);
    return make("Mul", "input", [make("Mul", "scaled", [others, alone]), gradient]);
  },
  product,
);
