/**
 * Element types that ONNX allows and onnxruntime has no kernels for: Max and Min of 16-bit integers are computed in 32 bits and cast back,
 * and the exponent of Pow is cast to a type that has a kernel.
 */
import type { GraphNode } from "../graph.ts";
import { int } from "../graphBuilder.ts";
import { ElementType } from "../proto/fieldNumbers.ts";
import { changed, created, type Upgrade, type UpgradeContext } from "./upgrade.ts";

export const widerExtremes: Upgrade = {
  operators: ["Max", "Min"],
  apply(context) {
    const { node, type, name } = context;
    const given = type(0);
    if (given !== "int16" && given !== "uint16") return [node];
    const wide = node.inputs.map((_, input) => castInput(context, input, "int32"));
    return [
      ...wide,
      changed(node, { inputs: wide.map((cast) => cast.name), outputs: [name("wide")] }),
      { ...created("Cast", name("narrow"), [name("wide")], { to: int(ElementType[given]) }), outputs: node.outputs },
    ];
  },
};

const exponentTypes: ReadonlySet<string> = new Set(["float32", "int32", "int64"]);

export const widerExponent: Upgrade = {
  operators: ["Pow"],
  apply(context) {
    const { node, type } = context;
    const given = type(1);
    if (given === null || exponentTypes.has(given)) return [node];
    const exponent = castInput(context, 1, given === "uint32" ? "int64" : "int32");
    return [exponent, changed(node, { inputs: node.inputs.with(1, exponent.name) })];
  },
};

function castInput({ node, name }: UpgradeContext, input: number, to: "int32" | "int64"): GraphNode {
  return created("Cast", name(`wide${input}`), [node.inputs[input] ?? ""], { to: int(ElementType[to]) });
}
