/**
 * Builds an ONNX graph from a channels-last network (TFLite, tfjs). A value keeps the dims of its source (N x height x width x
 * channels), but the graph is channels first. Axes are mapped here, and a Transpose is added only where a reshape mixes channels with
 * pixels.
 */
import { AppError } from "@pareidolia/core/appError";
import { scaledSize } from "@pareidolia/onnx/geometry/resizeTargets";
import type { Attribute, Graph } from "@pareidolia/onnx/graph";
import { float, GraphBuilder, int, ints } from "@pareidolia/onnx/graphBuilder";
import { broadcastable, type Constant, countOf, permuted } from "./constants.ts";
import { onePixel, placeWindow, unreached, type Window } from "./windows.ts";

/** A tensor that depends on the image. The first dim is the batch and counts as 1. */
export interface Value {
  readonly name: string;
  readonly dims: readonly number[];
}

export interface BatchStatistics {
  readonly scale: Float32Array;
  readonly shift: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  readonly epsilon: number;
}

/** A slice along one channels-last axis: `count` positions from `start`, `step` apart. A negative step goes backwards. */
export interface Cut {
  readonly axis: number;
  readonly start: number;
  readonly count: number;
  readonly step: number;
}

export type BinaryOperator = "Add" | "Sub" | "Mul" | "Div" | "Max" | "Min";

const toChannelsFirst = [0, 3, 1, 2];
const toChannelsLast = [0, 2, 3, 1];

export class ChannelsLastNetwork {
  readonly #builder: GraphBuilder;
  readonly #scalars = new Map<number, string>();

  constructor(name: string) {
    this.#builder = new GraphBuilder(name);
  }

  /** Maps a channels-last axis, which may be negative, to the graph's axis. */
  axis(value: Value, axis: number): number {
    const rank = value.dims.length;
    const counted = axis < 0 ? axis + rank : axis;
    if (!Number.isInteger(counted) || counted < 0 || counted >= rank) throw unsupported(`axis ${axis} of a tensor of rank ${rank}`);
    return rank === 4 ? ([0, 2, 3, 1][counted] as number) : counted;
  }

  input(name: string, dims: readonly number[]): Value {
    this.#builder.input({ name, type: "float32", dims: this.#graphDims(dims) });
    return { name, dims };
  }

  finish(output: Value): Graph {
    this.#builder.output({ name: output.name, type: "float32", dims: this.#graphDims(output.dims) });
    return this.#builder.build();
  }

