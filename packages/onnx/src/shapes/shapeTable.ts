/**
 * What is known of a graph's values before it runs: shapes, small integers computed from shapes, and constants. It learns node by
 * node, so that `normalise` may rewrite a node with what came before it. An operator without a rule leaves its outputs unknown;
 * only who asks for them fails.
 */
import type { Graph, GraphNode, Tensor } from "../graph.ts";
import type { InferenceContext } from "../operators/operatorRule.ts";
import { refuse } from "../operators/refuse.ts";
import { operatorRules } from "../operators/registry.ts";
import { fromInt64, type WholeType } from "../wholeNumbers.ts";
import type { Dim, Shape } from "./shape.ts";

/** Longer integer tensors are data, not shapes. */
const mostContents = 4096;

export class ShapeTable {
  readonly #shapes = new Map<string, Shape>();
  readonly #contents = new Map<string, { readonly values: readonly Dim[]; readonly type: WholeType }>();
  readonly #constants = new Map<string, Tensor>();

  constructor(graph: Pick<Graph, "inputs" | "initializers" | "values">) {
    for (const { name, dims } of [...graph.inputs, ...(graph.values ?? [])])
      this.#shapes.set(
        name,
        dims.map((dim, axis) => (dim === "" ? `${name}.${axis}` : dim)),
      );
    for (const tensor of graph.initializers) this.addConstant(tensor);
  }

  addConstant(tensor: Tensor): void {
    this.#constants.set(tensor.name, tensor);
    this.#shapes.set(tensor.name, tensor.dims);
    if ((tensor.type === "int64" || tensor.type === "int32") && tensor.data.length <= mostContents && tensor.dims.length <= 1)
      this.#contents.set(tensor.name, {
        type: tensor.type,
        values: tensor.type === "int32" ? [...tensor.data] : Array.from(tensor.data, fromInt64),
      });
  }

  learn(node: GraphNode): void {
    const rule = operatorRules.get(node.operator);
    if (rule === undefined || node.inputs.some((input) => input !== "" && !this.#shapes.has(input))) return;
    for (const [output, inferred] of rule.infer(this.of(node)).entries()) {
      const name = node.outputs[output] ?? "";
      if (name === "") continue;
      this.#shapes.set(name, inferred.shape);
      // Lists only: a rule that moves positions about sees them in one row.
      if (inferred.contents !== undefined && inferred.shape.length <= 1)
        this.#contents.set(name, { values: inferred.contents, type: inferred.wholeType ?? this.#typeOfInputs(node) });
    }
  }

  findShape(name: string): Shape | null {
    return this.#shapes.get(name) ?? null;
  }

  findContents(name: string): readonly Dim[] | null {
    return this.#contents.get(name)?.values ?? null;
  }

  findConstant(name: string): Tensor | null {
    return this.#constants.get(name) ?? null;
  }

  /** The type of the numbers that `findContents` finds. */
  wholeTypeOf(name: string): WholeType {
    return this.#contents.get(name)?.type ?? "int64";
  }

  /** The view of one node's rule. */
  of(node: GraphNode): InferenceContext {
    return {
      node,
      shape: (input) => this.shapeOf(node, node.inputs[input] ?? ""),
      contents: (input) => this.findContents(node.inputs[input] ?? ""),
      constant: (input) => this.findConstant(node.inputs[input] ?? ""),
    };
  }

  shapeOf(node: GraphNode, value: string): Shape {
    return this.#shapes.get(value) ?? refuse(node, `needs the shape of "${value}", which is not known before the network runs`);
  }

  #typeOfInputs(node: GraphNode): WholeType {
    return this.wholeTypeOf(node.inputs.find((input) => this.#contents.has(input)) ?? "");
  }
}
