/** Runs graphs with onnxruntime, and compares their gradients with finite differences. */
import { Purpose, Random } from "@pareidolia/core/random";
import type { Graph } from "@pareidolia/onnx/graph";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { InferenceSession, Tensor } from "onnxruntime-node";

export interface RunnableGraph {
  run(values: Readonly<Record<string, Float32Array | BigInt64Array>>, batch?: number): Promise<Record<string, Float32Array>>;
  close(): Promise<void>;
}

/** Sizes that the graph leaves open are `batch` at run time. */
export async function openGraph(graph: Graph): Promise<RunnableGraph> {
  const session = await InferenceSession.create(encodeModel(graph), { intraOpNumThreads: 1, logSeverityLevel: 3 });
  return {
    async run(values, batch = 1) {
      const feeds = Object.fromEntries(
        graph.inputs
          .filter(({ name }) => name in values)
          .map(({ name, dims }) => {
            const sizes = dims.map((dim) => (typeof dim === "number" ? dim : batch));
            const data = values[name];
            return [
              name,
              data instanceof BigInt64Array ? new Tensor("int64", data, sizes) : new Tensor("float32", data as Float32Array, sizes),
            ];
          }),
      );
      const results = await session.run(feeds);
      return Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, Float32Array.from(tensor.data as Float32Array)]));
    },
    close: () => session.release(),
  };
}

export function drawValues(seed: number, count: number, range: readonly [number, number] = [-1, 1]): Float32Array {
  const random = new Random({ seed, generation: 0, index: 0, purpose: Purpose.NOISE });
  return Float32Array.from({ length: count }, () => range[0] + (range[1] - range[0]) * random.uniform());
}

/** In double precision, so that the differences of a sum do not drown in its rounding. */
export function dot(left: ArrayLike<number>, right: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < left.length; index++) sum += (left[index] ?? 0) * (right[index] ?? 0);
  return sum;
}