  /** A node that keeps the shape of its first input. */
  elementwise(operator: string, name: string, input: Value, attributes: Readonly<Record<string, Attribute>> = {}): Value {
    return { name: this.#builder.node(operator, name, [input.name], attributes), dims: input.dims };
  }

  /** A null bound is absent. */
  clip(name: string, input: Value, minimum: number | null, maximum: number | null): Value {
    const limits = [minimum === null ? "" : this.#scalar(minimum), ...(maximum === null ? [] : [this.#scalar(maximum)])];
    return { name: this.#builder.node("Clip", name, [input.name, ...limits]), dims: input.dims };
  }

  /** Along the channels or the last axis. */
  softmax(operator: "Softmax" | "LogSoftmax", name: string, input: Value): Value {
    return this.elementwise(operator, name, input, { axis: int(this.axis(input, -1)) });
  }

  /** `weights`: outputs x (inputs / groups) x height x width, as in ONNX. */
  conv(name: string, input: Value, options: { weights: Constant; bias: Float32Array | null; window: Window; groups: number }): Value {
    const { weights, bias, window, groups } = options;
    const [, height, width, channels] = this.#imageDims(input);
    const outputs = weights.dims[0] ?? 0;
    if ((weights.dims[1] ?? 0) * groups !== channels || outputs % groups !== 0 || (bias !== null && bias.length !== outputs))
      throw unsupported(`${name} has filters of ${weights.dims.join(" x ")} in ${groups} groups for ${channels} channels`);
    const placed = placeWindow(window, height, width);
    const stored = [this.#store(`${name}.weights`, weights)];
    if (bias !== null) stored.push(this.#store(`${name}.bias`, { dims: [outputs], data: bias }));
    this.#builder.node("Conv", name, [input.name, ...stored], {
      kernel_shape: ints(window.kernel),
      strides: ints(window.strides),
      dilations: ints(window.dilations),
      pads: ints(placed.pads),
      group: int(groups),
    });
    return { name, dims: [1, ...placed.size, outputs] };
  }

  /**
   * The adjoint of a convolution from an image of `size` to the size of the input. `weights`: inputs x outputs x height x width, as in
   * ONNX.
   */
  convTranspose(
    name: string,
    input: Value,
    options: { weights: Constant; bias: Float32Array | null; window: Window; size: readonly [number, number] },
  ): Value {
    const { weights, bias, window, size } = options;
    const [, height, width, channels] = this.#imageDims(input);
    const [inputs, outputs = 0] = weights.dims;
    const { pads, size: expected } = placeWindow(window, ...size);
    if (inputs !== channels || (bias !== null && bias.length !== outputs) || expected[0] !== height || expected[1] !== width)
      throw unsupported(
        `${name} cannot convert ${input.dims.join(" x ")} to ${size.join(" x ")} with filters of ${weights.dims.join(" x ")}`,
      );
    const stored = [this.#store(`${name}.weights`, weights)];
    if (bias !== null) stored.push(this.#store(`${name}.bias`, { dims: [outputs], data: bias }));
    this.#builder.node("ConvTranspose", name, [input.name, ...stored], {
      kernel_shape: ints(window.kernel),
      strides: ints(window.strides),
      pads: ints(pads),
      output_padding: ints(unreached(window, { pads, size: expected }, size)),
    });
    return { name, dims: [1, ...size, outputs] };
  }

  /** Averages exclude padding, as in TensorFlow. */
  pool(operator: "MaxPool" | "AveragePool", name: string, input: Value, window: Window): Value {
    const [, height, width, channels] = this.#imageDims(input);
    const placed = placeWindow(window, height, width);
    const { kernel } = window;
    const isGlobal = operator === "AveragePool" && kernel[0] === height && kernel[1] === width && placed.size.join() === "1,1";
    if (isGlobal && placed.pads.every((pad) => pad === 0)) this.#builder.node("GlobalAveragePool", name, [input.name]);
    else
      this.#builder.node(operator, name, [input.name], {
        kernel_shape: ints(kernel),
        strides: ints(window.strides),
        pads: ints(placed.pads),
      });
    return { name, dims: [1, ...placed.size, channels] };
  }

  /** The mean or maximum over height and width, which keep size 1. */
  globalPool(operator: "GlobalMaxPool" | "GlobalAveragePool", name: string, input: Value): Value {
    const [, , , channels] = this.#imageDims(input);
    return { name: this.#builder.node(operator, name, [input.name]), dims: [1, 1, 1, channels] };
  }

  /** `weights`: units x inputs. Applied along the last axis, at each pixel of an image. */
  dense(name: string, input: Value, weights: Constant, bias: Float32Array | null): Value {
    const [units = 0, inputs = 0] = weights.dims;
    if (input.dims.length < 2 || input.dims.at(-1) !== inputs || (bias !== null && bias.length !== units))
      throw unsupported(`${name} multiplies ${input.dims.join(" x ")} by ${weights.dims.join(" x ")}`);
    if (input.dims.length === 4)
      return this.conv(name, input, { weights: { dims: [units, inputs, 1, 1], data: weights.data }, bias, window: onePixel, groups: 1 });
    if (input.dims.length !== 2) {
      const stored = this.#store(`${name}.weights`, permuted(weights, [1, 0]));
      const product = this.#builder.node("MatMul", bias === null ? name : `${name}.product`, [input.name, stored]);
      const linear = { name: product, dims: [...input.dims.slice(0, -1), units] };
      return bias === null ? linear : this.binary("Add", name, linear, { dims: [units], data: bias });
    }
    const stored = [this.#store(`${name}.weights`, weights)];
    if (bias !== null) stored.push(this.#store(`${name}.bias`, { dims: [units], data: bias }));
    return { name: this.#builder.node("Gemm", name, [input.name, ...stored], { transB: int(1) }), dims: [1, units] };
  }

  /** With stored statistics, along the last axis. */
  batchNormalization(name: string, input: Value, options: BatchStatistics): Value {
    const channels = input.dims.at(-1) ?? 0;
    const parts = ["scale", "shift", "mean", "variance"] as const;
    for (const part of parts)
      if (options[part].length !== channels) throw unsupported(`${name} has ${options[part].length} statistics for ${channels} channels`);
    // ONNX normalises axis 1, which is the source's last axis only for images and vectors.
    if (input.dims.length !== 4 && input.dims.length !== 2) {
      const { scale, shift } = scaleAndShift(options);
      const scaled = this.binary("Mul", `${name}.scaled`, input, { dims: [channels], data: scale });
      return this.binary("Add", name, scaled, { dims: [channels], data: shift });
    }
    const stored = parts.map((part) => this.#store(`${name}.${part}`, { dims: [channels], data: options[part] }));
    return {
      name: this.#builder.node("BatchNormalization", name, [input.name, ...stored], { epsilon: float(options.epsilon) }),
      dims: input.dims,
    };
  }

  /** Reshapes values in the order of the source, channels last. */
  reshape(name: string, input: Value, dims: readonly number[]): Value {
    if (dims[0] !== 1 || !areSizes(dims) || countOf(dims) !== countOf(input.dims))
      throw unsupported(`${name} cannot reshape ${input.dims.join(" x ")} to ${dims.join(" x ")}`);
    if (dims.join() === input.dims.join()) return { name: input.name, dims };
    const mixed = mixesChannels(dims);
    const ordered = mixesChannels(input.dims)
      ? this.#builder.node("Transpose", `${name}.channelsLast`, [input.name], { perm: ints(toChannelsLast) })
      : input.name;
    const target = mixed || dims.length !== 4 ? dims : toChannelsFirst.map((axis) => dims[axis] as number);
    const shape = this.#builder.integers(`${name}.shape`, [-1, ...target.slice(1)]);
    const reshaped = this.#builder.node("Reshape", mixed ? `${name}.reshaped` : name, [ordered, shape]);
    if (mixed) this.#builder.node("Transpose", name, [reshaped], { perm: ints(toChannelsFirst) });
    return { name, dims };
  }

  concat(name: string, inputs: readonly Value[], axis: number): Value {
    const [first] = inputs;
    if (first === undefined || inputs.some((input) => input.dims.length !== first.dims.length))
      throw unsupported(`${name} concatenates tensors of different rank`);
    const along = axis < 0 ? axis + first.dims.length : axis;
    if (along === 0) throw unsupported(`${name} concatenates along the batch`);
    this.#builder.node(
      "Concat",
      name,
      inputs.map((input) => input.name),
      { axis: int(this.axis(first, along)) },
    );
    return {
      name,
      dims: first.dims.map((size, at) => (at === along ? inputs.reduce((sum, input) => sum + (input.dims[at] ?? 0), 0) : size)),
    };
  }

  /** Operands are two values, or a value and a constant in either position. */
  binary(operator: BinaryOperator, name: string, left: Value | Constant, right: Value | Constant): Value {
    const rank = Math.max(left.dims.length, right.dims.length);
    const names = [left, right].map((side, index) => {
      if ("data" in side) return this.#store(`${name}.constant${index}`, broadcastable(side, rank));
      if (side.dims.length !== rank) throw unsupported(`${name} combines tensors of different rank`);
      return side.name;
    });
    const dims = Array.from({ length: rank }, (_, at) => Math.max(...[left, right].map(({ dims: d }) => d[d.length - rank + at] ?? 1)));
    return { name: this.#builder.node(operator, name, names), dims };
  }

  /** `before` and `after` have one entry per axis, channels last. */
  pad(name: string, input: Value, before: readonly number[], after: readonly number[], fill: number | "reflect" = 0): Value {
    const order = input.dims.length === 4 ? toChannelsFirst : input.dims.map((_, axis) => axis);
    if (before[0] !== 0 || after[0] !== 0) throw unsupported(`${name} pads the batch`);
    const pads = this.#builder.integers(`${name}.pads`, [
      ...order.map((axis) => before[axis] ?? 0),
      ...order.map((axis) => after[axis] ?? 0),
    ]);
    if (fill === "reflect") this.#builder.node("Pad", name, [input.name, pads], { mode: { kind: "string", value: fill } });
    else this.#builder.node("Pad", name, fill === 0 ? [input.name, pads] : [input.name, pads, this.#scalar(fill)]);
    return { name, dims: input.dims.map((size, axis) => size + (before[axis] ?? 0) + (after[axis] ?? 0)) };
  }

  /** The mean or maximum over these axes, which keep size 1. Without axes, where ONNX would reduce all, returns the input. */
  reduce(operator: "ReduceMean" | "ReduceMax", name: string, input: Value, axes: readonly number[]): Value {
    const counted = axes.map((axis) => (axis < 0 ? axis + input.dims.length : axis));
    if (counted.length === 0) return input;
    if (counted.includes(0)) throw unsupported(`${name} reduces the batch`);
    if (input.dims.length === 4 && counted.length === 2 && counted.includes(1) && counted.includes(2))
      return this.globalPool(operator === "ReduceMean" ? "GlobalAveragePool" : "GlobalMaxPool", name, input);
    const stored = this.#builder.integers(
      `${name}.axes`,
      counted.map((axis) => this.axis(input, axis)),
    );
    this.#builder.node(operator, name, [input.name, stored], { keepdims: int(1) });
    return { name, dims: input.dims.map((size, axis) => (counted.includes(axis) ? 1 : size)) };
  }

  resize(name: string, input: Value, size: readonly [number, number], attributes: Readonly<Record<string, Attribute>>): Value {
    const [, height, width, channels] = this.#imageDims(input);
    const scales = Float32Array.of(1, 1, scaleTo(height, size[0]), scaleTo(width, size[1]));
    const stored = this.#builder.floats(`${name}.scales`, [4], scales);
    return { name: this.#builder.node("Resize", name, [input.name, "", stored], attributes), dims: [1, ...size, channels] };
  }

  transpose(name: string, input: Value, order: readonly number[]): Value {
    if (order.length !== input.dims.length || order[0] !== 0 || order.some((_, axis) => !order.includes(axis)))
      throw unsupported(`${name} reorders axes as ${order.join(", ")}`);
    const perm = order.length === 4 ? toChannelsFirst.map((axis) => this.axis(input, order[axis] as number)) : order;
    this.#builder.node("Transpose", name, [input.name], { perm: ints(perm) });
    return { name, dims: order.map((axis) => input.dims[axis] as number) };
  }

  /** Keeps the given range of each named axis. */
  slice(name: string, input: Value, cuts: readonly Cut[]): Value {
    for (const { axis, start, count, step } of cuts) {
      const [size = 0, last] = [input.dims[axis], start + (count - 1) * step];
      if (axis === 0 || count < 1 || step === 0 || start < 0 || last < 0 || start >= size || last >= size)
        throw unsupported(`${name} slices ${count} positions from ${start} with step ${step} out of ${input.dims.join(" x ")}`);
    }
    const stored = (part: string, value: (cut: Cut) => number): string => this.#builder.integers(`${name}.${part}`, cuts.map(value));
    this.#builder.node("Slice", name, [
      input.name,
      stored("starts", (cut) => cut.start),
      stored("ends", (cut) => endOf(cut, input.dims[cut.axis] ?? 0)),
      stored("axes", (cut) => this.axis(input, cut.axis)),
      stored("steps", (cut) => cut.step),
    ]);
    return { name, dims: input.dims.map((size, axis) => cuts.find((cut) => cut.axis === axis)?.count ?? size) };
  }

  /** Splits an axis into parts of these sizes. */
  split(name: string, input: Value, axis: number, sizes: readonly number[]): readonly Value[] {
    const along = axis < 0 ? axis + input.dims.length : axis;
    if (along === 0 || !areSizes(sizes) || sizes.reduce((sum, size) => sum + size, 0) !== input.dims[along])
      throw unsupported(`${name} splits ${input.dims.join(" x ")} along axis ${axis} into ${sizes.join(" and ")}`);
    const names = sizes.map((_, part) => `${name}.${part}`);
    const stored = this.#builder.integers(`${name}.sizes`, sizes);
    this.#builder.node("Split", names[0] ?? "", [input.name, stored], { axis: int(this.axis(input, along)) }, names.slice(1));
    return sizes.map((size, part) => ({ name: names[part] ?? "", dims: input.dims.with(along, size) }));
  }

  leakyRelu(name: string, input: Value, slope: number): Value {
    return this.elementwise("LeakyRelu", name, input, { alpha: float(slope) });
  }

  /** Slopes for negative values: one per element, shared along axes where `slopes` has size 1. */
  prelu(name: string, input: Value, slopes: Constant): Value {
    const offset = input.dims.length - slopes.dims.length;
    if (offset < 0 || slopes.dims.some((size, axis) => size !== 1 && size !== input.dims[offset + axis]))
      throw unsupported(`${name} has slopes of ${slopes.dims.join(" x ")} for ${input.dims.join(" x ")}`);
    const stored = this.#store(`${name}.slopes`, broadcastable(slopes, input.dims.length));
    return { name: this.#builder.node("PRelu", name, [input.name, stored]), dims: input.dims };
  }

  #imageDims(value: Value): readonly [number, number, number, number] {
    const [batch, height, width, channels] = value.dims;
    if (value.dims.length !== 4) throw unsupported(`${value.name} must be an image but has ${value.dims.length} axes`);
    return [batch as number, height as number, width as number, channels as number];
  }

  #graphDims(dims: readonly number[]): readonly (number | string)[] {
    return ["batch", ...(dims.length === 4 ? toChannelsFirst.map((axis) => dims[axis] as number) : dims).slice(1)];
  }

  #store(name: string, constant: Constant): string {
    return this.#builder.floats(name, constant.dims, constant.data);
  }

