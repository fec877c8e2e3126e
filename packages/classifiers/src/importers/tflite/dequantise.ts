/** Converts a stored TFLite tensor to float32, quantised per tensor or per channel. */
import { halfPrecision } from "@pareidolia/onnx/halfPrecision";
import { type Constant, countOf } from "../channelsLast/constants.ts";
import { corruptTflite } from "./flatTable.ts";
import type { TfliteTensor, TfliteType } from "./readTflite.ts";

const sizes: Readonly<Record<TfliteType, number>> = { float32: 4, float16: 2, int32: 4, uint8: 1, int64: 8, int8: 1, bool: 1, int16: 2 };

/** @throws AppError CORRUPT_DATA if the data does not match the tensor. */
export function dequantise(tensor: TfliteTensor): Constant {
  const values = storedValues(tensor);
  const { quantisation, dims } = tensor;
  if (quantisation === null) return { dims, data: Float32Array.from(values) };
  const { scales, zeroPoints, axis } = quantisation;
  const perChannel = scales.length > 1;
  if (perChannel && dims[axis] !== scales.length)
    throw corruptTflite(`tensor "${tensor.name}" has ${scales.length} scales along axis ${axis}`);
  if (zeroPoints.length > 1 && zeroPoints.length !== scales.length) throw corruptTflite(`tensor "${tensor.name}" has too few zero points`);
  const inner = countOf(dims.slice(axis + 1));
  const data = new Float32Array(values.length);
  for (let at = 0; at < data.length; at++) {
    const channel = perChannel ? Math.floor(at / inner) % scales.length : 0;
    data[at] = (scales[channel] as number) * ((values[at] as number) - (zeroPoints[zeroPoints.length > 1 ? channel : 0] ?? 0));
  }
  return { dims, data };
}

/** Small integers that describe shapes, axes and paddings. */
export function storedIntegers(tensor: TfliteTensor): readonly number[] {
  if (tensor.type !== "int32" && tensor.type !== "int64") throw corruptTflite(`tensor "${tensor.name}" must contain integers`);
  if (countOf(tensor.dims) > 64) throw corruptTflite(`tensor "${tensor.name}" has too many integers`);
  return Array.from(storedValues(tensor));
}

/** In double precision: a float32 cannot hold every int32 bias. */
function storedValues(tensor: TfliteTensor): Float64Array {
  const { data, type } = tensor;
  const count = countOf(tensor.dims);
  if (data.length !== count * sizes[type])
    throw corruptTflite(`tensor "${tensor.name}" declares ${count} values of ${type} but has ${data.length} bytes`);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const read = readers[type];
  const values = new Float64Array(count);
  for (let at = 0; at < count; at++) values[at] = read(view, at);
  return values;
}

const readers: Readonly<Record<TfliteType, (view: DataView, at: number) => number>> = {
  float32: (view, at) => view.getFloat32(4 * at, true),
  float16: (view, at) => halfPrecision(view.getUint16(2 * at, true)),
  int32: (view, at) => view.getInt32(4 * at, true),
  int64: (view, at) => Number(view.getBigInt64(8 * at, true)),
  int16: (view, at) => view.getInt16(2 * at, true),
  uint8: (view, at) => view.getUint8(at),
  int8: (view, at) => view.getInt8(at),
  bool: (view, at) => view.getUint8(at),
};
