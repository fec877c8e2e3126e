/**
 * Makes a network read interleaved RGB pixels as they are in memory, without splitting the channels first. Interleaved, a colour image
 * is a grey image of three times the width. A convolution over it uses three times the kernel width and stride, with weights in the same
 * order, and multiplies the same numbers.
 */

import { readWindow } from "./geometry/spatialWindow.ts";
import type { Graph, GraphNode, Tensor } from "./graph.ts";
import { ints } from "./graphBuilder.ts";

type Floats = Extract<Tensor, { type: "float32" }>;

const channels = 3;
/** Operators allowed before the convolution, with a constant second input: one number, or one per channel. */
const scalingOperators: ReadonlySet<string> = new Set(["Add", "Sub", "Mul", "Div"]);
const one = Float32Array.of(1);

/** The graph with the input N x 1 x height x (width * 3); null if it does not begin with a convolution over three channels. */
export function interleaveInput(graph: Graph): Graph | null {
  const [input] = graph.inputs;
  const [batch, depth, height, width] = input?.dims ?? [];
  if (input === undefined || batch === undefined || depth !== channels || typeof height !== "number" || typeof width !== "number")
    return null;
  const head = findHead(graph, input.name);
  if (head === null) return null;
  const { scalings, conv, weights } = head;
  // A multiplication right before the convolution is folded into its weights.
  const last = scalings.at(-1);
  const factor = last?.node.operator === "Mul" ? last : null;
  const remaining = factor === null ? scalings : scalings.slice(0, -1);
  const constants = remaining.map(({ node, values }) => nameIn(node, spreadChannels(values, width)));
  const interleaved = nameIn(conv, interleaveWeights(weights, factor?.values ?? one));
  const changed = new Map([
    ...remaining.map(({ node }, i) => [node, { ...node, inputs: node.inputs.with(1, constants[i]?.name ?? "") }] as const),
    [
      conv,
      { ...widen(conv, weights), inputs: [factor?.node.inputs[0] ?? conv.inputs[0] ?? "", interleaved.name, ...conv.inputs.slice(2)] },
    ] as const,
  ]);
  const taken = new Set([...graph.initializers.map(({ name }) => name), ...graph.nodes.flatMap(({ outputs }) => outputs)]);
  if ([...constants, interleaved].some(({ name }) => taken.has(name))) return null;
  const nodes = graph.nodes.flatMap((node) => (node === factor?.node ? [] : [changed.get(node) ?? node]));
  const read = new Set(nodes.flatMap(({ inputs }) => inputs));
  const reshaped = new Set(scalings.map(({ node }) => node.outputs[0]));
  return {
    ...graph,
    nodes,
    inputs: [{ ...input, dims: [batch, 1, height, width * channels] }],
    initializers: [...graph.initializers.filter(({ name }) => read.has(name)), ...constants, interleaved],
    ...(graph.values === undefined ? {} : { values: graph.values.filter(({ name }) => !reshaped.has(name)) }),
  };
}

interface Scaling {
  readonly node: GraphNode;
  /** One per channel, or a single one for all. */
  readonly values: Float32Array;
}

/** The scalings of the input and the convolution that reads the result; null if any other node reads these values. */
function findHead(graph: Graph, input: string): { scalings: readonly Scaling[]; conv: GraphNode; weights: Floats } | null {
  const floats = new Map(graph.initializers.flatMap((tensor) => (tensor.type === "float32" ? [[tensor.name, tensor] as const] : [])));
  const outputs = new Set(graph.outputs.map(({ name }) => name));
  const scalings: Scaling[] = [];
  for (let value = input; ; ) {
    const [node, ...others] = graph.nodes.filter(({ inputs }) => inputs.includes(value));
    const constant = floats.get(node?.inputs[1] ?? "");
    if (node === undefined || others.length > 0 || outputs.has(value) || node.inputs[0] !== value || constant === undefined) return null;
    if (node.operator === "Conv") {
      const isColour = constant.dims.length === 4 && constant.dims[1] === channels;
      return isColour && readWindow(node, constant.dims.slice(2)).dilations[1] === 1 ? { scalings, conv: node, weights: constant } : null;
    }
    if (!scalingOperators.has(node.operator) || !isPerChannel(constant)) return null;
    scalings.push({ node, values: constant.data });
    value = node.outputs[0] ?? "";
  }
}

function isPerChannel({ dims, data }: Floats): boolean {
  if (data.length === 1) return dims.length <= 4;
  return (dims.length === 3 || dims.length === 4) && dims.every((size, axis) => size === (axis === dims.length - 3 ? channels : 1));
}

function nameIn({ outputs }: GraphNode, tensor: Omit<Floats, "name">): Floats {
  return { ...tensor, name: `${outputs[0]}.interleaved` };
}

/** The same convolution over interleaved pixels. */
function widen(conv: GraphNode, weights: Floats): GraphNode {
  const { kernel, strides, begin, end } = readWindow(conv, weights.dims.slice(2));
  const attributes = new Map(conv.attributes)
    .set("kernel_shape", ints([kernel[0], kernel[1] * channels]))
    .set("strides", ints([strides[0], strides[1] * channels]))
    .set("pads", ints([begin[0], begin[1] * channels, end[0], end[1] * channels]));
  return { ...conv, attributes };
}

/** One value per column of the interleaved image, or a single value for all. */
function spreadChannels(values: Float32Array, width: number): Omit<Floats, "name"> {
  if (values.every((value) => value === values[0])) return { type: "float32", dims: [1], data: values.slice(0, 1) };
  const data = Float32Array.from({ length: width * channels }, (_, column) => values[column % channels] as number);
  return { type: "float32", dims: [data.length], data };
}

/** Filters x 1 x rows x (columns * 3), with each channel's weights scaled by its factor. */
function interleaveWeights({ dims, data }: Floats, factors: Float32Array): Omit<Floats, "name"> {
  const [filters = 0, , rows = 0, columns = 0] = dims;
  const interleaved = new Float32Array(data.length);
  let to = 0;
  for (let filter = 0; filter < filters; filter++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        for (let channel = 0; channel < channels; channel++) {
          const weight = data[((filter * channels + channel) * rows + row) * columns + column] as number;
          interleaved[to++] = weight * (factors[channel % factors.length] as number);
        }
  return { type: "float32", dims: [filters, 1, rows, columns * channels], data: interleaved };
}
