/**
 * Rewrites a Pad with a repeated border. Negative amounts become a Slice before the Pad. A Pad that wraps around (since operator set 19)
 * is concatenated from parts of the image.
 */
import type { GraphNode } from "../graph.ts";
import { int } from "../graphBuilder.ts";
import { findInts } from "../nodes/attributeValues.ts";
import { refuse } from "../nodes/refuse.ts";
import { frontAxis, type Shape } from "../shapes/shape.ts";
import { createNode, type UpgradeContext, updateNode } from "./upgrade.ts";

/** Maximum number of whole copies of the image on one side. */
const maxCopies = 64;

type Amounts = readonly [before: number, after: number];

/** One pair per axis of the input; null if the amounts are not constant. */
export function findAmounts({ node, opset, shape, contents }: UpgradeContext): readonly Amounts[] | null {
  const pads = opset < 11 ? findInts(node, "pads") : contents(1);
  if (pads === null || !pads.every((amount) => typeof amount === "number")) return null;
  const rank = shape(0).length;
  const axes = contents(3)?.map((axis) => frontAxis(Number(axis), rank)) ?? [...shape(0).keys()];
  return shape(0).map((_, axis): Amounts => {
    const at = axes.indexOf(axis);
    return at < 0 ? [0, 0] : [pads[at] ?? 0, pads[at + axes.length] ?? 0];
  });
}

/** Cuts before it pads, as onnxruntime does. */
export function cutAndRepeat(context: UpgradeContext, amounts: readonly Amounts[], mode: string): readonly GraphNode[] {
  const { node, integers, name } = context;
  const [input = ""] = node.inputs;
  const nodes: GraphNode[] = [];
  const last = (): string => nodes.at(-1)?.name ?? input;
  const cut = [...amounts.entries()].filter(([, pair]) => pair.some((amount) => amount < 0));
  if (cut.length > 0) {
    const starts = cut.map(([, [before]]) => Math.max(0, -before));
    const ends = cut.map(([, [, after]]) => (after < 0 ? after : Number.MAX_SAFE_INTEGER));
    const bounds = [
      integers("starts", starts),
      integers("ends", ends),
      integers(
        "axes",
        cut.map(([axis]) => axis),
      ),
    ];
    nodes.push(createNode("Slice", name("cut"), [input, ...bounds]));
  }
  const added = amounts.map(([before, after]): Amounts => [Math.max(0, before), Math.max(0, after)]);
  if (mode === "wrap") {
    const shape = context.shape(0).map((size, axis) => (typeof size === "number" ? size + shrinkage(amounts[axis] ?? [0, 0]) : size));
    for (const [axis, pair] of added.entries())
      if (pair.some((amount) => amount > 0)) nodes.push(...wrapped(context, last(), { axis, pair, shape }));
  } else if (added.flat().some((amount) => amount > 0)) {
    const pads = integers("pads", [...added.map(([before]) => before), ...added.map(([, after]) => after)]);
    nodes.push(updateNode(node, { inputs: [last(), pads], outputs: [name("padded")], drop: ["pads", "value"] }));
  }
  return [...nodes.slice(0, -1), { ...(nodes.at(-1) ?? createNode("Identity", name("same"), [input])), outputs: node.outputs }];
}

function shrinkage([before, after]: Amounts): number {
  return Math.min(0, before) + Math.min(0, after);
}

/** The image concatenated with its own last and first pixels along an axis, and with whole copies where more are needed. */
function wrapped(
  { node, integers, name }: UpgradeContext,
  image: string,
  { axis, pair, shape }: { axis: number; pair: Amounts; shape: Shape },
): readonly GraphNode[] {
  const size = shape[axis];
  if (typeof size !== "number" || size < 1) return refuse(node, "wraps around an axis of unknown size or of size 0");
  const [before, after] = pair;
  const wholeCopies = pair.map((amount) => Math.floor(amount / size));
  if (wholeCopies.some((count) => count > maxCopies)) refuse(node, `wraps around more than ${maxCopies} times`);
  const part = (suffix: string, start: number, end: number): GraphNode[] =>
    start === end
      ? []
      : [
          createNode("Slice", name(suffix), [
            image,
            integers(`${suffix}Start`, [start]),
            integers(`${suffix}End`, [end]),
            integers(`${suffix}Axis`, [axis]),
          ]),
        ];
  const tail = part(`tail${axis}`, size - (before % size), size);
  const head = part(`head${axis}`, 0, after % size);
  const copies = Array<string>(1 + (wholeCopies[0] ?? 0) + (wholeCopies[1] ?? 0)).fill(image);
  const pieces = [...tail.map((piece) => piece.name), ...copies, ...head.map((piece) => piece.name)];
  return [...tail, ...head, createNode("Concat", name(`wrapped${axis}`), pieces, { axis: int(axis) })];
}
