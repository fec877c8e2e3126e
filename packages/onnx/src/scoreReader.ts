/**
 * Detects whether a value is a distribution over the classes for each image, and of which logits. It reads only the graph, so every
 * process that opens a network gets the same answer. Recognised forms: a Softmax; its parts, exp(x) / sum(exp(x)) or exp(LogSoftmax);
 * other positive scores divided by their sum; and any of these followed by operators that change nothing or scale all classes alike.
 */
import type { Graph, GraphNode } from "./graph.ts";
import { intOr } from "./nodes/attributeValues.ts";
import { frontAxis, type Shape } from "./shapes/shape.ts";
import { ShapeTable } from "./shapes/shapeTable.ts";

/** Operators that keep a row of scores in order (Transpose: of N x classes x 1 x 1). */
const transparent: ReadonlySet<string> = new Set([
  "Identity",
  "Reshape",
  "Flatten",
  "Squeeze",
  "Unsqueeze",
  "Transpose",
  "Dropout",
  "Cast",
]);
/** Operators whose output is never negative. */
const positive: ReadonlySet<string> = new Set(["Exp", "Relu", "Sigmoid", "HardSigmoid", "Softplus", "Abs"]);
const totals: ReadonlySet<string> = new Set(["ReduceSum", "ReduceL1"]);
/** Maximum nesting: far more than exporters put after a Softmax. */
const maxDepth = 64;
/** Exporters add up to this to a sum, or clip a probability at it, to avoid a division by zero or log(0). */
const negligible = 1e-3;

/** `logits` is the value whose softmax gives the distribution, with the classes in the same order; null if there is none. */
export interface Distribution {
  readonly logits: string | null;
}

/** Reads a graph backwards from its end. */
export class ScoreReader {
  readonly #producers = new Map<string, GraphNode>();
  readonly #table: ShapeTable;
  readonly #batch: Shape[number] | undefined;
  readonly #distributions = new Map<string, Distribution | null>();

  constructor(graph: Graph) {
    this.#table = new ShapeTable(graph);
    for (const node of graph.nodes) {
      this.#table.addNode(node);
      for (const output of node.outputs) this.#producers.set(output, node);
    }
    this.#batch = this.#table.findShape(graph.inputs[0]?.name ?? "")?.[0];
  }

  /** The node that produced these scores, before any operators that leave them unchanged. */
  producerOf(value: string): GraphNode | undefined {
    return this.#producers.get(this.#source(value));
  }

  isStored(value: string): boolean {
    return this.#table.findConstant(value) !== null;
  }

  /** The distribution that this value is; null if it is none or cannot be determined. */
  find(value: string): Distribution | null {
    return this.#find(value, 0);
  }

