/** The interpolation weights of Resize along one axis, after the formulas of ONNX's operator documentation. */
import type { GraphNode } from "../graph.ts";
import { textOr } from "./attributeValues.ts";
import { refuse } from "./refuse.ts";

/** Weights that one axis may take: 16 MB, as from 1,024 positions to 4,096. */
const mostWeights = 2 ** 22;

/**
 * Row-major `to` x `from`: each output position as a weighted sum of input positions.
 * @throws AppError INVALID_INPUT for an axis so long that its weights would fill the memory.
 */
export function interpolationMatrix(node: GraphNode, axis: { from: number; to: number; scale: number }): Float32Array {
  const { from, to } = axis;
  const mode = textOr(node, "mode", "nearest");
  if (mode !== "nearest" && mode !== "linear") refuse(node, `interpolates in the mode "${mode}", which is not supported`);
  if (to * from > mostWeights) refuse(node, `resizes an axis from ${from} to ${to} positions, more than are supported along one axis`);
  const matrix = new Float32Array(to * from);
  const add = (output: number, input: number, weight: number): void => {
    const at = output * from + Math.min(Math.max(input, 0), from - 1);
    matrix[at] = (matrix[at] ?? 0) + weight;
  };
  for (let output = 0; output < to; output++) {
    const place = Math.fround(originalCoordinate(node, output, axis));
    if (mode === "nearest") {
      add(output, roundCoordinate(node, place), 1);
      continue;
    }
    const inside = Math.min(Math.max(place, 0), from - 1);
    const low = Math.floor(inside);
    add(output, low, 1 - (inside - low));
    add(output, low + 1, inside - low);
  }
  return matrix;
}

/** In single precision, as engines compute it: where a position falls between two pixels, the last bit decides. */
function originalCoordinate(node: GraphNode, output: number, { from, to, scale }: { from: number; to: number; scale: number }): number {
  const kind = textOr(node, "coordinate_transformation_mode", "half_pixel");
  switch (kind) {
    case "half_pixel":
      return Math.fround((output + 0.5) / Math.fround(scale)) - 0.5;
    case "pytorch_half_pixel":
      return to > 1 ? Math.fround((output + 0.5) / Math.fround(scale)) - 0.5 : 0;
    case "align_corners":
      return to > 1 ? (output * (from - 1)) / (to - 1) : 0;
    case "asymmetric":
      return output / Math.fround(scale);
    default:
      return refuse(node, `places pixels by "${kind}", which is not supported`);
  }
}

function roundCoordinate(node: GraphNode, place: number): number {
  const kind = textOr(node, "nearest_mode", "round_prefer_floor");
  switch (kind) {
    case "round_prefer_floor":
      return Math.ceil(place - 0.5);
    case "round_prefer_ceil":
      return Math.floor(place + 0.5);
    case "floor":
      return Math.floor(place);
    case "ceil":
      return Math.ceil(place);
    default:
      return refuse(node, `rounds by "${kind}", which is not supported`);
  }
}
