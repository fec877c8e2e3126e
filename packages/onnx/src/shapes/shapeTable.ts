/**
 * Static knowledge of a graph's values: element types, shapes, small integers computed from shapes, and constants. Nodes are added one
 * by one, so `normalise` can rewrite a node using the values before it. Outputs of an operator without a rule stay unknown; only reading
 * their shape throws.
 */
import type { Graph, GraphNode, Tensor } from "../graph.ts";
import { fromInt64, type IntegerType } from "../integers.ts";
import { refuse } from "../nodes/refuse.ts";
import type { ElementType, InferenceContext } from "../operators/operatorRule.ts";
import { operatorRules } from "../operators/registry.ts";
import { typeOfOutput } from "../valueTypes.ts";
import { type Contents, maxContents } from "./contents.ts";
import type { Shape } from "./shape.ts";

export class ShapeTable {
  readonly #shapes = new Map<string, Shape>();
  readonly #types = new Map<string, ElementType>();
  readonly #contents = new Map<string, Contents>();
  readonly #constants = new Map<string, Tensor>();

  constructor(graph: Pick<Graph, "inputs" | "initializers" | "values">) {
    for (const { name, type, dims } of [...graph.inputs, ...(graph.values ?? [])]) {
      this.#types.set(name, type);
      this.#shapes.set(
        name,
        dims.map((dim, axis) => (dim === "" ? `${name}.${axis}` : dim)),
      );
    }
    for (const tensor of graph.initializers) this.addConstant(tensor);
  }

  addConstant(tensor: Tensor): void {
    this.#constants.set(tensor.name, tensor);
    this.#types.set(tensor.name, tensor.type);
    this.#shapes.set(tensor.name, tensor.dims);
    if (tensor.data.length > maxContents) return;
    if (tensor.type === "int32") this.#contents.set(tensor.name, [...tensor.data]);
    if (tensor.type === "int64") this.#contents.set(tensor.name, Array.from(tensor.data, fromInt64));
  }

  addNode(node: GraphNode): void {
    const rule = operatorRules.get(node.operator);
    if (rule === undefined || node.inputs.some((input) => input !== "" && !this.#shapes.has(input))) return;
    const context = this.contextOf(node);
    for (const [output, inferred] of rule.infer(context).entries()) {
      const name = node.outputs[output] ?? "";
      if (name === "") continue;
      const type = typeOfOutput(context, output);
      if (type !== null) this.#types.set(name, type);
      this.#shapes.set(name, inferred.shape);
      const isWhole = type === "int64" || type === "int32";
      if (isWhole && inferred.contents !== undefined && inferred.contents.length <= maxContents)
        this.#contents.set(name, inferred.contents);
    }
  }

  findShape(name: string): Shape | null {
    return this.#shapes.get(name) ?? null;
  }

  findType(name: string): ElementType | null {
    return this.#types.get(name) ?? null;
  }

  findContents(name: string): Contents | null {
    return this.#contents.get(name) ?? null;
  }

  findConstant(name: string): Tensor | null {
    return this.#constants.get(name) ?? null;
  }

  /** Integer type of the values of `findContents`. */
  integerTypeOf(name: string): IntegerType {
    return this.#types.get(name) === "int32" ? "int32" : "int64";
  }

  /** The context for a node's rule. */
  contextOf(node: GraphNode): InferenceContext {
    return {
      node,
      type: (input) => this.findType(node.inputs[input] ?? ""),
      shape: (input) => this.shapeOf(node, node.inputs[input] ?? ""),
      contents: (input) => this.findContents(node.inputs[input] ?? ""),
      constant: (input) => this.findConstant(node.inputs[input] ?? ""),
    };
  }

  shapeOf(node: GraphNode, value: string): Shape {
    return this.#shapes.get(value) ?? refuse(node, `needs the shape of "${value}", which is not known before the network runs`);
  }
}
