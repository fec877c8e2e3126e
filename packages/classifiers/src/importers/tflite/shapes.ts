/** Operators that move, join, average or resize: shapes come from the file's own description of the result. */
import type { Attribute } from "@pareidolia/onnx/graph";
import { unsupported } from "../channelsLast/channelsLastNetwork.ts";
import type { ImportOperator, OperatorPlace } from "./importOperator.ts";

/** RESHAPE, SQUEEZE and EXPAND_DIMS alike: the result's dims are in the file. */
export const reshape: ImportOperator = (place) => place.network.reshape(place.name, place.value(0), place.output.dims);

export const mean: ImportOperator = (place) => {
  const input = place.value(0);
  const reduced = place.network.reduce("ReduceMean", `${place.name}.reduced`, input, place.integers(1));
  return place.network.reshape(place.name, reduced, place.output.dims);
};

export const concatenation: ImportOperator = (place) => {
  if ((place.options?.int8(1) ?? 0) !== 0) throw unsupported(`${place.name} joins with a fused activation`);
  const inputs = Array.from({ length: place.inputCount }, (_, index) => place.value(index));
  return place.network.concat(place.name, inputs, place.options?.int32(0) ?? 0);
};

export const pad: ImportOperator = (place) => {
  const pairs = place.integers(1);
  const value = place.has(2) ? (place.constant(2).data[0] ?? 0) : 0;
  const [before, after] = [pairs.filter((_, at) => at % 2 === 0), pairs.filter((_, at) => at % 2 === 1)];
  return place.network.pad(place.name, place.value(0), before, after, value);
};

export const transpose: ImportOperator = (place) => place.network.transpose(place.name, place.value(0), place.integers(1));

const text = (value: string): Attribute => ({ kind: "string", value });

function resizeTo(place: OperatorPlace, slots: { corners: number; centres: number }, attributes: Record<string, Attribute>) {
  const [height = 0, width = 0] = place.integers(1);
  if (height < 1 || width < 1 || height > 65_536 || width > 65_536) throw unsupported(`${place.name} resizes to ${height} x ${width}`);
  const corners = (place.options?.int8(slots.corners) ?? 0) !== 0;
  const centres = (place.options?.int8(slots.centres) ?? 0) !== 0;
  const places = corners ? "align_corners" : centres ? "half_pixel" : "asymmetric";
  // TensorFlow's nearest takes the floor of an unshifted place, and rounds halves up otherwise.
  const nearest = places === "asymmetric" ? "floor" : "round_prefer_ceil";
  const all = { coordinate_transformation_mode: text(places), nearest_mode: text(nearest), ...attributes };
  return place.network.resize(place.name, place.value(0), [height, width], all);
}

export const resizeBilinear: ImportOperator = (place) => resizeTo(place, { corners: 2, centres: 3 }, { mode: text("linear") });
export const resizeNearest: ImportOperator = (place) => resizeTo(place, { corners: 0, centres: 1 }, { mode: text("nearest") });
