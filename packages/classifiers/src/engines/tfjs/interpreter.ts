/**
 * Runs a normalised ONNX graph with tfjs, node by node, with a twin of each operator. Nodes that do not depend on the image are computed
 * once. Gradients come from tfjs's automatic differentiation of the whole graph.
 */

import { AppError } from "@pareidolia/core/appError";
import type { GradientOutput } from "@pareidolia/core/differentiableClassifier";
import type { Graph, GraphNode, Tensor as OnnxTensor } from "@pareidolia/onnx/graph";
import { valueTypes } from "@pareidolia/onnx/valueTypes";
import type { Tensor } from "@tensorflow/tfjs-core";
import { operatorTwins } from "./operators/registry.ts";
import type { TwinContext } from "./operatorTwin.ts";
import type { TensorFlow } from "./tensorFlow.ts";
import { inOnnxOrder, plain, type Value } from "./value.ts";

export type InterpretedScores = { readonly probabilities: Tensor; readonly logits: Tensor };

export class Interpreter {
  readonly #tf: TensorFlow;
  readonly #nodes: readonly GraphNode[];
  readonly #input: string;
  readonly #types: ReadonlyMap<string, OnnxTensor["type"]>;
  readonly #constants = new Map<string, Value>();
  readonly #numbers = new Map<string, readonly number[]>();
  readonly #cached = new Map<string, Tensor>();

  /** @throws AppError INVALID_INPUT that names the first operator without a twin. */
  constructor(tf: TensorFlow, graph: Graph) {
    this.#tf = tf;
    this.#input = graph.inputs[0]?.name ?? "";
    this.#types = valueTypes(graph);
    for (const node of graph.nodes)
      if (!operatorTwins.has(node.operator))
        throw new AppError("INVALID_INPUT", `tfjs engines do not support the operator ${node.operator} (node ${node.name}).`);
    for (const tensor of graph.initializers) this.#addConstant(tensor);
    this.#nodes = graph.nodes.filter((node) => !this.#foldConstant(node));
  }

  /** The number of tensors that the interpreter holds until `dispose`. */
  get heldTensors(): number {
    return this.#constants.size + this.#cached.size;
  }

  /** `pixels` is N x C x H x W. The caller disposes of the result. */
  score(pixels: Tensor): InterpretedScores {
    return this.#tf.tidy(() => this.#run(pixels));
  }

  /** The gradient of the weighted sum of an output with respect to `pixels`, with the scores. The caller disposes of the result. */
  differentiate(pixels: Tensor, of: GradientOutput, weights: Tensor): InterpretedScores & { readonly gradient: Tensor } {
    const tf = this.#tf;
    let scores: InterpretedScores | null = null;
    const objective = (images: Tensor): Tensor => {
      const { logits, probabilities } = this.#run(images);
      // `tf.grad` would dispose of them.
      scores = { logits: tf.keep(tf.clone(logits)), probabilities: tf.keep(tf.clone(probabilities)) };
      const output = of === "logits" ? logits : of === "probabilities" ? probabilities : tf.logSoftmax(logits);
      return tf.sum(tf.mul(output, weights));
    };
    const gradient = tf.grad(objective)(pixels);
    if (scores === null) throw new AppError("INTERNAL", "The objective was never computed.");
    return { ...(scores as InterpretedScores), gradient };
  }

  dispose(): void {
    for (const { tensor } of this.#constants.values()) tensor.dispose();
    for (const tensor of this.#cached.values()) tensor.dispose();
    this.#constants.clear();
    this.#cached.clear();
  }

  #run(pixels: Tensor): InterpretedScores {
    const values = new Map<string, Value>([[this.#input, plain(pixels)]]);
    for (const node of this.#nodes) this.#compute(node, values);
    const output = (name: string): Tensor => {
      const value = values.get(name) ?? this.#constants.get(name);
      if (value === undefined) throw new AppError("INVALID_INPUT", `This network has no output ${name}.`);
      return inOnnxOrder(this.#tf, value);
    };
    return { probabilities: output("probabilities"), logits: output("logits") };
  }

  #compute(node: GraphNode, values: Map<string, Value>): void {
    const outputs = operatorTwins.get(node.operator)?.run(this.#contextOf(node, values)) ?? [];
    for (const [index, value] of outputs.entries()) {
      const name = node.outputs[index];
      if (name !== undefined && name !== "") values.set(name, value);
    }
  }

  #contextOf(node: GraphNode, values: ReadonlyMap<string, Value>): TwinContext {
    const refuse = (reason: string): never => {
      throw new AppError("INVALID_INPUT", `${node.operator} ${node.name} ${reason} on tfjs engines.`);
    };
    const findInput = (index: number): Value | null => {
      const name = node.inputs[index] ?? "";
      return name === "" ? null : (values.get(name) ?? this.#constants.get(name) ?? null);
    };
    return {
      tf: this.#tf,
      node,
      refuse,
      findInput,
      input: (index) => findInput(index) ?? refuse(`has no input ${index}`),
      findNumbers: (index) => {
        const name = node.inputs[index] ?? "";
        if (name === "") return null;
        return this.#numbers.get(name) ?? this.#readNumbers(name, (findInput(index) ?? refuse(`has no input ${index}`)).tensor, refuse);
      },
      isInteger: (index) => isIntegerType(this.#types.get(node.inputs[index] ?? "")),
      cached: (key, inputs, make) => {
        if (!inputs.every((index) => this.#constants.has(node.inputs[index] ?? ""))) return make();
        const name = `${node.name}/${node.outputs[0]}/${key}`;
        let tensor = this.#cached.get(name);
        if (tensor === undefined) {
          tensor = this.#tf.keep(this.#tf.tidy(make));
          this.#cached.set(name, tensor);
        }
        return tensor;
      },
    };
  }

  /** A GPU cannot be read synchronously; small tensors computed from sizes are not uploaded to it and can. */
  #readNumbers(name: string, tensor: Tensor, refuse: (reason: string) => never): readonly number[] {
    let numbers: readonly number[];
    try {
      numbers = Array.from(tensor.dataSync());
    } catch {
      return refuse(`needs the numbers of ${name}, which are on the GPU,`);
    }
    if (this.#constants.has(name)) this.#numbers.set(name, numbers);
    return numbers;
  }

  #addConstant(tensor: OnnxTensor): void {
    const numbers = Array.from(tensor.data as ArrayLike<number | bigint>, Number);
    if (numbers.length <= 65_536) this.#numbers.set(tensor.name, numbers);
    const data = tensor.type === "float32" ? tensor.data : Float32Array.from(numbers);
    this.#constants.set(tensor.name, plain(this.#tf.tensor(data, [...tensor.dims], "float32")));
  }

  /** Computes a node if all its inputs are constants; returns whether they are. */
  #foldConstant(node: GraphNode): boolean {
    if (!node.inputs.every((input) => input === "" || this.#constants.has(input))) return false;
    const computed = new Map<string, Value>();
    this.#tf.tidy(() => {
      this.#compute(node, computed);
      for (const [name, value] of computed) {
        const tensor = this.#tf.keep(this.#tf.clone(inOnnxOrder(this.#tf, value)));
        this.#constants.set(name, plain(tensor));
      }
    });
    return true;
  }
}

/** Without booleans, which take part in no arithmetic. */
function isIntegerType(type: OnnxTensor["type"] | undefined): boolean {
  return type !== undefined && !["float32", "float64", "float16", "bool"].includes(type);
}
