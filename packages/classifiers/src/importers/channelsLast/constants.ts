/** Stored tensors of channels-last networks, converted to ONNX's order (channels first). */

export interface Constant {
  /** Channels last. */
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/** The number of values of a tensor with these dims. */
export function countOf(dims: readonly number[]): number {
  return dims.reduce((product, size) => product * size, 1);
}

/** The data of a tensor with its axes in another order: axis `i` of the result is axis `order[i]` of the source. */
export function permuted(source: Constant, order: readonly number[]): Constant {
  const dims = order.map((axis) => source.dims[axis] ?? 1);
  const strides = source.dims.map((_, axis) => countOf(source.dims.slice(axis + 1)));
  const steps = order.map((axis) => strides[axis] ?? 0);
  const data = new Float32Array(source.data.length);
  const position = dims.map(() => 0);
  let from = 0;
  for (let at = 0; at < data.length; at++) {
    data[at] = source.data[from] as number;
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      const step = steps[axis] as number;
      position[axis] = (position[axis] as number) + 1;
      from += step;
      if ((position[axis] as number) < (dims[axis] as number)) break;
      from -= step * (position[axis] as number);
      position[axis] = 0;
    }
  }
  return { dims, data };
}

/**
 * Prepares a constant for broadcasting against a tensor of this rank: N x height x width x channels becomes N x channels x height x
 * width.
 */
export function broadcastable(constant: Constant, rank: number): Constant {
  if (rank !== 4 || constant.dims.length === 0) return constant;
  const padded = { dims: [...Array.from({ length: 4 - constant.dims.length }, () => 1), ...constant.dims], data: constant.data };
  return permuted(padded, [0, 3, 1, 2]);
}
