/** Element types without a kernel in onnxruntime: the same result as in a type with a kernel, or a refusal by name. */
import type { Attribute, Graph } from "@pareidolia/onnx/graph";
import { GraphBuilder, int, ints } from "@pareidolia/onnx/graphBuilder";
import { normalise } from "@pareidolia/onnx/normalise";
import { ElementType } from "@pareidolia/onnx/proto/fieldNumbers";
import { describe, expect, it } from "vitest";
import { openGraph } from "../../support/onnxGraphs.ts";

type Type = keyof typeof ElementType;
type Build = (builder: GraphBuilder, x: string, constant: (name: string, values: readonly number[]) => string) => string;

const text = (value: string): Attribute => ({ kind: "string", value });
const reduce =
  (operator: string): Build =>
  (builder, x) =>
    builder.node(operator, "y", [x, builder.integers("axes", [2])]);

const builds: Readonly<Record<string, Build>> = {
  Max: (builder, x, constant) => builder.node("Max", "y", [x, constant("other", [2])]),
  Min: (builder, x, constant) => builder.node("Min", "y", [x, constant("other", [2])]),
  Clip: (builder, x, constant) => builder.node("Clip", "y", [x, constant("low", [1]), constant("high", [4])]),
  Relu: (builder, x) => builder.node("Relu", "y", [x]),
  Pad: (builder, x, constant) => builder.node("Pad", "y", [x, builder.integers("pads", [0, 0, 1, 0, 0, 0, 0, 2]), constant("fill", [3])]),
  Where: (builder, x, constant) =>
    builder.node("Where", "y", [builder.node("Equal", "isTwo", [x, constant("two", [2])]), constant("seven", [7]), x]),
  Pow: (builder, x, constant) =>
    builder.node("Pow", "y", [builder.node("Cast", "base", [x], { to: int(ElementType.float32) }), constant("exponent", [2])]),
  Resize: (builder, x) =>
    builder.node("Resize", "y", [x, "", "", builder.integers("sizes", [4, 6])], { axes: ints([2, 3]), mode: text("nearest") }),
  Gemm: (builder, x, constant) =>
    builder.node("Gemm", "y", [builder.node("Reshape", "rows", [x, builder.integers("to", [-1, 1])]), constant("w", [5])]),
  PRelu: (builder, x, constant) => builder.node("PRelu", "y", [x, constant("slope", [2])]),
  ...Object.fromEntries(
    ["ReduceSum", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceL1", "ReduceL2", "ReduceMean", "ReduceSumSquare"].map((operator) => [
      operator,
      reduce(operator),
    ]),
  ),
};

/** Casts the image to the type, and the result to floats. */
function network(operator: string, type: Type): Graph {
  const builder = new GraphBuilder("typed");
  const cast = (name: string, value: string, to: Type): string => builder.node("Cast", name, [value], { to: int(ElementType[to]) });
  const x = cast("typed", builder.input({ name: "x", type: "float32", dims: ["batch", 1, 2, 3] }), type);
  const constant = (name: string, values: readonly number[]): string => {
    const dims = operator === "Gemm" ? [1, values.length] : operator === "Clip" || name === "fill" ? [] : [values.length];
    return cast(name, builder.floats(`${name}.floats`, dims, Float32Array.from(values)), type);
  };
  const result = builds[operator]?.(builder, x, constant) ?? "";
  builder.output({ name: cast("floats", result, "float32"), type: "float32", dims: [] });
  return { ...builder.build(), opset: 20 };
}

async function answer(operator: string, type: Type): Promise<Float32Array | undefined> {
  const session = await openGraph(normalise(network(operator, type)));
  try {
    return (await session.run({ x: Float32Array.of(0, 1, 2, 3, 4, 5, 5, 2, 0, 1, 2, 6) }, 2)).floats;
  } finally {
    await session.close();
  }
}

describe("an element type without a kernel", () => {
  it.each<[string, readonly Type[]]>([
    ["Max", ["int16", "uint16"]],
    ["Min", ["int16", "uint16"]],
    ["Clip", ["int8", "int16", "uint16"]],
    ["Relu", ["int16"]],
    ["Pad", ["int16", "uint16"]],
    ["Where", ["int8", "int16", "uint16", "uint32"]],
    ["Pow", ["int8", "int16", "uint8", "uint16", "uint32"]],
    ["Resize", ["int16", "uint16"]],
    ...["ReduceSum", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceL1", "ReduceL2", "ReduceMean", "ReduceSumSquare"].map(
      (operator): [string, readonly Type[]] => [operator, ["uint32"]],
    ),
  ])("gives the result of a type with a kernel: %s", async (operator, types) => {
    const expected = await answer(operator, "int32");
    expect(expected?.some((value) => value > 1)).toBe(true);
    for (const type of types) expect(await answer(operator, type), type).toEqual(expected);
  });

  it.each<[string, readonly Type[]]>([
    ["Gemm", ["int32", "int64", "uint32"]],
    ["PRelu", ["uint32"]],
    ["Resize", ["bool", "int64", "uint32"]],
  ])("is refused by name if no other type works: %s", (operator, types) => {
    for (const type of types)
      expect(() => normalise(network(operator, type))).toThrow(
        expect.objectContaining({
          code: "INVALID_INPUT",
          message: `The network's ${operator} node "y" computes with the element type ${type}, which is not supported.`,
        }),
      );
  });
});
