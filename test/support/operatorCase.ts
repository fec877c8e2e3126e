/** A form of an operator: a graph from `x` to `y` as a file of its operator set would hold it. */
import type { Attribute, Graph } from "@pareidolia/onnx/graph";
import { GraphBuilder, ints } from "@pareidolia/onnx/graphBuilder";
import { drawValues } from "./onnxGraphs.ts";

export interface OperatorCase {
  readonly title: string;
  readonly graph: Graph;
  /** Where the values of `x` lie, apart from one another and from the operator's corners. */
  readonly range: readonly [number, number];
  /** An operator that the gradient has to be made with, where a form is there to try that way. */
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

export function form(title: string, options: CaseOptions, build: (builder: GraphBuilder, x: string) => string): OperatorCase {
  const builder = new GraphBuilder("form");
  const x = builder.input({ name: "x", type: "float32", dims: options.x ?? image });
  const made = build(builder, x);
  const { nodes, initializers, inputs } = builder.build();
  // A normalised graph still has its output, whatever it is made by.
  const graph: Graph = {
    name: "form",
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
  return form(title, options, (builder, x) => builder.node(operator, "y", [x], attributes));
}

/** Attributes of a square window. */
export const square = (side: number, stride: number): Attributes => ({ kernel_shape: ints([side, side]), strides: ints([stride, stride]) });
