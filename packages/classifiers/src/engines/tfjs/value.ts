/**
 * What flows between operators. ONNX orders an image batch N, C, H, W and tfjs computes on N, H, W, C: a value remembers how it lies
 * in memory, and is turned only where an operator needs the other order.
 */
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "./tensorFlow.ts";

export interface Value {
  readonly tensor: Tensor;
  /** True for a batch of images that lies as N, H, W, C while its shape, as ONNX counts it, is N, C, H, W. */
  readonly channelsLast: boolean;
}

const toChannelsLast = [0, 2, 3, 1] as const;
const toChannelsFirst = [0, 3, 1, 2] as const;

export function plain(tensor: Tensor): Value {
  return { tensor, channelsLast: false };
}

export function channelsLast(tensor: Tensor): Value {
  return { tensor, channelsLast: true };
}

/** The tensor in ONNX's own order. */
export function inOnnxOrder(tf: TensorFlow, value: Value): Tensor {
  return value.channelsLast ? tf.transpose(value.tensor, [...toChannelsFirst]) : value.tensor;
}

/** A batch of images as N, H, W, C. */
export function asImages(tf: TensorFlow, value: Value): Tensor4D {
  return (value.channelsLast ? value.tensor : tf.transpose(value.tensor, [...toChannelsLast])) as Tensor4D;
}

/** The shape as ONNX counts it. */
export function shapeOf(value: Value): number[] {
  const { shape } = value.tensor;
  return value.channelsLast ? toChannelsFirst.map((axis) => shape[axis] as number) : [...shape];
}

/** Where an axis of ONNX's order lies in memory; negative axes count from the end. */
export function axisInMemory(value: Value, axis: number): number {
  const { rank } = value.tensor;
  const front = axis < 0 ? axis + rank : axis;
  return value.channelsLast ? (toChannelsFirst[front] as number) : front;
}

/** Turns a list that has one entry an axis (as ONNX counts) into memory's order. */
export function perAxisInMemory<Entry>(value: Value, entries: readonly Entry[]): Entry[] {
  return value.channelsLast ? toChannelsLast.map((axis) => entries[axis] as Entry) : [...entries];
}

/**
 * Brings operands of a broadcast to one order: if any is channels-last, all are, an operand of lower rank by its own axes.
 */
export function inOneOrder(tf: TensorFlow, values: readonly Value[]): { readonly tensors: Tensor[]; readonly channelsLast: boolean } {
  if (!values.some((value) => value.channelsLast)) return { tensors: values.map(({ tensor }) => tensor), channelsLast: false };
  if (values.some(({ tensor }) => tensor.rank > 4)) return { tensors: values.map((value) => inOnnxOrder(tf, value)), channelsLast: false };
  const tensors = values.map((value) => {
    const { tensor } = value;
    if (value.channelsLast) return tensor;
    if (tensor.size === 1 && tensor.rank < 4) return tf.reshape(tensor, []);
    const widened = [...Array.from({ length: 4 - tensor.rank }, () => 1), ...tensor.shape];
    return tf.transpose(tf.reshape(tensor, widened), [...toChannelsLast]);
  });
  return { tensors, channelsLast: true };
}
