/**
 * Converts a graph of operator sets 7 to 27 to the canonical form that operators, engines and gradients expect: operator set 18, 32-bit
 * floats, explicit padding, stored constants, folded shape arithmetic, no training-only nodes, and each node named after its first
 * output. A batch fixed at 1 by an export of one image becomes open. Normalising twice changes nothing.
 */
import { AppError } from "@pareidolia/core/appError";
import { asFloat32, constantOf } from "./floatTensors.ts";
import { canonicalOpset, type Graph, type GraphNode, type Tensor, type ValueInfo } from "./graph.ts";
import { integerTensor } from "./integers.ts";
import { refuse } from "./nodes/refuse.ts";
import { operatorRules } from "./operators/registry.ts";
import { ShapeTable } from "./shapes/shapeTable.ts";
import { upgrades } from "./upgrades/registry.ts";
import { widen } from "./widerTypes.ts";
import { withoutUnused } from "./withoutUnused.ts";

const oldestOpset = 7;
const newestOpset = 27;
const openBatch = "batch";
/**
 * The longest constant of one repeated number that is stored. Longer ones, only found where weights were replaced by placeholders, stay
 * nodes: a small file can have hundreds. A limit on their sum would store others when a graph is normalised again.
 */
const maxRepeats = 2 ** 16;

/** @throws AppError INVALID_INPUT naming the first unsupported node. */
export function normalise(graph: Graph): Graph {
  const opset = graph.opset ?? canonicalOpset;
  if (opset < oldestOpset || opset > newestOpset)
    throw new AppError(
      "INVALID_INPUT",
      `This network uses ONNX operator set ${opset}; sets ${oldestOpset} to ${newestOpset} are supported. Export it with one of these.`,
    );
  const stored = new Set(graph.initializers.map((tensor) => tensor.name));
  const graphInputs = graph.inputs.filter((value) => !stored.has(value.name));
  const normalisation = new Normalisation(
    { ...graph, opset, inputs: graphInputs.map(canonicalInput), initializers: graph.initializers.map(asFloat32) },
    graphInputs.some(isOneImage) ? openBatch : null,
  );
  for (const node of graph.nodes) normalisation.add(node);
  return normalisation.finish(graph.outputs);
}

function canonicalInput(value: ValueInfo): ValueInfo {
  const type = value.type === "float16" || value.type === "float64" ? "float32" : value.type;
  return { name: value.name, type, dims: isOneImage(value) ? value.dims.with(0, openBatch) : value.dims };
}

function isOneImage({ dims }: ValueInfo): boolean {
  return dims.length > 1 && dims[0] === 1;
}

class Normalisation {
  readonly #graph: Graph;
  readonly #opset: number;
  readonly #table: ShapeTable;
  readonly #nodes: GraphNode[] = [];
  readonly #initializers: Tensor[];
  readonly #names: Set<string>;
  readonly #outputs: ReadonlySet<string>;
  readonly #read: ReadonlySet<string>;
  readonly #openedBatch: string | null;
  /** Outputs of Identity nodes, mapped to their inputs. */
  readonly #aliases = new Map<string, string>();

  constructor(graph: Graph & { readonly opset: number }, openedBatch: string | null) {
    this.#graph = graph;
    this.#opset = graph.opset;
    this.#table = new ShapeTable(graph);
    this.#initializers = [...graph.initializers];
    this.#outputs = new Set(graph.outputs.map((output) => output.name));
    this.#read = new Set([...this.#outputs, ...graph.nodes.flatMap(({ inputs }) => inputs)]);
    this.#openedBatch = openedBatch;
    this.#names = new Set([...graph.inputs, ...graph.initializers].map((value) => value.name));
    for (const node of graph.nodes) for (const output of node.outputs) this.#names.add(output);
  }

  add(original: GraphNode): void {
    const node = { ...original, inputs: original.inputs.map((input) => this.#aliases.get(input) ?? input) };
    if (node.operator === "Constant") {
      this.#store(constantOf(node) ?? refuse(node, "is not a numeric constant"));
      return;
    }
    const upgrade = upgrades.get(node.operator);
    if (upgrade === undefined && !operatorRules.has(node.operator))
      refuse(node, `cannot be used: the operator ${node.operator} is not supported`);
    for (const part of upgrade === undefined ? [node] : upgrade.apply(this.#context(node)))
      for (const piece of widen(this.#table.contextOf(part), this.#context(part).name)) this.#add(piece);
  }

  finish(outputs: readonly ValueInfo[]): Graph {
    return withoutUnused({
      name: this.#graph.name,
      nodes: this.#nodes,
      initializers: this.#initializers,
      inputs: this.#graph.inputs,
      outputs: outputs.map((output) => ({
        name: output.name,
        type: output.type === "float16" || output.type === "float64" ? "float32" : output.type,
        dims: this.#table.findShape(output.name) ?? output.dims,
      })),
    });
  }

  #context(node: GraphNode) {
    const name = (suffix: string): string => {
      const unique = `${node.outputs[0]}.${suffix}`;
      if (this.#names.has(unique)) refuse(node, `needs the name "${unique}", which the network already uses`);
      return unique;
    };
    const store = (tensor: Tensor): string => {
      this.#names.add(tensor.name);
      this.#store(tensor);
      return tensor.name;
    };
    return {
      ...this.#table.contextOf(node),
      opset: this.#opset,
      openedBatch: this.#openedBatch,
      isUsed: (value: string): boolean => this.#read.has(value),
      name,
      integers: (suffix: string, values: readonly number[]): string => store(integerTensor(name(suffix), [values.length], values)),
      floats: (suffix: string, dims: readonly number[], data: Float32Array): string =>
        store({ name: name(suffix), dims, type: "float32", data }),
    };
  }

  #add(node: GraphNode): void {
    const [output = ""] = node.outputs;
    const named = { ...node, name: output };
    this.#table.addNode(named);
    if (node.operator === "Identity" && !this.#outputs.has(output)) this.#aliases.set(output, node.inputs[0] ?? "");
    else if (!this.#storeKnown(named)) this.#nodes.push(named);
  }

  /** Stores the output of a node as a constant if its integers are known or it repeats one number. */
  #storeKnown(node: GraphNode): boolean {
    const [name = ""] = node.outputs;
    const dims = this.#table.findShape(name);
    const contents = this.#table.findContents(name);
    if (dims === null || !dims.every((dim) => typeof dim === "number")) return false;
    if (contents?.every((value) => typeof value === "number")) {
      this.#store(integerTensor(name, dims, contents, this.#table.integerTypeOf(name)));
      return true;
    }
    if (node.operator !== "ConstantOfShape") return false;
    const count = dims.reduce((product, size) => product * size, 1);
    const value = node.attributes.get("value");
    const number = value?.kind === "tensor" ? asFloat32(value.value) : null;
    if (count > maxRepeats || (number !== null && number.type !== "float32")) return false;
    this.#store({ name, dims, type: "float32", data: new Float32Array(count).fill(number?.data[0] ?? 0) });
    return true;
  }

  #store(tensor: Tensor): void {
    this.#initializers.push(tensor);
    this.#table.addConstant(tensor);
  }
}
