/** How a node of an older (or newer) operator set is written in the canonical one. `normalise` calls one upgrade a node. */
import type { Attribute, GraphNode, Tensor } from "../graph.ts";
import type { InferenceContext } from "../operators/operatorRule.ts";

export interface UpgradeContext extends InferenceContext {
  /** The operator set that the node was written for. */
  readonly opset: number;
  /** Stores integers under a new name that contains `suffix`, and returns the name. */
  readonly integers: (suffix: string, values: readonly number[]) => string;
  readonly floats: (suffix: string, dims: readonly number[], values: Float32Array) => string;
  /** The word for the batch of an export of one image, which takes any number here; null for another network. */
  readonly openedBatch: string | null;
  /** Whether a node reads this value, or the graph returns it. */
  readonly isRead: (value: string) => boolean;
  /** A new value's name. */
  readonly name: (suffix: string) => string;
}

export interface Upgrade {
  readonly operators: readonly string[];
  /** The nodes that take the node's place, the last of them with its outputs. */
  readonly apply: (context: UpgradeContext) => readonly GraphNode[];
}

type Change = Partial<Pick<GraphNode, "operator" | "inputs" | "outputs">> & {
  readonly set?: Readonly<Record<string, Attribute>>;
  readonly drop?: readonly string[];
};

/** The node with other inputs or attributes. */
export function changed(node: GraphNode, { set = {}, drop = [], ...rest }: Change): GraphNode {
  const attributes = new Map([...node.attributes].filter(([name]) => !drop.includes(name)));
  for (const [name, value] of Object.entries(set)) attributes.set(name, value);
  return { ...node, ...rest, attributes };
}

/** A new node whose one output bears its name. */
export function created(
  operator: string,
  name: string,
  inputs: readonly string[],
  attributes: Readonly<Record<string, Attribute>> = {},
): GraphNode {
  return { operator, name, inputs, outputs: [name], attributes: new Map(Object.entries(attributes)) };
}

/** The one number of a scalar constant. */
export function scalarOf(tensor: Tensor | null): number | null {
  const value = tensor?.data.length === 1 ? tensor.data[0] : undefined;
  return value === undefined ? null : Number(value);
}
