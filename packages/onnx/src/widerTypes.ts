/**
 * Works around missing onnxruntime kernels: ONNX allows these element types for an operator, but onnxruntime has no kernel for them.
 * Most are computed in a wider type and cast back; the rest are refused by name. Casts between integers are lossless, and booleans
 * become 0 and 1.
 */
import type { GraphNode } from "./graph.ts";
import { int } from "./graphBuilder.ts";
import { refuse } from "./nodes/refuse.ts";
import type { ElementType, TypeContext } from "./operators/operatorRule.ts";
import { ElementType as TypeNumber } from "./proto/fieldNumbers.ts";
import { createNode, updateNode } from "./upgrades/upgrade.ts";
import { typeOfOutput } from "./valueTypes.ts";

type Wider = ReadonlyMap<ElementType, "int32" | "int64">;

interface Kernels {
  /** Inputs that must share the type. */
  readonly inputs: readonly number[] | "all";
  readonly wider: Wider;
  readonly refused?: ReadonlySet<ElementType>;
}

const of16Bits: Wider = new Map([
  ["int16", "int32"],
  ["uint16", "int32"],
]);
const of32Bits: Wider = new Map([["uint32", "int64"]]);
const ofAny: Wider = new Map([...of16Bits, ...of32Bits, ["int8", "int32"], ["uint8", "int32"]]);
const booleans: Wider = new Map([["bool", "int32"]]);
const reductions = ["ReduceSum", "ReduceMean", "ReduceProd", "ReduceL1", "ReduceL2", "ReduceSumSquare"];
const numeric: ReadonlySet<ElementType> = new Set(["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32"]);

/** Tested with onnxruntime 1.30 on the CPU: every operator with every type. */
const kernels: ReadonlyMap<string, Kernels> = new Map<string, Kernels>([
  ["Max", { inputs: "all", wider: of16Bits }],
  ["Min", { inputs: "all", wider: of16Bits }],
  ["Clip", { inputs: "all", wider: of16Bits }],
  ["Relu", { inputs: [0], wider: of16Bits }],
  ["Pad", { inputs: [0, 2], wider: of16Bits }],
  ["Where", { inputs: [1, 2], wider: new Map([...of16Bits, ...of32Bits, ...booleans, ["int8", "int32"]]) }],
  ["Pow", { inputs: [1], wider: ofAny }],
  ...reductions.map((operator): [string, Kernels] => [operator, { inputs: [0], wider: of32Bits }]),
  ...["ReduceMax", "ReduceMin"].map((operator): [string, Kernels] => [
    operator,
    { inputs: [0], wider: new Map([...of32Bits, ...booleans]) },
  ]),
  ["Resize", { inputs: [0], wider: of16Bits, refused: new Set<ElementType>(["bool", "int64", "uint32"]) }],
  ["Gemm", { inputs: [0], wider: new Map(), refused: numeric }],
  ["PRelu", { inputs: [0], wider: new Map(), refused: new Set<ElementType>(["uint32"]) }],
]);

/** The nodes that replace this one. `name` creates a unique value name. */
export function widen(context: TypeContext, name: (suffix: string) => string): readonly GraphNode[] {
  const { node, type } = context;
  const own = kernels.get(node.operator);
  if (own === undefined) return [node];
  const inputs = own.inputs === "all" ? [...node.inputs.keys()] : own.inputs;
  const casts = new Map<number, GraphNode>();
  for (const input of inputs) {
    const inputType = type(input);
    if (inputType === null) continue;
    if (own.refused?.has(inputType) === true) refuse(node, `computes with the element type ${inputType}, which is not supported`);
    const to = own.wider.get(inputType);
    if (to !== undefined)
      casts.set(input, createNode("Cast", name(`wide${input}`), [node.inputs[input] ?? ""], { to: int(TypeNumber[to]) }));
  }
  if (casts.size === 0) return [node];
  const wide = updateNode(node, { inputs: node.inputs.map((input, index) => casts.get(index)?.name ?? input) });
  const result = typeOfOutput(context, 0);
  if (result === null || !own.wider.has(result)) return [...casts.values(), wide];
  const back = createNode("Cast", name("narrow"), [name("wide")], { to: int(TypeNumber[result]) });
  return [...casts.values(), updateNode(wide, { outputs: [name("wide")] }), { ...back, outputs: node.outputs }];
}