  #find(value: string, depth: number): Distribution | null {
    const known = this.#distributions.get(value);
    if (known !== undefined) return known;
    const found = depth > maxDepth ? null : this.#read(this.producerOf(value), depth + 1);
    this.#distributions.set(value, found);
    return found;
  }

  #read(node: GraphNode | undefined, depth: number): Distribution | null {
    const [first = "", second = ""] = node?.inputs ?? [];
    switch (node?.operator) {
      case "Softmax":
        return this.isAlongClasses(node, first, [intOr(node, "axis", -1)]) ? { logits: first } : null;
      case "Exp":
        return this.#exponential(first);
      case "Relu":
      case "Abs":
        return this.#find(first, depth);
      case "Div":
        return this.#scalar(second) > 0 ? this.#find(first, depth) : this.#normalised(first, second, depth);
      case "Mul":
        return this.#product(first, second, depth);
      case "Clip":
        return this.#lowerBound(node) <= negligible && this.#upperBound(node) >= 1 - negligible ? this.#find(first, depth) : null;
      case "Add":
      case "Sum":
        return this.#mixture(node, depth);
      case "Slice":
        return this.#isWholeSlice(node) ? this.#find(first, depth) : null;
      case "Gather":
        return this.#reordered(node, depth);
      default:
        return null;
    }
  }

  shapeOf(node: GraphNode, value: string): Shape {
    return this.#table.shapeOf(node, value);
  }

  /** Whether `axes` cover the classes of one image, so that every other axis except the batch has size 1. */
  isAlongClasses(node: GraphNode, value: string, axes: readonly number[]): boolean {
    const dims = this.#table.shapeOf(node, value);
    const along = axes.map((axis) => frontAxis(axis, dims.length));
    return (
      along.every((axis) => axis > 0) &&
      along.length > 0 &&
      dims[0] === this.#batch &&
      along.filter((axis) => dims[axis] !== 1).length <= 1 &&
      dims.every((size, axis) => axis === 0 || along.includes(axis) || size === 1)
    );
  }

  #source(value: string): string {
    for (let source = value; ; ) {
      const node = this.#producers.get(source);
      if (node === undefined || !transparent.has(node.operator)) return source;
      source = node.inputs[0] ?? "";
    }
  }

  #product(first: string, second: string, depth: number): Distribution | null {
    if (this.#scalar(second) > 0) return this.#find(first, depth);
    if (this.#scalar(first) > 0) return this.#find(second, depth);
    return this.#normalised(first, this.#divisor(second), depth) ?? this.#normalised(second, this.#divisor(first), depth);
  }

  /** The value whose reciprocal `factor` is; empty if it is no reciprocal. */
  #divisor(factor: string): string {
    let node = this.producerOf(factor);
    while (node?.operator === "Expand") node = this.producerOf(node.inputs[0] ?? "");
    const [first = "", second = ""] = node?.inputs ?? [];
    if (node?.operator === "Reciprocal" || (node?.operator === "Pow" && this.#scalar(second) === -1)) return first;
    return node?.operator === "Div" && this.#scalar(first) === 1 ? second : "";
  }

  /** A slice that keeps everything. */
  #isWholeSlice(node: GraphNode): boolean {
    const [before, after] = [this.#table.findShape(node.inputs[0] ?? ""), this.#table.findShape(node.outputs[0] ?? "")];
    const steps = this.#table.contextOf(node).contents(4) ?? [];
    return before !== null && before.join() === after?.join() && steps.every((step) => step === 1);
  }

  /** A Gather of every position of an axis other than the batch: exporters use it to drop an axis of size 1 or to reorder the classes. */
  #reordered(node: GraphNode, depth: number): Distribution | null {
    const { shape, contents } = this.#table.contextOf(node);
    const axis = frontAxis(intOr(node, "axis", 0), shape(0).length);
    const size = shape(0)[axis];
    const picked = contents(1)?.map((index) => frontAxis(Number(index), Number(size))) ?? [];
    if (axis === 0 || picked.length !== size || !picked.toSorted((a, b) => a - b).every((position, at) => position === at)) return null;
    const found = this.#find(node.inputs[0] ?? "", depth);
    return found === null || picked.every((position, at) => position === at) ? found : { logits: null };
  }

  /** exp(x - log(sum(exp(x)))). */
  #exponential(exponent: string): Distribution | null {
    const node = this.producerOf(exponent);
    const [first = "", second = ""] = node?.inputs ?? [];
    if (node?.operator === "LogSoftmax") return this.isAlongClasses(node, first, [intOr(node, "axis", -1)]) ? { logits: first } : null;
    return node?.operator === "Sub" && this.#reduces(second, new Set(["ReduceLogSumExp"]), first) ? { logits: first } : null;
  }

  /** Positive scores, or a distribution, divided by their sum. */
  #normalised(scores: string, total: string, depth: number): Distribution | null {
    if (!this.#reduces(total, totals, scores)) return null;
    const found = this.#find(scores, depth);
    if (found !== null) return found;
    const node = this.producerOf(scores);
    if (node?.operator === "Exp") return { logits: this.#uncentred(node.inputs[0] ?? "") };
    const isPositive = positive.has(node?.operator ?? "") || (node?.operator === "Clip" && this.#lowerBound(node) >= 0);
    return isPositive ? { logits: null } : null;
  }

  /** The value before the row maximum was subtracted from it to avoid overflow. */
  #uncentred(exponent: string): string {
    const node = this.producerOf(exponent);
    const [first = "", second = ""] = node?.inputs ?? [];
    return node?.operator === "Sub" && this.#reduces(second, new Set(["ReduceMax"]), first) ? first : exponent;
  }

  /** A weighted sum of distributions, or a distribution plus a negligible number. */
  #mixture({ inputs }: GraphNode, depth: number): Distribution | null {
    const parts = inputs.filter((input) => !(Math.abs(this.#scalar(input)) <= negligible));
    const found = parts.map((part) => this.#find(part, depth));
    if (!found.every((part) => part !== null)) return null;
    return found.length === 1 ? (found[0] ?? null) : { logits: null };
  }

  /** Whether a value is this reduction of `scores` over all classes, perhaps with a guard against 0. */
  #reduces(value: string, operators: ReadonlySet<string>, scores: string): boolean {
    let node = this.producerOf(value);
    while (node !== undefined && this.#onlyAvoidsZero(node)) node = this.producerOf(node.inputs[0] ?? "");
    const [first = ""] = node?.inputs ?? [];
    if (node === undefined || !operators.has(node.operator) || this.#source(first) !== this.#source(scores)) return false;
    const axes = this.#table.contextOf(node).contents(1);
    return axes !== null && this.isAlongClasses(node, first, axes.map(Number));
  }

  #onlyAvoidsZero(node: GraphNode): boolean {
    if (node.operator === "Expand") return true;
    if (node.operator === "Clip") return this.#lowerBound(node) <= negligible && this.#upperBound(node) > 1e30;
    return (node.operator === "Add" || node.operator === "Max") && Math.abs(this.#scalar(node.inputs[1] ?? "")) <= negligible;
  }

  /** The value as one constant number; NaN if it is none. */
  #scalar(value: string): number {
    const tensor = this.#table.findConstant(value);
    return tensor?.data.length === 1 ? Number(tensor.data[0]) : Number.NaN;
  }

  #lowerBound({ inputs }: GraphNode): number {
    return (inputs[1] ?? "") === "" ? Number.NEGATIVE_INFINITY : this.#scalar(inputs[1] ?? "");
  }

  #upperBound({ inputs }: GraphNode): number {
    return (inputs[2] ?? "") === "" ? Number.POSITIVE_INFINITY : this.#scalar(inputs[2] ?? "");
  }
}
