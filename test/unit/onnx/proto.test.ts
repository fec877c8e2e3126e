import type { Graph, Tensor } from "@pareidolia/onnx/graph";
import { leNet } from "@pareidolia/onnx/graphs/leNet";
import { buildNetwork } from "@pareidolia/onnx/graphs/network";
import { decodeModel } from "@pareidolia/onnx/proto/decodeModel";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { ProtoReader } from "@pareidolia/onnx/proto/protoReader";
import { ProtoWriter } from "@pareidolia/onnx/proto/protoWriter";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const name = fc.string({ minLength: 1, maxLength: 12 });
const int32 = fc.integer();
const float32 = fc.float({ noNaN: true });
const tensor: fc.Arbitrary<Tensor> = fc.oneof(
  fc
    .tuple(name, fc.array(float32))
    .map(([id, values]) => ({ name: id, dims: [values.length], type: "float32" as const, data: Float32Array.from(values) })),
  fc
    .tuple(name, fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })))
    .map(([id, values]) => ({ name: id, dims: [1, values.length], type: "int64" as const, data: BigInt64Array.from(values) })),
  fc
    .tuple(name, fc.array(fc.double({ noNaN: true })))
    .map(([id, values]) => ({ name: id, dims: [values.length, 1], type: "float64" as const, data: Float64Array.from(values) })),
  fc
    .tuple(name, fc.array(fc.nat(65535)))
    .map(([id, values]) => ({ name: id, dims: [values.length], type: "float16" as const, data: Uint16Array.from(values) })),
  fc
    .tuple(name, fc.array(int32))
    .map(([id, values]) => ({ name: id, dims: [values.length], type: "int32" as const, data: Int32Array.from(values) })),
  fc
    .tuple(name, fc.array(fc.integer({ min: -128, max: 127 })))
    .map(([id, values]) => ({ name: id, dims: [values.length], type: "int8" as const, data: Int8Array.from(values) })),
  fc
    .tuple(name, fc.array(fc.integer({ min: -(2 ** 15), max: 2 ** 15 - 1 })))
    .map(([id, values]) => ({ name: id, dims: [values.length], type: "int16" as const, data: Int16Array.from(values) })),
  fc
    .tuple(name, fc.array(fc.nat(65535)))
    .map(([id, values]) => ({ name: id, dims: [values.length], type: "uint16" as const, data: Uint16Array.from(values) })),
  fc
    .tuple(name, fc.array(fc.nat(2 ** 32 - 1)))
    .map(([id, values]) => ({ name: id, dims: [values.length], type: "uint32" as const, data: Uint32Array.from(values) })),
  fc
    .tuple(name, fc.array(fc.nat(255)))
    .map(([id, values]) => ({ name: id, dims: [values.length], type: "uint8" as const, data: Uint8Array.from(values) })),
  fc
    .tuple(name, fc.array(fc.nat(1)))
    .map(([id, values]) => ({ name: id, dims: [values.length], type: "bool" as const, data: Uint8Array.from(values) })),
);
const attribute = fc.oneof(
  int32.map((value) => ({ kind: "int" as const, value })),
  float32.map((value) => ({ kind: "float" as const, value })),
  fc.string().map((value) => ({ kind: "string" as const, value })),
  fc.array(int32).map((value) => ({ kind: "ints" as const, value })),
  fc.array(float32).map((value) => ({ kind: "floats" as const, value })),
  tensor.map((value) => ({ kind: "tensor" as const, value })),
);
const valueInfo = fc.record(
  {
    name,
    type: fc.constantFrom<Tensor["type"]>(
      "float32",
      "int64",
      "float64",
      "float16",
      "int32",
      "int16",
      "uint32",
      "uint16",
      "int8",
      "uint8",
      "bool",
    ),
    dims: fc.array(fc.oneof(fc.nat(), name), { maxLength: 4 }),
  },
  { noNullPrototype: true },
);
const node = fc.record(
  {
    operator: name,
    name,
    inputs: fc.array(fc.string()),
    outputs: fc.array(name),
    attributes: fc.uniqueArray(fc.tuple(name, attribute), { selector: ([key]) => key, maxLength: 4 }).map((pairs) => new Map(pairs)),
  },
  { noNullPrototype: true },
);
const graph: fc.Arbitrary<Graph> = fc.record(
  {
    name,
    opset: fc.integer({ min: 1, max: 30 }),
    nodes: fc.array(node, { maxLength: 4 }),
    initializers: fc.array(tensor, { maxLength: 3 }),
    inputs: fc.array(valueInfo, { maxLength: 3 }),
    outputs: fc.array(valueInfo, { maxLength: 3 }),
  },
  { noNullPrototype: true },
);

