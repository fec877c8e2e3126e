/**
 * Whether a value is, for each image, a distribution over the classes, and of which logits. Found from the graph alone, so that it is
 * the same wherever a network is opened: a Softmax; the same written in parts, exp(x) / sum(exp(x)) or exp(LogSoftmax); any other
 * positive scores divided by their sum; and any of these through operators that change nothing, or all classes alike.
 */
import type { Graph, GraphNode } from "./graph.ts";
import { intOr } from "./nodes/attributeValues.ts";
import { frontAxis, type Shape } from "./shapes/shape.ts";
import { ShapeTable } from "./shapes/shapeTable.ts";

/** Operators whose output holds a row of scores as their first input does, in the same order (Transpose: of N x classes x 1 x 1). */
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
/** What never gives a negative number. */
const positive: ReadonlySet<string> = new Set(["Exp", "Relu", "Sigmoid", "HardSigmoid", "Softplus", "Abs"]);
const totals: ReadonlySet<string> = new Set(["ReduceSum", "ReduceL1"]);
/** Far beyond what exporters put behind a Softmax; a file that nests more is not read to its end. */
const deepest = 64;
/** What exporters add to a sum, or cut a probability at, against a division by zero or the logarithm of zero. */
const negligible = 1e-3;

/** `logits`: a value with the classes in the same order whose softmax this is; null where there is none to be had. */
export interface Distribution {
  readonly logits: string | null;
}

/** Reads the end of a graph backwards. */
export class ScoreReader {
  readonly #makers = new Map<string, GraphNode>();
  readonly #table: ShapeTable;
  readonly #batch: Shape[number] | undefined;
  readonly #found = new Map<string, Distribution | null>();

  constructor(graph: Graph) {
    this.#table = new ShapeTable(graph);
    for (const node of graph.nodes) {
      this.#table.learn(node);
      for (const output of node.outputs) this.#makers.set(output, node);
    }
    this.#batch = this.#table.findShape(graph.inputs[0]?.name ?? "")?.[0];
  }

  /** The node that made these scores, before anything that leaves them as they are. */
  makerOf(value: string): GraphNode | undefined {
    return this.#makers.get(this.#source(value));
  }

  isStored(value: string): boolean {
    return this.#table.findConstant(value) !== null;
  }

  /** Null where it is none, or cannot be told. */
  find(value: string): Distribution | null {
    return this.#find(value, 0);
  }

