/** A test case of an operator: a graph from `x` to `y`, as in a file of its operator set. */
import type { Attribute, Graph } from "@pareidolia/onnx/graph";
import { GraphBuilder, ints } from "@pareidolia/onnx/graphBuilder";
import { drawValues } from "./onnxGraphs.ts";

export interface OperatorCase {
  readonly title: string;
  readonly graph: Graph;
  /** The range of the values of `x`, which differ from one another and are not at the operator's kinks. */
  readonly range: readonly [number, number];
  /** An operator that the gradient must use, if the case tests that implementation. */
  readonly gradientBy: string | null;
}

export interface CaseOptions {
  readonly x?: readonly (number | string)[];
  readonly range?: readonly [number, number];
  readonly opset?: number;
  readonly gradientBy?: string;
}

export const text = (value: string): Attribute => ({ kind: "string", value });
const image = ["batch", 3, 6, 7] as const;

export function operatorCase(title: string, options: CaseOptions, build: (builder: GraphBuilder, x: string) => string): OperatorCase {
  const builder = new GraphBuilder("case");
  const x = builder.input({ name: "x", type: "float32", dims: options.x ?? image });
  const made = build(builder, x);
  const { nodes, initializers, inputs } = builder.build();
  // Normalising replaces nodes, but keeps the name of the output.
  const graph: Graph = {
    name: "case",
    opset: options.opset ?? 18,
    nodes,
    initializers,
    inputs,
    outputs: [{ name: made, type: "float32", dims: [] }],
  };
  return { title, graph, range: options.range ?? [-2, 2], gradientBy: options.gradientBy ?? null };
}

let seed = 1;
export function weights(builder: GraphBuilder, name: string, dims: readonly number[], range: readonly [number, number] = [-1, 1]): string {
  const count = dims.reduce((product, size) => product * size, 1);
  return builder.floats(name, dims, drawValues(seed++, count, range));
}

export type Attributes = Readonly<Record<string, Attribute>>;

export function simple(title: string, operator: string, attributes: Attributes = {}, options: CaseOptions = {}): OperatorCase {
  return operatorCase(title, options, (builder, x) => builder.node(operator, "y", [x], attributes));
}

/** Attributes of a square window. */
export const square = (side: number, stride: number): Attributes => ({ kernel_shape: ints([side, side]), strides: ints([stride, stride]) });
