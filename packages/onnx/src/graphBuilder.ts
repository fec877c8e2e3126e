/** Builds a graph node by node. Each call returns the name of its result; a node can only read names that exist. */
import { AppError } from "@pareidolia/core/appError";
import type { Attribute, Graph, GraphNode, Tensor, ValueInfo } from "./graph.ts";
import { integerTensor } from "./integers.ts";

export const int = (value: number): Attribute => ({ kind: "int", value });
export const float = (value: number): Attribute => ({ kind: "float", value });
export const ints = (value: readonly number[]): Attribute => ({ kind: "ints", value });

export class GraphBuilder {
  readonly #name: string;
  readonly #nodes: GraphNode[];
  readonly #initializers: Tensor[];
  readonly #inputs: ValueInfo[];
  readonly #outputs: ValueInfo[];
  readonly #values: ValueInfo[];
  readonly #known: Set<string>;
  #storedBytes: number;

  /** Starts empty, or with the contents of `from`. */
  constructor(name: string, from?: Graph) {
    this.#name = name;
    this.#nodes = [...(from?.nodes ?? [])];
    this.#initializers = [...(from?.initializers ?? [])];
    this.#inputs = [...(from?.inputs ?? [])];
    this.#outputs = [...(from?.outputs ?? [])];
    this.#values = [...(from?.values ?? [])];
    this.#known = new Set([...this.#inputs, ...this.#initializers].map((value) => value.name));
    for (const node of this.#nodes) for (const output of node.outputs) this.#known.add(output);
    this.#storedBytes = this.#initializers.reduce((total, { data }) => total + data.byteLength, 0);
  }

  /** Total size of the initializers. */
  get storedBytes(): number {
    return this.#storedBytes;
  }

  input(info: ValueInfo): string {
    this.#define(info.name);
    this.#inputs.push(info);
    return info.name;
  }

  floats(name: string, dims: readonly number[], data: Float32Array): string {
    return this.#store({ name, dims, type: "float32", data });
  }

  integers(name: string, values: readonly number[], dims: readonly number[] = [values.length]): string {
    return this.#store(integerTensor(name, dims, values));
  }

  /** Adds a node and returns the name of its first output, `name`; further outputs are named in `more`. */
  node(
    operator: string,
    name: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
    more: readonly string[] = [],
  ): string {
    for (const input of inputs)
      if (input !== "" && !this.#known.has(input))
        throw new AppError("INTERNAL", `${operator} ${name} reads ${input}, which does not exist.`);
    const outputs = [name, ...more];
    for (const output of outputs) this.#define(output);
    this.#nodes.push({ operator, name, inputs, outputs, attributes: new Map(Object.entries(attributes)) });
    return name;
  }

  output(info: ValueInfo): void {
    if (!this.#known.has(info.name)) throw new AppError("INTERNAL", `The output ${info.name} does not exist.`);
    this.#outputs.push(info);
  }

  /** Records the type and shape of an existing value. */
  describe(info: ValueInfo): void {
    if (!this.#known.has(info.name)) throw new AppError("INTERNAL", `The value ${info.name} does not exist.`);
    this.#values.push(info);
  }

  build(): Graph {
    return {
      name: this.#name,
      nodes: this.#nodes,
      initializers: this.#initializers,
      inputs: this.#inputs,
      outputs: this.#outputs,
      ...(this.#values.length > 0 ? { values: this.#values } : {}),
    };
  }

  #store(tensor: Tensor): string {
    this.#define(tensor.name);
    this.#initializers.push(tensor);
    this.#storedBytes += tensor.data.byteLength;
    return tensor.name;
  }

  #define(name: string): void {
    if (name === "" || this.#known.has(name)) throw new AppError("INTERNAL", `The graph already has a value named "${name}".`);
    this.#known.add(name);
  }
}
