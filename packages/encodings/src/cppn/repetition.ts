/**
 * How often a node has to be computed. Most of the nodes that mutation breeds hear of the bias alone, or of one coordinate: their
 * values are the same in every tile, or throughout a tile that is a row.
 */
import type { NetworkNode } from "./network.ts";

/** The words of kernel/cppnKernel.ts: a node of the first kind is computed for each pixel, of the others once a picture or once a tile. */
export const Repetition = { eachPixel: 0, oncePerPicture: 1, oncePerTile: 2 } as const;
export type Repetition = (typeof Repetition)[keyof typeof Repetition];

/** By input: x, y, d, bias. */
const heard = [1, 2, 4, 0] as const;
const x = 1;
const y = 2;

/** One for each node of the plan, which has sources before targets; `byRow` says that a tile is a row of the picture. */
export function repetitionsOf(plan: readonly NetworkNode[], byRow: boolean): readonly Repetition[] {
  const hears = new Map<number, number>(heard.entries());
  return plan.map(({ node, sources }) => {
    const inputs = sources.reduce((all, source) => all | (hears.get(source) ?? 0), 0);
    hears.set(node, inputs);
    if (inputs === 0 || (byRow && inputs === x)) return Repetition.oncePerPicture;
    return byRow && inputs === y ? Repetition.oncePerTile : Repetition.eachPixel;
  });
}
