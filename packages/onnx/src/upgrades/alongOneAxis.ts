/** Rewrites windows that slide along one axis (N x channels x length) as windows over images with one row, which is removed afterwards. */
import type { Attribute, GraphNode } from "../graph.ts";
import { ints } from "../graphBuilder.ts";
import { findInts } from "../nodes/attributeValues.ts";
import { refuse } from "../nodes/refuse.ts";
import type { Shape } from "../shapes/shape.ts";
import { createNode, type Upgrade, type UpgradeContext, updateNode } from "./upgrade.ts";

/** Position of the added axis. */
const rowAxis = 2;
/** Value of each attribute along the added axis, where the window does not move. */
const rowValues = { kernel_shape: 1, strides: 1, dilations: 1, output_padding: 0, output_shape: 1 } as const;

/** `apply` receives the node over images; `weights` states whether its second input has to become an image too. */
export function alongOneAxis(context: UpgradeContext, apply: Upgrade["apply"], weights = false): readonly GraphNode[] {
  const { node, shape, integers, name } = context;
  const row = integers("row", [rowAxis]);
  const [input = "", ...others] = node.inputs;
  const image = createNode("Unsqueeze", name("image"), [input, row]);
  const filters = weights ? rowOfWeights(context, row) : null;
  const wide = node.outputs.map((output, place) => (output === "" ? "" : name(`wide${place}`)));
  const inner = updateNode(node, {
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
    output === "" ? [] : [{ ...createNode("Squeeze", name(`narrow${place}`), [wide[place] ?? "", row]), outputs: [output] }],
  );
  return [image, ...(filters?.nodes ?? []), ...parts, ...narrowed];
}

function withRow(shape: Shape): Shape {
  return shape.toSpliced(rowAxis, 0, 1);
}

/** Stored weights stay initializers, because gradients are computed from them. */
function rowOfWeights({ node, constant, shape, floats, name }: UpgradeContext, row: string) {
  const stored = constant(1);
  if (stored?.type === "float32") return { name: floats("filters", stored.dims.toSpliced(rowAxis, 0, 1), stored.data), nodes: [] };
  if (shape(1).length !== 3) refuse(node, "has weights of another rank than its input");
  const widened = createNode("Unsqueeze", name("filters"), [node.inputs[1] ?? "", row]);
  return { name: widened.name, nodes: [widened] };
}

function widened(node: GraphNode): Readonly<Record<string, Attribute>> {
  const set: Record<string, Attribute> = {};
  for (const [attribute, value] of Object.entries(rowValues)) {
    const values = findInts(node, attribute);
    if (values !== null) set[attribute] = ints([value, ...values.slice(-1)]);
  }
  const pads = findInts(node, "pads");
  if (pads !== null && pads.length !== 2) refuse(node, "is padded along axes that it does not have");
  if (pads !== null) set["pads"] = ints([0, pads[0] ?? 0, 0, pads[1] ?? 0]);
  return set;
}
