/** Windows that slide along one axis (N x channels x length), written as windows over images of one row, and the row taken off again. */
import type { Attribute, GraphNode } from "../graph.ts";
import { ints } from "../graphBuilder.ts";
import { findInts } from "../nodes/attributeValues.ts";
import { refuse } from "../nodes/refuse.ts";
import type { Shape } from "../shapes/shape.ts";
import { changed, created, type Upgrade, type UpgradeContext } from "./upgrade.ts";

/** Where the row comes in. */
const rowAxis = 2;
/** What each attribute says of a row that it does not move along. */
const ofRow = { kernel_shape: 1, strides: 1, dilations: 1, output_padding: 0, output_shape: 1 } as const;

/** `apply` is given the node over an image; `weights` whether its second input slides over it. */
export function alongOneAxis(context: UpgradeContext, apply: Upgrade["apply"], weights = false): readonly GraphNode[] {
  const { node, shape, integers, name } = context;
  const row = integers("row", [rowAxis]);
  const [input = "", ...others] = node.inputs;
  const image = created("Unsqueeze", name("image"), [input, row]);
  const filters = weights ? rowOfWeights(context, row) : null;
  const wide = node.outputs.map((output, place) => (output === "" ? "" : name(`wide${place}`)));
  const inner = changed(node, {
    inputs: [image.name, ...(filters === null ? others : [filters.name, ...others.slice(1)])],
    outputs: wide,
    set: widened(node),
  });
  const parts = apply({
    ...context,
    node: inner,
    shape: (at) => (at === 0 || (weights && at === 1) ? withRow(shape(at)) : shape(at)),
  });
  const narrowed = node.outputs.flatMap((output, place): GraphNode[] =>
    output === "" ? [] : [{ ...created("Squeeze", name(`narrow${place}`), [wide[place] ?? "", row]), outputs: [output] }],
  );
  return [image, ...(filters?.nodes ?? []), ...parts, ...narrowed];
}

function withRow(shape: Shape): Shape {
  return shape.toSpliced(rowAxis, 0, 1);
}

/** Stored weights stay stored, since gradients are made of them. */
function rowOfWeights({ node, constant, shape, floats, name }: UpgradeContext, row: string) {
  const stored = constant(1);
  if (stored?.type === "float32") return { name: floats("filters", stored.dims.toSpliced(rowAxis, 0, 1), stored.data), nodes: [] };
  if (shape(1).length !== 3) refuse(node, "has weights for other axes than its input's");
  const widened = created("Unsqueeze", name("filters"), [node.inputs[1] ?? "", row]);
  return { name: widened.name, nodes: [widened] };
}

function widened(node: GraphNode): Readonly<Record<string, Attribute>> {
  const set: Record<string, Attribute> = {};
  for (const [attribute, still] of Object.entries(ofRow)) {
    const values = findInts(node, attribute);
    if (values !== null) set[attribute] = ints([still, ...values.slice(-1)]);
  }
  const pads = findInts(node, "pads");
  if (pads !== null && pads.length !== 2) refuse(node, "is padded along other axes than its own");
  if (pads !== null) set["pads"] = ints([0, pads[0] ?? 0, 0, pads[1] ?? 0]);
  return set;
}
