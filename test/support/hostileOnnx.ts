/** Hostile ONNX files, each with the expected reason for its refusal. */
import type { GraphNode, Tensor } from "@pareidolia/onnx/graph";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { costlyOnnx } from "./costlyOnnx.ts";
import {
  emptyZip,
  type HostileFile,
  int,
  ints,
  longs,
  nestedGraphs,
  node,
  ofOneImage,
  rawGraph,
  repeat,
  validFile,
  validGraph,
  variant,
  weights,
  wide,
  withFirstNodes,
  withRawFields,
  withTensor,
} from "./onnxVariants.ts";

/** The valid network with a fourth class, and with nodes that compute "y" from "logits". */
const fourClasses = (end: GraphNode[], stored: Tensor[]) =>
  variant({
    nodes: [...validGraph().nodes.slice(0, 2), ...end],
    initializers: [weights({ dims: [64, 4], data: Float32Array.from({ length: 256 }, (_, i) => ((i * 37) % 17) / 17 - 0.5) }), ...stored],
  });

export const hostileOnnx: readonly HostileFile[] = [
  { what: "an empty file", file: () => new Uint8Array(), reason: /empty/ },
  { what: "one byte", file: () => Uint8Array.of(8), reason: /ends within/ },
  ...[0.1, 0.3, 0.5, 0.7, 0.9, 0.99].map((part) => ({
    what: `the first ${part * 100} % of a file`,
    file: () => validFile().slice(0, Math.floor(validFile().length * part)),
    reason: /ends within|no graph|operator set/,
  })),
  { what: "noise", file: () => Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919 + 13) % 251), reason: /ONNX file/ },
  { what: "a tensor in another file", file: withTensor([1], (t) => t.integer(14, 1)), reason: /external data/ },
  {
    what: "a tensor at ../../etc/passwd",
    file: withTensor([1], (t) =>
      t.message(13, (entry) => {
        entry.string(1, "location");
        entry.string(2, "../../../../etc/passwd");
      }),
    ),
    reason: /external data/,
  },
  {
    what: "a shape of too many values",
    file: variant({ initializers: [weights({ dims: [64, 4] })] }),
    reason: /declares 256 values but has 192/,
  },
  {
    what: "a shape of too few values",
    file: variant({ initializers: [weights({ dims: [64, 2] })] }),
    reason: /declares 128 values/,
  },
  { what: "a negative size", file: variant({ initializers: [weights({ dims: [-64, 3] })] }), reason: /size -64 is invalid/ },
  {
    what: "two negative sizes with the right product",
    file: variant({ initializers: [weights({ dims: [-64, -3] })] }),
    reason: /size -64 is invalid/,
  },
  {
    what: "sizes whose product overflows",
    file: variant({ initializers: [weights({ dims: [2 ** 30, 2 ** 30, 2 ** 30] })] }),
    reason: /values but has 192/,
  },
  {
    what: "a size beyond any integer",
    file: variant({ initializers: [weights({ dims: [2 ** 53, 3] })] }),
    reason: /too large|is invalid/,
  },
  {
    what: "a tensor of 2 GB that has four bytes",
    file: withTensor([2 ** 29], (t) => t.bytes(9, new Uint8Array(4))),
    reason: /declares 536870912/,
  },
  {
    what: "a length of 2 GB in a short file",
    file: () => Buffer.concat([Uint8Array.of(8, 8, 0x3a), Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x08), new Uint8Array(50)]),
    reason: /ends within/,
  },
  {
    what: "a tensor of 5,000 dimensions",
    file: withTensor(Array<number>(5000).fill(1), (t) => t.bytes(9, new Uint8Array(4))),
    reason: /more than 8/,
  },
  {
    what: "a million nodes",
    file: rawGraph((g) => repeat(1_000_000, () => g.bytes(1, Uint8Array.of(10, 0, 18, 0)))),
    reason: /more than 20000 nodes/,
  },
  {
    what: "a million stored tensors",
    file: rawGraph((g) => repeat(1_000_000, () => g.bytes(5, Uint8Array.of(16, 1, 8, 0)))),
    reason: /more than 50000 stored/,
  },
  {
    what: "a million graph inputs",
    file: rawGraph((g) => repeat(1_000_000, () => g.bytes(11, Uint8Array.of(18, 4, 10, 2, 8, 1)))),
    reason: /more than 50000 inputs/,
  },
  {
    what: "a node with a million inputs",
    file: rawGraph((g) => g.message(1, (n) => repeat(1_000_000, () => n.string(1, "")))),
    reason: /more than 2048 inputs/,
  },
  {
    what: "a million attributes of a node",
    file: rawGraph((g) => g.message(1, (n) => repeat(1_000_000, () => n.bytes(5, Uint8Array.of(24, 1))))),
    reason: /more than 64 attributes/,
  },
  {
    what: "four million integers of one byte",
    file: withTensor([4_000_000], (t) => t.bytes(7, new Uint8Array(4_000_000))),
    reason: /more than 2097152 values/,
  },
  {
    what: "an attribute of a million integers",
    file: rawGraph((g) => g.message(1, (n) => n.message(5, (a) => a.bytes(8, new Uint8Array(1_000_000))))),
    reason: /more than 65536 values/,
  },
  { what: "a number that never ends", file: () => Uint8Array.from({ length: 1000 }, () => 255), reason: /never ends/ },
  {
    what: "graphs nested a thousand levels deep",
    file: rawGraph((g) => g.message(1, (n) => n.bytes(5, nestedGraphs(3000)))),
    reason: /unknown type|attribute/,
  },
  { what: "names that are not UTF-8", file: rawGraph((g) => g.bytes(2, Uint8Array.of(0xc3, 0x28, 0xff))), reason: /not UTF-8/ },
  { what: "a cycle of two nodes", file: withFirstNodes([node("Relu", ["b"], ["x2"]), node("Relu", ["x2"], ["b"])]), reason: /cycle/ },
  { what: "a node that feeds itself", file: withFirstNodes([node("Add", ["x", "x2"], ["x2"])]), reason: /cycle/ },
  { what: "an undefined value", file: withFirstNodes([node("Relu", ["ghost"], ["x2"])]), reason: /"ghost" before it is defined/ },
  {
    what: "two nodes with one output",
    file: withFirstNodes([node("Relu", ["x"], ["x2"]), node("Abs", ["x"], ["x2"])]),
    reason: /Two values are named "x2"/,
  },
  { what: "two tensors with one name", file: variant({ initializers: [weights(), weights()] }), reason: /Two values are named "w"/ },
  {
    what: "a node that overwrites the input",
    file: withFirstNodes([node("Relu", ["x"], ["x"]), node("Relu", ["x"], ["x2"])]),
    reason: /Two values are named "x"/,
  },
  {
    what: "a node that overwrites the weights",
    file: withFirstNodes([node("Relu", ["x"], ["w"]), node("Relu", ["x"], ["x2"])]),
    reason: /Two values are named "w"/,
  },
  {
    what: "an undefined output",
    file: variant({ outputs: [{ name: "z", type: "float32", dims: ["N", 3] }] }),
    reason: /The output "z" is not defined/,
  },
  {
    what: "two outputs",
    file: variant({ outputs: [...validGraph().outputs, { name: "logits", type: "float32", dims: ["N", 3] }] }),
    reason: /has 2/,
  },
  { what: "no output", file: variant({ outputs: [] }), reason: /has 0/ },
  { what: "two inputs", file: variant({ inputs: [...validGraph().inputs, { name: "x9", type: "float32", dims: [1] }] }), reason: /has 2/ },
  { what: "no input", file: variant({ inputs: [] }), reason: /has 0/ },
  {
    what: "an input of three dimensions",
    file: variant({ inputs: [{ name: "x", type: "float32", dims: [1, 8, 8] }] }),
    reason: /four dimensions/,
  },
  {
    what: "an input with a side of a million pixels",
    file: variant({ inputs: [{ name: "x", type: "float32", dims: ["N", 1, 8, 1_000_000] }] }),
    reason: /1024 pixels/,
  },
  {
    what: "an input with a negative side",
    file: variant({ inputs: [{ name: "x", type: "float32", dims: ["N", 1, -8, 8] }] }),
    reason: /side of -8/,
  },
  {
    what: "two classes for three labels",
    file: variant({
      initializers: [weights({ dims: [64, 2], data: new Float32Array(128) } as Partial<Tensor>)],
      outputs: [{ name: "y", type: "float32", dims: ["N", 2] }],
    }),
    reason: /2 classes, but there are 3 labels/,
  },
  {
    what: "an output with a false size",
    file: variant({ outputs: [{ name: "y", type: "float32", dims: ["N", 1_000_000_000] }], initializers: [weights({ dims: [32, 6] })] }),
    reason: /./,
  },
  {
    what: "weights of NaN",
    file: variant({ initializers: [weights({ data: new Float32Array(192).fill(Number.NaN) } as Partial<Tensor>)] }),
    reason: /does not return probabilities/,
  },
  {
    what: "infinite weights",
    file: variant({ initializers: [weights({ data: new Float32Array(192).fill(Number.POSITIVE_INFINITY) } as Partial<Tensor>)] }),
    reason: /does not return probabilities/,
  },
  {
    what: "a division by zero",
    file: withFirstNodes([node("Sub", ["x", "x"], ["nil"]), node("Div", ["x", "nil"], ["x2"])]),
    reason: /does not return probabilities/,
  },
  {
    what: "an export of one image that subtracts the mean of all",
    file: ofOneImage(
      [node("ReduceMean", ["x", "first"], ["mean"], { keepdims: int(1) }), node("Relu", ["x"], ["r"]), node("Add", ["mean", "r"], ["x2"])],
      [longs("first", 0)],
    ),
    reason: /different scores for an image in a batch than alone.*Export it/,
  },
  {
    what: "an export of one image that mixes the rows of several",
    file: ofOneImage(
      [node("Transpose", ["x"], ["t"], { perm: ints(2, 0, 3, 1) }), node("Reshape", ["t", "sides"], ["x2"])],
      [longs("sides", -1, 1, 8, 8)],
    ),
    reason: /different scores for an image in a batch than alone/,
  },
  {
    what: "an export of one image that selects the first of several",
    file: ofOneImage([node("Gather", ["x", "first"], ["x2"], { axis: int(0) })], [longs("first", 0)]),
    reason: /1 row of scores for any number of images.*Export it/,
  },
  {
    what: "an export of one image that concatenates a stored one",
    file: ofOneImage(
      [node("Concat", ["x", "plane"], ["both"], { axis: int(1) }), node("ReduceMean", ["both", "second"], ["x2"])],
      [{ name: "plane", dims: [1, 1, 8, 8], type: "float32", data: new Float32Array(64) }, longs("second", 1)],
    ),
    reason: /fails on a batch of several images.*Export it/,
  },
  {
    what: "a network with all images in one row",
    file: variant({
      nodes: [...validGraph().nodes.slice(0, 2), node("Reshape", ["logits", "row"], ["y"])],
      initializers: [weights(), longs("row", -1)],
      outputs: [{ name: "y", type: "float32", dims: [3] }],
    }),
    reason: /returns scores of the shape 3\*N for N images/,
  },
  {
    what: "probabilities computed as squares divided by their sum",
    file: variant({
      nodes: [
        ...validGraph().nodes.slice(0, 2),
        node("Add", ["logits", "one"], ["more"]),
        node("Mul", ["more", "more"], ["squares"]),
        node("ReduceSum", ["squares", "classes"], ["sum"]),
        node("Div", ["squares", "sum"], ["y"]),
      ],
      initializers: [weights(), longs("classes", 1), { name: "one", dims: [], type: "float32", data: Float32Array.of(1) }],
    }),
    reason: /returns probabilities of an unknown form.*Export it/,
  },
  {
    what: "probabilities without the background class",
    file: fourClasses(
      [node("Softmax", ["logits"], ["p"]), node("Slice", ["p", "one", "four", "one"], ["y"])],
      [longs("one", 1), longs("four", 4)],
    ),
    reason: /Slice node "y" changes the probabilities/,
  },
  {
    what: "some of the probabilities, multiplied by the reciprocal of a sum",
    file: fourClasses(
      [
        node("Exp", ["logits"], ["exp"]),
        node("ReduceSum", ["exp", "one"], ["sum"]),
        node("Reciprocal", ["sum"], ["by"]),
        node("Mul", ["exp", "by"], ["p"]),
        node("Gather", ["p", "some"], ["y"], { axis: int(1) }),
      ],
      [longs("one", 1), longs("some", 3, 1, 2)],
    ),
    reason: /Gather node "y" changes the probabilities/,
  },
  {
    what: "probabilities weighted by class",
    file: variant({
      nodes: [...validGraph().nodes.slice(0, 2), node("Softmax", ["logits"], ["p"]), node("Mul", ["p", "prior"], ["y"])],
      initializers: [weights(), { name: "prior", dims: [3], type: "float32", data: Float32Array.of(0.2, 0.3, 0.5) }],
    }),
    reason: /Mul node "y" changes the probabilities/,
  },
  { what: "an unknown operator", file: withFirstNodes([node("Detonate", ["x"], ["x2"])]), reason: /Detonate/ },
  { what: "a loop", file: withFirstNodes([node("Loop", ["x"], ["x2"])]), reason: /Loop/ },
  {
    what: "an operator of a custom domain",
    file: rawGraph((g) =>
      g.message(1, (n) => {
        n.string(4, "Shell");
        n.string(7, "com.evil");
      }),
    ),
    reason: /com\.evil/,
  },
  {
    what: "a tensor named ../../etc/passwd",
    file: variant({ initializers: [weights(), weights({ name: "../../etc/passwd" })] }),
    reason: /could be a path/,
  },
  {
    what: "a node named ..\\..\\boot.ini",
    file: variant({ nodes: validGraph().nodes.map((n) => ({ ...n, name: "..\\..\\boot.ini" })) }),
    reason: /could be a path/,
  },
  {
    what: "a tensor named file:///etc/passwd",
    file: variant({ initializers: [weights(), weights({ name: "file:///etc/passwd" })] }),
    reason: /could be a path/,
  },
  {
    what: "a node with a zero byte in its name",
    file: variant({ nodes: validGraph().nodes.map((n) => ({ ...n, name: "a\u0000b" })) }),
    reason: /could be a path/,
  },
  {
    what: "a name of 100,000 characters",
    file: variant({ initializers: [weights(), weights({ name: "n".repeat(100_000) })] }),
    reason: /100000 characters/,
  },
  { what: "operator set 6", file: variant({ opset: 6 }), reason: /operator set 6/ },
  { what: "operator set 99", file: variant({ opset: 99 }), reason: /operator set 99/ },
  { what: "no graph", file: () => withRawFields((m) => m.message(8, (o) => o.integer(2, 18)), false), reason: /no graph/ },
  { what: "two graphs", file: () => withRawFields((m) => m.message(7, (g) => g.string(2, "second"))), reason: /two graphs/ },
  { what: "no version", file: () => validFile().slice(2), reason: /IR version/ },
  { what: "a field that ONNX does not have", file: () => withRawFields((m) => m.string(99, "#!/bin/sh")), reason: /unknown field 99/ },
  { what: "sparse weights", file: rawGraph((g) => g.message(15, (s) => s.integer(1, 1))), reason: /sparsely/ },
  { what: "complex numbers", file: rawGraph((g) => g.message(5, (t) => t.integer(2, 14))), reason: /element type 14/ },
  ...costlyOnnx,
  {
    what: "a huge dilation",
    file: withFirstNodes(
      [node("Conv", ["x", "k"], ["x2"], { dilations: ints(2 ** 63, 2 ** 63) })],
      [{ ...wide(4), dims: [1, 1, 2, 2] } as Tensor],
    ),
    reason: /window larger/,
  },
  {
    what: "a slice with huge steps",
    file: withFirstNodes(
      [node("Slice", ["x", "from", "to", "axes", "steps"], ["x2"])],
      [
        longs("from", -1),
        { name: "to", dims: [1], type: "int64", data: BigInt64Array.of(-(2n ** 63n)) },
        longs("axes", 2),
        { name: "steps", dims: [1], type: "int64", data: BigInt64Array.of(-(2n ** 63n)) },
      ],
    ),
    reason: /./,
  },
  {
    what: "a stride of zero",
    file: withFirstNodes([node("MaxPool", ["x"], ["x2"], { kernel_shape: ints(2, 2), strides: ints(0, 0) })]),
    reason: /./,
  },
  { what: "an axis out of range", file: withFirstNodes([node("Concat", ["x", "x"], ["x2"], { axis: int(17) })]), reason: /./ },
  { what: "an incompatible shape", file: withFirstNodes([node("Reshape", ["x", "big"], ["x2"])], [longs("big", 7, -1)]), reason: /./ },
  { what: "a group count of zero", file: withFirstNodes([node("Conv", ["x", "k"], ["x2"], { group: int(0) })], [wide(1)]), reason: /./ },
  {
    what: "attributes named __proto__ and constructor",
    file: withFirstNodes([node("Detonate", ["x"], ["x2"], { ["__proto__"]: int(1), constructor: int(2) })]),
    reason: /Detonate/,
  },
  { what: "a ZIP archive after the network", file: () => Buffer.concat([validFile(), emptyZip()]), reason: /ZIP archive/ },
  { what: "a ZIP archive", file: () => Buffer.from("PK\u0003\u0004rest of it", "latin1"), reason: /ZIP archive/ },
  { what: "an image", file: () => Buffer.from("\u0089PNG\r\n\u001a\n0000", "latin1"), reason: /an image/ },
  { what: "an SVG with a script", file: () => Buffer.from("<svg onload=alert(1)>"), reason: /also a document or a script/ },
  {
    what: "a network that is also a web page",
    file: () => encodeModel(validGraph({ name: "<html><script>alert(1)</script>" })),
    reason: /also a document or a script/,
  },
  {
    what: "a network that is also a PDF",
    file: () => encodeModel(validGraph({ name: "%PDF-1.7" })),
    reason: /also a document or a script/,
  },
  { what: "a Python pickle", file: () => Buffer.from("\u0080\u0004\u0095cos\nsystem", "latin1"), reason: /pickle/ },
  { what: "a program", file: () => Buffer.from("\u007fELF\u0002\u0001", "latin1"), reason: /program/ },
];
