/** Interpolation weights of Resize along one axis, by the formulas of ONNX's operator documentation. */
import type { GraphNode } from "../graph.ts";
import { maxTensorElements } from "../maxTensorElements.ts";
import { floatOr, intOr, textOr } from "../nodes/attributeValues.ts";
import { refuse } from "../nodes/refuse.ts";

interface ResizedAxis {
  readonly from: number;
  readonly to: number;
  readonly scale: number;
}

type Place = (output: number, axis: ResizedAxis) => number;

/** (output + .5) / scale in single precision, as in every engine. */
const middleOf: Place = (output, { scale }) => Math.fround((output + 0.5) / Math.fround(scale));

/**
 * Position on the input for each output position. The cropping transformation is missing: it uses a region of interest, which neither
 * sizes nor scales give.
 */
const places: Readonly<Record<string, Place>> = {
  half_pixel: (output, axis) => middleOf(output, axis) - 0.5,
  // Keeps the centre of the input at the centre of an output with a rounded size. onnxruntime rounds this sum only once, at the end.
  half_pixel_symmetric: (output, { from, to, scale }) => {
    const adjustment = Math.fround(to / Math.fround(Math.fround(scale) * from));
    return (from / 2) * (1 - adjustment) + (output + 0.5) / Math.fround(scale) - 0.5;
  },
  pytorch_half_pixel: (output, axis) => (axis.to > 1 ? middleOf(output, axis) - 0.5 : 0),
  tf_half_pixel_for_nn: middleOf,
  align_corners: (output, { from, to }) => (to > 1 ? (output * (from - 1)) / (to - 1) : 0),
  asymmetric: (output, { scale }) => output / Math.fround(scale),
};

/** Tolerance for the middle between two pixels, as in onnxruntime. */
const middleTolerance = 1e-6;
const isBetween = (place: number): boolean => Math.abs(place - Math.floor(place) - 0.5) < middleTolerance;

const roundings: Readonly<Record<string, (place: number) => number>> = {
  round_prefer_floor: (place) => (isBetween(place) ? Math.floor(place) : Math.round(place)),
  round_prefer_ceil: (place) => (isBetween(place) ? Math.ceil(place) : Math.round(place)),
  floor: Math.floor,
  ceil: Math.ceil,
};

const modes: readonly string[] = ["nearest", "linear", "cubic"];

/** @throws AppError INVALID_INPUT naming an unsupported mode. */
export function checkInterpolation(node: GraphNode): void {
  const mode = textOr(node, "mode", "nearest");
  if (!modes.includes(mode)) refuse(node, `interpolates in the mode "${mode}", which is not supported`);
  placeOf(node);
  if (mode === "nearest") roundingOf(node);
}

/**
 * Row-major `to` x `from` matrix: each output position is a weighted sum of input positions.
 * @throws AppError INVALID_INPUT if an axis is so long that its matrix would be too large.
 */
export function interpolationMatrix(node: GraphNode, axis: ResizedAxis): Float32Array {
  const { from, to } = axis;
  const mode = textOr(node, "mode", "nearest");
  const place = placeOf(node);
  const round = mode === "nearest" ? roundingOf(node) : null;
  if (to * from > maxTensorElements)
    refuse(node, `resizes an axis from ${from} to ${to} positions, more than are supported along one axis`);
  const matrix = new Float32Array(to * from);
  const add = (output: number, input: number, weight: number): void => {
    const at = output * from + Math.min(Math.max(input, 0), from - 1);
    matrix[at] = (matrix[at] ?? 0) + weight;
  };
  for (let output = 0; output < to; output++) {
    // In single precision, as engines compute it: between two pixels, the last bit decides.
    const original = Math.fround(place(output, axis));
    if (round !== null) {
      add(output, round(original), 1);
    } else if (mode === "linear") {
      const inside = Math.min(Math.max(original, 0), from - 1);
      const low = Math.floor(inside);
      add(output, low, 1 - (inside - low));
      add(output, low + 1, inside - low);
    } else {
      for (const { input, weight } of cubicWeights(node, original, from)) add(output, input, weight);
    }
  }
  return matrix;
}

/** Keys' cubic convolution of the four nearest pixels. Pixels beyond the image repeat its edge or are excluded. */
function cubicWeights(node: GraphNode, place: number, from: number): readonly { readonly input: number; readonly weight: number }[] {
  const a = floatOr(node, "cubic_coeff_a", -0.75);
  const low = Math.floor(place);
  const near = (distance: number): number => ((a + 2) * distance - (a + 3)) * distance * distance + 1;
  const far = (distance: number): number => ((a * distance - 5 * a) * distance + 8 * a) * distance - 4 * a;
  const around = [-1, 0, 1, 2].map((step) => {
    const distance = Math.abs(place - low - step);
    return { input: low + step, weight: distance <= 1 ? near(distance) : far(distance) };
  });
  if (intOr(node, "exclude_outside", 0) === 0) return around;
  const inside = around.filter(({ input }) => input >= 0 && input < from);
  const total = inside.reduce((sum, { weight }) => sum + weight, 0);
  return inside.map(({ input, weight }) => ({ input, weight: weight / total }));
}

function placeOf(node: GraphNode): Place {
  const kind = textOr(node, "coordinate_transformation_mode", "half_pixel");
  return ownEntry(places, kind) ?? refuse(node, `places pixels by "${kind}", which is not supported`);
}

function roundingOf(node: GraphNode): (place: number) => number {
  const kind = textOr(node, "nearest_mode", "round_prefer_floor");
  return ownEntry(roundings, kind) ?? refuse(node, `rounds by "${kind}", which is not supported`);
}

/** Own entries only: a file may name "constructor". */
function ownEntry<Entry>(table: Readonly<Record<string, Entry>>, name: string): Entry | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
