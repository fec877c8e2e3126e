/** Layers of the built-in networks. Each declares its two parameters (weights and bias) and adds its node. */
import { type GraphBuilder, int, ints } from "../graphBuilder.ts";
import type { NetworkParameter } from "./network.ts";

export interface Layer {
  readonly parameters: readonly [NetworkParameter, NetworkParameter];
  add(builder: GraphBuilder, input: string): string;
}

export interface ConvolutionShape {
  readonly inputs: number;
  readonly outputs: number;
  /** Kernel side in pixels; kernels are square. */
  readonly side: number;
  /** Pixels of zero on each side. */
  readonly padding?: number;
}

export function convolution(name: string, { inputs, outputs, side, padding = 0 }: ConvolutionShape): Layer {
  const attributes = {
    kernel_shape: ints([side, side]),
    ...(padding === 0 ? {} : { pads: ints([padding, padding, padding, padding]) }),
  };
  return {
    parameters: parametersOf(name, [outputs, inputs, side, side], inputs * side * side),
    add: (builder, input) => builder.node("Conv", name, [input, `${name}.weights`, `${name}.bias`], attributes),
  };
}

/** `name` is the prefix of the parameters; `node` overrides the node's name. */
export function dense(name: string, { inputs, outputs, node = name }: { inputs: number; outputs: number; node?: string }): Layer {
  return {
    parameters: parametersOf(name, [outputs, inputs], inputs),
    add: (builder, input) => builder.node("Gemm", node, [input, `${name}.weights`, `${name}.bias`], { transB: int(1) }),
  };
}

/** Max pooling with 2 x 2 windows and stride 2. */
export function halve(builder: GraphBuilder, name: string, input: string): string {
  return builder.node("MaxPool", name, [input], { kernel_shape: ints([2, 2]), strides: ints([2, 2]) });
}

function parametersOf(name: string, dims: readonly number[], fanIn: number): readonly [NetworkParameter, NetworkParameter] {
  const [outputs = 0] = dims;
  return [
    { name: `${name}.weights`, type: "float32", dims, fanIn },
    { name: `${name}.bias`, type: "float32", dims: [outputs], fanIn: 0 },
  ];
}