  #find(value: string, depth: number): Distribution | null {
    const known = this.#found.get(value);
    if (known !== undefined) return known;
    const found = depth > deepest ? null : this.#read(this.makerOf(value), depth + 1);
    this.#found.set(value, found);
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
        return this.#number(second) > 0 ? this.#find(first, depth) : this.#shares(first, second, depth);
      case "Mul":
        return this.#product(first, second, depth);
      case "Clip":
        return this.#low(node) <= negligible && this.#high(node) >= 1 - negligible ? this.#find(first, depth) : null;
      case "Add":
      case "Sum":
        return this.#mixture(node, depth);
      case "Slice":
        return this.#isWholeSlice(node) ? this.#find(first, depth) : null;
      case "Gather":
        return this.#picks(node, depth);
      default:
        return null;
    }
  }

  shapeOf(node: GraphNode, value: string): Shape {
    return this.#table.shapeOf(node, value);
  }

  /** One distribution an image: along the only axis behind the batch that has more than one value. */
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
      const node = this.#makers.get(source);
      if (node === undefined || !transparent.has(node.operator)) return source;
      source = node.inputs[0] ?? "";
    }
  }

  #product(first: string, second: string, depth: number): Distribution | null {
    if (this.#number(second) > 0) return this.#find(first, depth);
    if (this.#number(first) > 0) return this.#find(second, depth);
    return this.#shares(first, this.#divisor(second), depth) ?? this.#shares(second, this.#divisor(first), depth);
  }

  /** What multiplying by this value divides by; empty where it is no reciprocal. */
  #divisor(factor: string): string {
    let node = this.makerOf(factor);
    while (node?.operator === "Expand") node = this.makerOf(node.inputs[0] ?? "");
    const [first = "", second = ""] = node?.inputs ?? [];
    if (node?.operator === "Reciprocal" || (node?.operator === "Pow" && this.#number(second) === -1)) return first;
    return node?.operator === "Div" && this.#number(first) === 1 ? second : "";
  }

  /** One that cuts nothing away. */
  #isWholeSlice(node: GraphNode): boolean {
    const [given, kept] = [this.#table.findShape(node.inputs[0] ?? ""), this.#table.findShape(node.outputs[0] ?? "")];
    const steps = this.#table.of(node).contents(4) ?? [];
    return given !== null && given.join() === kept?.join() && steps.every((step) => step === 1);
  }

  /** All places of an axis behind the batch: the only one, where exporters leave an axis out, or the classes in an order of their own. */
  #picks(node: GraphNode, depth: number): Distribution | null {
    const { shape, contents } = this.#table.of(node);
    const axis = frontAxis(intOr(node, "axis", 0), shape(0).length);
    const size = shape(0)[axis];
    const picked = contents(1)?.map((index) => frontAxis(Number(index), Number(size))) ?? [];
    if (axis === 0 || picked.length !== size || !picked.toSorted((a, b) => a - b).every((place, at) => place === at)) return null;
    const found = this.#find(node.inputs[0] ?? "", depth);
    return found === null || picked.every((place, at) => place === at) ? found : { logits: null };
  }

  /** exp(x - log(sum(exp(x)))). */
  #exponential(exponent: string): Distribution | null {
    const node = this.makerOf(exponent);
    const [first = "", second = ""] = node?.inputs ?? [];
    if (node?.operator === "LogSoftmax") return this.isAlongClasses(node, first, [intOr(node, "axis", -1)]) ? { logits: first } : null;
    return node?.operator === "Sub" && this.#reduces(second, new Set(["ReduceLogSumExp"]), first) ? { logits: first } : null;
  }

  /** Positive scores, or what is a distribution already, by their sum. */
  #shares(scores: string, total: string, depth: number): Distribution | null {
    if (!this.#reduces(total, totals, scores)) return null;
    const found = this.#find(scores, depth);
    if (found !== null) return found;
    const node = this.makerOf(scores);
    if (node?.operator === "Exp") return { logits: this.#uncentred(node.inputs[0] ?? "") };
    const isPositive = positive.has(node?.operator ?? "") || (node?.operator === "Clip" && this.#low(node) >= 0);
    return isPositive ? { logits: null } : null;
  }

  /** x where each row of it had its maximum taken off, against too large a power. */
  #uncentred(exponent: string): string {
    const node = this.makerOf(exponent);
    const [first = "", second = ""] = node?.inputs ?? [];
    return node?.operator === "Sub" && this.#reduces(second, new Set(["ReduceMax"]), first) ? first : exponent;
  }

  /** A weighted sum of distributions, or one that was moved a very little. */
  #mixture({ inputs }: GraphNode, depth: number): Distribution | null {
    const parts = inputs.filter((input) => !(Math.abs(this.#number(input)) <= negligible));
    const found = parts.map((part) => this.#find(part, depth));
    if (!found.every((part) => part !== null)) return null;
    return found.length === 1 ? (found[0] ?? null) : { logits: null };
  }

  /** Whether a value is this reduction of `scores` over all classes, kept from being 0 at most. */
  #reduces(value: string, operators: ReadonlySet<string>, scores: string): boolean {
    let node = this.makerOf(value);
    while (node !== undefined && this.#onlyKeepsFromZero(node)) node = this.makerOf(node.inputs[0] ?? "");
    const [first = ""] = node?.inputs ?? [];
    if (node === undefined || !operators.has(node.operator) || this.#source(first) !== this.#source(scores)) return false;
    const axes = this.#table.of(node).contents(1);
    return axes !== null && this.isAlongClasses(node, first, axes.map(Number));
  }

  #onlyKeepsFromZero(node: GraphNode): boolean {
    if (node.operator === "Expand") return true;
    if (node.operator === "Clip") return this.#low(node) <= negligible && this.#high(node) > 1e30;
    return (node.operator === "Add" || node.operator === "Max") && Math.abs(this.#number(node.inputs[1] ?? "")) <= negligible;
  }

  /** The number that a value is everywhere; not a number where it is none. */
  #number(value: string): number {
    const tensor = this.#table.findConstant(value);
    return tensor?.data.length === 1 ? Number(tensor.data[0]) : Number.NaN;
  }

  #low({ inputs }: GraphNode): number {
    return (inputs[1] ?? "") === "" ? Number.NEGATIVE_INFINITY : this.#number(inputs[1] ?? "");
  }

  #high({ inputs }: GraphNode): number {
    return (inputs[2] ?? "") === "" ? Number.POSITIVE_INFINITY : this.#number(inputs[2] ?? "");
  }
}
