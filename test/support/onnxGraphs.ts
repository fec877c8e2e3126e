/** Runs graphs with onnxruntime, and compares their gradients with finite differences. */
import { executionProvider, type Provider } from "@pareidolia/classifiers/engines/onnxruntime/executionProvider";
import { Purpose, Random } from "@pareidolia/core/random";
import { addGradients } from "@pareidolia/onnx/differentiate";
import type { Graph } from "@pareidolia/onnx/graph";
import { GraphBuilder } from "@pareidolia/onnx/graphBuilder";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { InferenceSession, Tensor } from "onnxruntime-node";

type Values = Readonly<Record<string, Float32Array | BigInt64Array>>;

interface ShapedValue {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

type Shapes = Readonly<Record<string, readonly number[]>>;

export interface RunnableGraph {
  run(values: Values, batch?: number): Promise<Record<string, Float32Array>>;
  /** With the full shapes of the inputs in `shapes`. */
  runShaped(values: Values, shapes: Shapes, batch?: number): Promise<Record<string, Float32Array>>;
  /** The same, also with the outputs' shapes. */
  runToShapes(values: Values, shapes: Shapes, batch?: number): Promise<Record<string, ShapedValue>>;
  close(): Promise<void>;
}

function floatsOf(data: Tensor.DataType): Float32Array {
  return data instanceof Float32Array ? data.slice() : Float32Array.from(data as ArrayLike<number | bigint>, Number);
}

/** Symbolic sizes are `batch` at run time. Inputs that are also stored in the file may be omitted. */
export async function openGraph(graph: Graph, provider: Provider = "cpu"): Promise<RunnableGraph> {
  const session = await InferenceSession.create(encodeModel(graph), {
    executionProviders: [executionProvider(provider, graph)],
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const runToShapes: RunnableGraph["runToShapes"] = async (values, shapes, batch = 1) => {
    const given = graph.inputs.filter(({ name }) => name in values);
    const feeds = Object.fromEntries(
      given.map(({ name, dims }) => {
        const sizes = shapes[name] ?? dims.map((dim) => (typeof dim === "number" ? dim : batch));
        const data = values[name];
        return [
          name,
          data instanceof BigInt64Array ? new Tensor("int64", data, sizes) : new Tensor("float32", data as Float32Array, sizes),
        ];
      }),
    );
    const results = Object.entries(await session.run(feeds));
    return Object.fromEntries(results.map(([name, { data, dims }]) => [name, { data: floatsOf(data), shape: dims }]));
  };
  const runShaped: RunnableGraph["runShaped"] = async (values, shapes, batch) => {
    const results = Object.entries(await runToShapes(values, shapes, batch));
    return Object.fromEntries(results.map(([name, { data }]) => [name, data]));
  };
  return {
    runToShapes,
    runShaped,
    run: (values, batch) => runShaped(values, {}, batch),
    close: () => session.release(),
  };
}

export function drawValues(seed: number, count: number, range: readonly [number, number] = [-1, 1]): Float32Array {
  const random = new Random({ seed, generation: 0, index: 0, purpose: Purpose.NOISE });
  return Float32Array.from({ length: count }, () => range[0] + (range[1] - range[0]) * random.uniform());
}

/** Distinct, evenly spaced values of the range in random order. */
export function spreadValues(count: number, [low, high]: readonly [number, number]): Float32Array {
  const keys = drawValues(7, count);
  const order = [...keys.keys()].sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
  const values = new Float32Array(count);
  for (const [rank, index] of order.entries()) values[index] = low + ((rank + 0.37) / count) * (high - low);
  return values;
}

/** A graph of one input and one output that also returns `gradient`, given the gradient `seed` of its output. */
export function withGradient(graph: Graph): Graph {
  const builder = new GraphBuilder("withGradient", graph);
  const [input, output] = [graph.inputs[0], graph.outputs[0]];
  if (input === undefined || output === undefined) throw new Error("The graph must have one input and one output.");
  const seed = builder.input({ name: "seed", type: "float32", dims: output.dims.map((dim) => (typeof dim === "number" ? dim : "any")) });
  const gradient = addGradients(builder, graph, { of: output.name, seed, withRespectTo: [input.name] }).get(input.name) ?? "";
  builder.output({ ...input, name: builder.node("Identity", "gradient", [gradient]) });
  return builder.build();
}

/** In double precision, so that differences of sums are larger than rounding errors. */
export function dot(left: ArrayLike<number>, right: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < left.length; index++) sum += (left[index] ?? 0) * (right[index] ?? 0);
  return sum;
}
