/** Rewrites a node of an older (or newer) operator set in the canonical one. `normalise` applies one upgrade per node. */
import type { Attribute, GraphNode, Tensor } from "../graph.ts";
import type { InferenceContext } from "../operators/operatorRule.ts";

export interface UpgradeContext extends InferenceContext {
  /** The operator set of the node. */
  readonly opset: number;
  /** Stores integers under a new name with this suffix, and returns the name. */
  readonly integers: (suffix: string, values: readonly number[]) => string;
  readonly floats: (suffix: string, dims: readonly number[], values: Float32Array) => string;
  /** Symbolic batch size that replaces the 1 of an export of one image; null for other networks. */
  readonly openedBatch: string | null;
  /** Whether any node reads this value, or the graph returns it. */
  readonly isUsed: (value: string) => boolean;
  /** Creates a unique value name. */
  readonly name: (suffix: string) => string;
}

export interface Upgrade {
  readonly operators: readonly string[];
  /** The nodes that replace this one; the last has its outputs. */
  readonly apply: (context: UpgradeContext) => readonly GraphNode[];
}

type Change = Partial<Pick<GraphNode, "operator" | "inputs" | "outputs">> & {
  readonly set?: Readonly<Record<string, Attribute>>;
  readonly drop?: readonly string[];
};

/** Copies a node with other inputs, outputs or attributes. */
export function updateNode(node: GraphNode, { set = {}, drop = [], ...rest }: Change): GraphNode {
  const attributes = new Map([...node.attributes].filter(([name]) => !drop.includes(name)));
  for (const [name, value] of Object.entries(set)) attributes.set(name, value);
  return { ...node, ...rest, attributes };
}

/** Creates a node with one output of the same name. */
export function createNode(
  operator: string,
  name: string,
  inputs: readonly string[],
  attributes: Readonly<Record<string, Attribute>> = {},
): GraphNode {
  return { operator, name, inputs, outputs: [name], attributes: new Map(Object.entries(attributes)) };
}

/** The value of a tensor with one element; null otherwise. */
export function scalarOf(tensor: Tensor | null): number | null {
  const value = tensor?.data.length === 1 ? tensor.data[0] : undefined;
  return value === undefined ? null : Number(value);
}
