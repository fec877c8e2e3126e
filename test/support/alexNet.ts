/** A network of AlexNet's layers: its five convolutions in one tower (96, 256, 384, 384, 256), overlapping pools, and two fully connected layers. The weights are random. */
import { openClassifier } from "@pareidolia/classifiers/engines/openClassifier";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { Graph } from "@pareidolia/onnx/graph";
import { GraphBuilder, int, ints } from "@pareidolia/onnx/graphBuilder";
import { drawValues } from "./onnxGraphs.ts";

const alexNetSide = 227;
/** Longer tensors repeat this many values, of which no two rows of a layer start alike: drawing 62 million takes three seconds. */
const maxDrawn = 1_000_003;

export interface AlexNetOptions {
  /** Local response normalisation after the first two convolutions, as in the paper's network. */
  readonly normalised?: boolean;
  /** Of each fully connected layer. Default: AlexNet's 4,096, whose 59 million weights take longer to copy than the rest to compute. */
  readonly units?: number;
}

export function alexNet({ normalised = false, units = 4096 }: AlexNetOptions = {}): Graph {
  const builder = new GraphBuilder("alexnet");
  let seed = 40;
  const weights = (name: string, dims: readonly number[]): string => {
    const fanIn = dims.slice(1).reduce((product, size) => product * size, 1);
    const limit = Math.sqrt(6 / fanIn);
    const count = fanIn * (dims[0] ?? 1);
    const drawn = drawValues(seed++, Math.min(count, maxDrawn), [-limit, limit]);
    const values = new Float32Array(count);
    for (let start = 0; start < count; start += drawn.length) values.set(drawn.subarray(0, count - start), start);
    return builder.floats(name, dims, values);
  };
  const convolve = (
    name: string,
    input: string,
    shape: { inputs: number; outputs: number; side: number; stride: number; pad: number },
  ): string => {
    const { inputs, outputs, side, stride, pad } = shape;
    const bias = builder.floats(`${name}.bias`, [outputs], new Float32Array(outputs));
    const sums = builder.node("Conv", `${name}.sums`, [input, weights(`${name}.weights`, [outputs, inputs, side, side]), bias], {
      kernel_shape: ints([side, side]),
      strides: ints([stride, stride]),
      pads: ints([pad, pad, pad, pad]),
    });
    return builder.node("Relu", name, [sums]);
  };
  const pool = (name: string, input: string): string =>
    builder.node("MaxPool", name, [input], { kernel_shape: ints([3, 3]), strides: ints([2, 2]) });
  const respond = (name: string, input: string): string => (normalised ? builder.node("LRN", name, [input], { size: int(5) }) : input);
  const connect = (name: string, input: string, inputs: number, outputs: number): string =>
    builder.node("Gemm", name, [input, weights(`${name}.weights`, [outputs, inputs])], { transB: int(1) });

  const pixels = builder.input({ name: "pixels", type: "float32", dims: ["batch", 3, alexNetSide, alexNetSide] });
  const scaled = builder.node("Mul", "scaled", [pixels, builder.floats("scale", [], Float32Array.of(1 / 128))]);
  const conv1 = convolve("conv1", scaled, { inputs: 3, outputs: 96, side: 11, stride: 4, pad: 0 });
  const pool1 = pool("pool1", respond("norm1", conv1));
  const conv2 = convolve("conv2", pool1, { inputs: 96, outputs: 256, side: 5, stride: 1, pad: 2 });
  const pool2 = pool("pool2", respond("norm2", conv2));
  const conv3 = convolve("conv3", pool2, { inputs: 256, outputs: 384, side: 3, stride: 1, pad: 1 });
  const conv4 = convolve("conv4", conv3, { inputs: 384, outputs: 384, side: 3, stride: 1, pad: 1 });
  const pool5 = pool("pool5", convolve("conv5", conv4, { inputs: 384, outputs: 256, side: 3, stride: 1, pad: 1 }));
  const fc6 = builder.node("Relu", "fc6", [connect("fc6.sums", builder.node("Flatten", "features", [pool5]), 9216, units)]);
  const fc7 = builder.node("Relu", "fc7", [connect("fc7.sums", fc6, units, units)]);
  const logits = connect("logits", fc7, units, 1000);
  builder.node("Softmax", "probabilities", [logits], { axis: int(1) });
  for (const name of ["probabilities", "logits"]) builder.output({ name, type: "float32", dims: ["batch", 1000] });
  return builder.build();
}

/** The network as a classifier of images from 0 to 255. Each thread has its own copy of the weights. */
export function openAlexNet(engine: string, graph: Graph, threads?: number): Promise<DifferentiableClassifier> {
  return openClassifier({
    graph: { ...graph, outputs: graph.outputs.filter(({ name }) => name === "probabilities") },
    preprocessing: {
      width: alexNetSide,
      height: alexNetSide,
      channels: 3,
      channelOrder: "RGB",
      layout: "NCHW",
      mean: [0],
      deviation: [1],
    },
    labels: Array.from({ length: 1000 }, (_, label) => `class ${label}`),
    engine,
    threads,
  });
}
