/**
 * Determines how often a node has to be computed. Most nodes that mutation creates depend only on the bias or on one coordinate, so
 * their values are the same in every tile, or constant within a tile that is a row.
 */
import type { NetworkNode } from "./network.ts";

/** The values are those of kernel/cppnKernel.ts. */
export const Repetition = { eachPixel: 0, oncePerImage: 1, oncePerTile: 2 } as const;
export type Repetition = (typeof Repetition)[keyof typeof Repetition];

/** Dependency masks of the inputs x, y, d and bias. */
const inputMasks = [1, 2, 4, 0] as const;
const x = 1;
const y = 2;

/** The repetition of each node of the plan, which must have sources before targets. With `byRow`, a tile is a row of the image. */
export function repetitionsOf(plan: readonly NetworkNode[], byRow: boolean): readonly Repetition[] {
  const masks = new Map<number, number>(inputMasks.entries());
  return plan.map(({ node, sources }) => {
    const inputs = sources.reduce((all, source) => all | (masks.get(source) ?? 0), 0);
    masks.set(node, inputs);
    if (inputs === 0 || (byRow && inputs === x)) return Repetition.oncePerImage;
    return byRow && inputs === y ? Repetition.oncePerTile : Repetition.eachPixel;
  });
}