  #scalar(value: number): string {
    const known = this.#scalars.get(value);
    if (known !== undefined) return known;
    const name = this.#builder.floats(`scalar ${value}`, [], Float32Array.of(value));
    this.#scalars.set(value, name);
    return name;
  }
}

export function areSizes(dims: readonly number[]): boolean {
  return dims.every((size) => Number.isInteger(size) && size > 0);
}

/** The factor and offset of a normalisation with stored statistics. */
function scaleAndShift({ scale, shift, mean, variance, epsilon }: BatchStatistics): { scale: Float32Array; shift: Float32Array } {
  const factors = Array.from(scale, (value, channel) => value / Math.sqrt((variance[channel] ?? 0) + epsilon));
  return {
    scale: Float32Array.from(factors),
    shift: shift.map((value, channel) => value - (mean[channel] ?? 0) * (factors[channel] ?? 0)),
  };
}

/** ONNX's exclusive end. -1 would mean the last position, so an end before the first is encoded as -size - 1. */
function endOf({ start, count, step }: Cut, size: number): number {
  const end = start + (count - 1) * step + Math.sign(step);
  return end < 0 ? -size - 1 : end;
}

/** Whether channels first and channels last order the values differently. */
function mixesChannels(dims: readonly number[]): boolean {
  const [, height = 1, width = 1, channels = 1] = dims;
  return dims.length === 4 && height * width > 1 && channels > 1;
}

/** The float32 scale, nudged up if rounding would lose a pixel. */
function scaleTo(from: number, to: number): number {
  const scale = Math.fround(to / from);
  return scaledSize(from, scale) === to ? scale : Math.fround(scale * (1 + 2 ** -22));
}

export function unsupported(what: string): AppError {
  return new AppError("INVALID_INPUT", `This model cannot be imported: ${what}.`);
}
