/**
 * A value between operators. ONNX orders a batch of images N, C, H, W, tfjs N, H, W, C. A value records its order in memory and is
 * transposed only where an operator needs the other order.
 */
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "./tensorFlow.ts";

export interface Value {
  readonly tensor: Tensor;
  /** True for a batch of images in the order N, H, W, C. Its shape in ONNX is N, C, H, W. */
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

/** The tensor in ONNX's order. */
export function inOnnxOrder(tf: TensorFlow, value: Value): Tensor {
  return value.channelsLast ? tf.transpose(value.tensor, [...toChannelsFirst]) : value.tensor;
}

/** A batch of images in the order N, H, W, C. */
export function asImages(tf: TensorFlow, value: Value): Tensor4D {
  return (value.channelsLast ? value.tensor : tf.transpose(value.tensor, [...toChannelsLast])) as Tensor4D;
}

/** The shape in ONNX's order. */
export function shapeOf(value: Value): number[] {
  const { shape } = value.tensor;
  return value.channelsLast ? toChannelsFirst.map((axis) => shape[axis] as number) : [...shape];
}

/** The index in memory of an axis in ONNX's order; negative axes count from the end. */
export function axisInMemory(value: Value, axis: number): number {
  const { rank } = value.tensor;
  const front = axis < 0 ? axis + rank : axis;
  return value.channelsLast ? (toChannelsFirst[front] as number) : front;
}

/** Reorders entries, one per axis in ONNX's order, to the order in memory. */
export function perAxisInMemory<Entry>(value: Value, entries: readonly Entry[]): Entry[] {
  return value.channelsLast ? toChannelsLast.map((axis) => entries[axis] as Entry) : [...entries];
}

/**
 * Brings the operands of a broadcast to the same order: channels last if any operand is. Operands of lower rank are first extended with
 * axes of 1, as ONNX broadcasts them.
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
