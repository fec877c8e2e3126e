/**
 * Rewrites the weights of a transposed convolution for a plain convolution: swaps inputs and outputs within each group and reverses rows
 * and columns. From filters x channels/group x rows x columns to channels x filters/group x rows x columns.
 */
import type { Tensor } from "../graph.ts";

export function flipWeights(weights: Extract<Tensor, { type: "float32" }>, groups: number): Float32Array {
  const [filters = 0, channels = 0, rows = 0, columns = 0] = weights.dims;
  const cells = rows * columns;
  const perGroup = filters / groups;
  const flipped = new Float32Array(weights.data.length);
  for (let filter = 0; filter < filters; filter++) {
    const group = Math.floor(filter / perGroup);
    for (let channel = 0; channel < channels; channel++) {
      const from = (filter * channels + channel) * cells;
      const to = ((group * channels + channel) * perGroup + (filter % perGroup)) * cells;
      for (let cell = 0; cell < cells; cell++) flipped[to + cells - 1 - cell] = weights.data[from + cell] as number;
    }
  }
  return flipped;
}
