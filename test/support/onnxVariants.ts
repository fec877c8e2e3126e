/** A valid ONNX file, and functions that derive invalid and hostile files from it. */
import type { Attribute, Graph, GraphNode, Tensor } from "@pareidolia/onnx/graph";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { ProtoWriter } from "@pareidolia/onnx/proto/protoWriter";

export interface HostileFile {
  readonly what: string;
  readonly file: () => Uint8Array;
  readonly reason: RegExp;
}

export const weights = (changes: Partial<Tensor> = {}): Tensor =>
  ({
    name: "w",
    dims: [64, 3],
    type: "float32",
    data: Float32Array.from({ length: 192 }, (_, i) => ((i * 37) % 17) / 17 - 0.5),
    ...changes,
  }) as Tensor;

export const node = (operator: string, inputs: string[], outputs: string[], attributes: Record<string, Attribute> = {}): GraphNode => ({
  operator,
  name: `${operator}-${outputs[0]}`,
  inputs,
  outputs,
  attributes: new Map(Object.entries(attributes)),
});
export const int = (value: number): Attribute => ({ kind: "int", value });
export const ints = (...value: number[]): Attribute => ({ kind: "ints", value });
export const longs = (name: string, ...values: number[]): Tensor => ({
  name,
  dims: [values.length],
  type: "int64",
  data: BigInt64Array.from(values, BigInt),
});

/** The valid network: 8 x 8 grey pixels to three classes. */
export function validGraph(changes: Partial<Graph> = {}): Graph {
  return {
    name: "tiny",
    opset: 18,
    nodes: [
      node("Flatten", ["x"], ["flat"], { axis: int(1) }),
      node("MatMul", ["flat", "w"], ["logits"]),
      node("Softmax", ["logits"], ["y"]),
    ],
    initializers: [weights()],
    inputs: [{ name: "x", type: "float32", dims: ["N", 1, 8, 8] }],
    outputs: [{ name: "y", type: "float32", dims: ["N", 3] }],
    ...changes,
  };
}

export const variant = (changes: Partial<Graph>) => () => encodeModel(validGraph(changes));
export const validFile = (): Uint8Array => encodeModel(validGraph());
/** The valid network after these nodes, the last of which computes "x2" from the input "x". */
export const withFirstNodes = (nodes: GraphNode[], initializers: Tensor[] = []) =>
  variant({
    nodes: [...nodes, node("Flatten", ["x2"], ["flat"], { axis: int(1) }), ...validGraph().nodes.slice(1)],
    initializers: [weights(), ...initializers],
  });

/** Like `withFirstNodes`, but exported with a batch of one. */
export const ofOneImage = (nodes: GraphNode[], initializers: Tensor[] = []) =>
  variant({
    nodes: [...nodes, node("Flatten", ["x2"], ["flat"], { axis: int(1) }), ...validGraph().nodes.slice(1)],
    initializers: [weights(), ...initializers],
    inputs: [{ name: "x", type: "float32", dims: [1, 1, 8, 8] }],
    outputs: [{ name: "y", type: "float32", dims: [1, 3] }],
  });

/** The valid file, or none, followed by raw protobuf fields. */
export function withRawFields(write: (model: ProtoWriter) => void, withGraph = true): Uint8Array {
  const writer = new ProtoWriter();
  if (!withGraph) writer.integer(1, 8);
  write(writer);
  return Buffer.concat(withGraph ? [validFile(), writer.finish()] : [writer.finish()]);
}

/** A file of one graph with raw protobuf fields. */
export const rawGraph = (write: (graph: ProtoWriter) => void) => () =>
  withRawFields((model) => {
    model.message(7, write);
    model.message(8, (opset) => opset.integer(2, 18));
  }, false);

/** A file of one tensor with these dims and other raw fields. */
export const withTensor = (dims: readonly number[], write: (tensor: ProtoWriter) => void) =>
  rawGraph((graph) =>
    graph.message(5, (tensor) => {
      tensor.packedIntegers(1, dims);
      tensor.integer(2, 1);
      tensor.string(8, "w");
      write(tensor);
    }),
  );

export function nestedGraphs(depth: number): Uint8Array {
  let inner = new Uint8Array();
  for (let level = 0; level < depth; level++) {
    const writer = new ProtoWriter();
    // From the inside out: a node of a graph, the graph of an attribute, the attribute of a node.
    writer.bytes([5, 1, 6][level % 3] ?? 6, inner);
    inner = Uint8Array.from(writer.finish());
  }
  return inner;
}

export const doublingNodes = Array.from({ length: 40 }, (_, i) =>
  node("Concat", [i === 0 ? "x" : `d${i}`, i === 0 ? "x" : `d${i}`], [i === 39 ? "x2" : `d${i + 1}`], { axis: int(1) }),
);
export const constants = Array.from({ length: 200 }, (_, i) => node("ConstantOfShape", ["big"], [`c${i}`]));
export const wide = (channels: number): Tensor => ({
  name: "k",
  dims: [channels, 1, 1, 1],
  type: "float32",
  data: new Float32Array(channels),
});

/** Sixty convolutions of 128 channels on 720 x 720 pixels: a small file that takes hours. */
export function slowNetwork(): Uint8Array {
  const channels = 128;
  const kernel: Tensor = { name: "k", dims: [channels, channels, 3, 3], type: "float32", data: new Float32Array(channels * channels * 9) };
  const first: Tensor = { ...wide(channels), name: "k1" };
  const layers = Array.from({ length: 60 }, (_, i) =>
    node("Conv", [`c${i}`, "k"], [i === 59 ? "x2" : `c${i + 1}`], { pads: ints(1, 1, 1, 1) }),
  );
  return withFirstNodes(
    [node("Resize", ["x", "", "", "big"], ["r"]), node("Conv", ["r", "k1"], ["c0"]), ...layers],
    [longs("big", 1, 1, 90, 90), kernel, first],
  )();
}

export function emptyZip(): Uint8Array {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  return end;
}

export function repeat(count: number, act: () => void): void {
  for (let i = 0; i < count; i++) act();
}
