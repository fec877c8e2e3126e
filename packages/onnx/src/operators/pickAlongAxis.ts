/**
 * The gradient of picking positions along one axis: each input position takes the gradient of the output position that shows
 * it, or nothing. As one Gather from the gradient with a row of zeros at its end; where a position is picked several times,
 * as many Gathers, added.
 */
import { int } from "../graphBuilder.ts";
import type { Shape } from "../shapes/shape.ts";
import type { GradientContext } from "./operatorRule.ts";

export function gradientOfPicks(
  { builder, name }: GradientContext,
  gradient: string,
  picks: { shape: Shape; axis: number; size: number; positions: readonly number[]; suffix: string },
): string {
  const { shape, axis, size, positions, suffix } = picks;
  const sources: number[][] = Array.from({ length: size }, () => []);
  for (const [output, position] of positions.entries()) sources[position]?.push(output);
  const most = Math.max(...sources.map((list) => list.length), 1);
  const pads = shape.map(() => 0);
  const zeroAtEnd = builder.integers(name(`${suffix}Pads`), [...pads, ...pads.with(axis, 1)]);
  const padded = builder.node("Pad", name(`${suffix}Padded`), [gradient, zeroAtEnd]);
  let sum = "";
  for (let round = 0; round < most; round++) {
    const indices = builder.integers(
      name(`${suffix}Indices${round}`),
      sources.map((list) => list[round] ?? positions.length),
    );
    const part = builder.node("Gather", name(`${suffix}Part${round}`), [padded, indices], { axis: int(axis) });
    sum = sum === "" ? part : builder.node("Add", name(`${suffix}Sum${round}`), [sum, part]);
  }
  return sum;
}