function smallLeNet(): Uint8Array {
  const network = leNet();
  const weights = new Map(
    network.parameters.map(({ name: id, dims }) => [id, new Float32Array(dims.reduce((a, b) => a * b, 1)).fill(0.5)]),
  );
  return encodeModel(buildNetwork(network, { weights, centring: { mean: new Float32Array(784), dims: [1, 28, 28], scale: 1 / 256 } }));
}

describe("ONNX files", () => {
  it("round-trip any graph, and equal graphs give equal bytes", () => {
    fc.assert(
      fc.property(graph, (original) => {
        const file = encodeModel(original);
        expect(decodeModel(file)).toStrictEqual(original);
        expect(encodeModel(original)).toStrictEqual(file);
      }),
      { numRuns: 300 },
    );
  });

  it.each(["constructor", "__proto__", "toString"])("can have an attribute named %s", (attributeName) => {
    const original: Graph = {
      name: "g",
      opset: 13,
      nodes: [
        { operator: "Relu", name: "r", inputs: ["x"], outputs: ["y"], attributes: new Map([[attributeName, { kind: "int", value: 3 }]]) },
      ],
      initializers: [],
      inputs: [],
      outputs: [],
    };
    expect(decodeModel(encodeModel(original))).toStrictEqual(original);
  });

  it.each([
    [5, 5, Int16Array.of(-3, 40, -32768)],
    [4, 5, Uint16Array.of(3, 40, 65535)],
    [12, 11, Uint32Array.of(3, 40, 4_294_967_295)],
  ])("can have small integers of element type %i in field %i", (elementType, field, data) => {
    const writer = new ProtoWriter();
    writer.integer(1, 8);
    writer.message(7, (graph) =>
      graph.message(5, (tensor) => {
        tensor.packedIntegers(1, [3]);
        tensor.integer(2, elementType);
        tensor.packedIntegers(field, [...data]);
      }),
    );
    writer.message(8, (opset) => opset.integer(2, 18));
    expect(decodeModel(writer.finish()).initializers[0]?.data).toEqual(data);
  });

  it("restore zeros that proto3 omits", () => {
    const writer = new ProtoWriter();
    writer.integer(1, 8);
    writer.message(7, (inner) =>
      inner.message(1, (written) => {
        written.string(4, "Concat");
        written.message(5, (axis) => {
          axis.string(1, "axis");
          axis.integer(20, 2);
        });
      }),
    );
    writer.message(8, (inner) => inner.integer(2, 13));
    expect(decodeModel(writer.finish()).nodes[0]?.attributes).toEqual(new Map([["axis", { kind: "int", value: 0 }]]));
  });

  it("keep the largest and the smallest integer, which exporters write for unlimited bounds", () => {
    const [largest, smallest] = [2n ** 63n - 1n, -(2n ** 63n)];
    const writeNode = (ends: readonly bigint[]) => (inner: ProtoWriter) =>
      inner.message(1, (written) => {
        written.string(4, "Slice");
        written.message(5, (attribute) => {
          attribute.string(1, "ends");
          for (const end of ends) attribute.integer(8, end);
          attribute.integer(20, 7);
        });
        written.message(5, (attribute) => {
          attribute.string(1, "one");
          attribute.integer(3, largest);
          attribute.integer(20, 2);
        });
      });
    const writer = new ProtoWriter();
    writer.integer(1, 8);
    writer.message(7, writeNode([largest, smallest, 3n]));
    writer.message(8, (inner) => inner.integer(2, 9));
    const read = decodeModel(writer.finish());
    expect(read.nodes[0]?.attributes.get("ends")).toEqual({
      kind: "ints",
      value: [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 3],
    });
    const again = Buffer.from(encodeModel(read));
    for (const value of [largest, smallest]) {
      const field = new ProtoWriter();
      field.integer(8, value);
      expect(again.includes(Buffer.from(field.finish()))).toBe(true);
    }
    const single = new ProtoWriter();
    single.integer(3, largest);
    expect(again.includes(Buffer.from(single.finish()))).toBe(true);
  });

  it("are refused with a typed error when cut anywhere, never read as a smaller model", () => {
    const file = smallLeNet();
    for (let length = 0; length < file.length - 12; length += 1 + Math.floor(length / 7))
      expect(() => decodeModel(file.subarray(0, length)), `${length} bytes`).toThrow(expect.objectContaining({ code: "CORRUPT_DATA" }));
  });

  it("are read or refused with a typed error when any byte changes", () => {
    const file = encodeModel({
      name: "g",
      nodes: [
        { operator: "Add", name: "sum", inputs: ["a", "b"], outputs: ["c"], attributes: new Map([["axis", { kind: "int", value: -1 }]]) },
      ],
      initializers: [{ name: "b", dims: [2], type: "float32", data: Float32Array.of(1, 2) }],
      inputs: [{ name: "a", type: "float32", dims: ["n", 2] }],
      outputs: [{ name: "c", type: "float32", dims: ["n", 2] }],
    });
    for (let position = 0; position < file.length; position++)
      for (const value of [0, 1, 127, 128, 255]) {
        const changed = file.slice();
        changed[position] = value;
        try {
          decodeModel(changed);
        } catch (error) {
          expect(error).toMatchObject({ code: "CORRUPT_DATA" });
        }
      }
  });

  it("are refused if a tensor declares a wrong number of values or has them elsewhere", () => {
    const liar = encodeModel({
      name: "g",
      nodes: [],
      inputs: [],
      outputs: [],
      initializers: [{ name: "w", dims: [3], type: "float32", data: new Float32Array(2) }],
    });
    expect(() => decodeModel(liar)).toThrow(/declares 3 values but has 2/);
    const outside = new ProtoWriter();
    outside.message(7, (inner) =>
      inner.message(5, (weights) => {
        weights.integer(2, 1);
        weights.integer(14, 1);
      }),
    );
    expect(() => decodeModel(outside.finish())).toThrow(/external data/);
  });
});

describe("valid but unsupported ONNX, or corrupt data inside a node,", () => {
  /** A file of one node, its attribute before its name. */
  function fileOf(operator: string, write: (attribute: ProtoWriter) => void, { name = "", domain = "" } = {}): Uint8Array {
    const writer = new ProtoWriter();
    writer.integer(1, 8);
    writer.message(8, (opset) => opset.integer(2, 18));
    writer.message(7, (graph) =>
      graph.message(1, (node) => {
        node.message(5, write);
        node.string(2, "made");
        if (name !== "") node.string(3, name);
        node.string(4, operator);
        node.string(7, domain);
      }),
    );
    return writer.finish();
  }
  const attribute =
    (name: string, type: number, write: (attribute: ProtoWriter) => void = () => undefined) =>
    (writer: ProtoWriter) => {
      writer.string(1, name);
      write(writer);
      writer.integer(20, type);
    };
  const bfloat16 = attribute("value", 4, (writer) =>
    writer.message(5, (tensor) => {
      tensor.integer(1, 1);
      tensor.integer(2, 16);
      tensor.bytes(9, new Uint8Array(2));
    }),
  );

  const tensorOf = (size: number, type: number, bytes: number) => (tensor: ProtoWriter) => {
    tensor.integer(1, size);
    tensor.integer(2, type);
    tensor.string(8, "w");
    tensor.bytes(9, new Uint8Array(bytes));
  };

  it.each<[string, Uint8Array, string]>([
    [
      "a graph",
      fileOf(
        "If",
        attribute("else_branch", 5, (writer) => writer.message(6, () => undefined)),
        { name: "either" },
      ),
      'If node "either" has a graph as its attribute "else_branch"',
    ],
    [
      "strings, of a node without a name",
      fileOf(
        "Constant",
        attribute("value_strings", 8, (writer) => writer.string(9, "a")),
      ),
      'Constant node "made" has a list of strings as its attribute "value_strings"',
    ],
    ["bfloat16 numbers", fileOf("Constant", bfloat16, { name: "c" }), 'Constant node "c" has an unsupported tensor'],
    [
      "an operator of another domain",
      fileOf("FusedConv", attribute("activation", 3), { name: "fused", domain: "com.microsoft" }),
      'FusedConv node "fused" belongs to the domain com.microsoft',
    ],
  ])("is refused naming operator and node: %s", (_, file, message) => {
    expect(() => decodeModel(file)).toThrow(expect.objectContaining({ code: "INVALID_INPUT", message: expect.stringContaining(message) }));
  });

  it.each<[string, Uint8Array, string]>([
    ["an attribute of an unknown type", fileOf("Relu", attribute("alpha", 99), { name: "r" }), "attribute alpha has the unknown type 99"],
    [
      "a tensor with fewer values than declared",
      fileOf(
        "Constant",
        attribute("value", 4, (writer) => writer.message(5, tensorOf(3, 1, 4))),
      ),
      "tensor w declares 3 values but has 1",
    ],
    [
      "a tensor of an unknown type",
      fileOf(
        "Constant",
        attribute("value", 4, (writer) => writer.message(5, tensorOf(1, 99, 4))),
        { name: "c" },
      ),
      "tensor w has the unknown element type 99",
    ],
    [
      "a tensor whose data ends within a value",
      fileOf(
        "Constant",
        attribute("value", 4, (writer) => writer.message(5, tensorOf(1, 1, 3))),
        { name: "c" },
      ),
      "the data of a tensor ends within a value",
    ],
    [
      "bytes that are not an attribute",
      fileOf("Elu", (writer) => writer.bytes(3, Uint8Array.of(1)), { name: "e" }),
      "a field does not have the type of its schema",
    ],
  ])("is refused as unreadable, naming operator and node: %s", (_, file, problem) => {
    const named = /(Relu node "r"|Constant node "made"|Constant node "c"|Elu node "e") cannot be read\. .*/;
    const refusal = { code: "CORRUPT_DATA", message: expect.stringMatching(new RegExp(named.source + problem)) };
    expect(() => decodeModel(file)).toThrow(expect.objectContaining(refusal));
  });

  it("is refused naming its type outside any node", () => {
    const stored = new ProtoWriter();
    stored.message(7, (graph) =>
      graph.message(5, (tensor) => {
        tensor.integer(2, 16);
        tensor.string(8, "w");
      }),
    );
    const refusal = { code: "INVALID_INPUT", message: expect.stringContaining("tensor w has the unsupported element type 16 (bfloat16)") };
    expect(() => decodeModel(stored.finish())).toThrow(expect.objectContaining(refusal));
  });
});

describe("the protobuf wire format", () => {
  it("matches the worked examples of its documentation", () => {
    const writer = new ProtoWriter();
    writer.integer(1, 150);
    writer.string(2, "testing");
    expect(Buffer.from(writer.finish()).toString("hex")).toBe("089601120774657374696e67");
  });

  it("refuses a number that never ends", () => {
    expect(() => new ProtoReader(new Uint8Array(20).fill(255)).nextField()).toThrow(/never ends/);
  });
});
