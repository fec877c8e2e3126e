/** An ONNX file as a graph in the one form that engines and gradients are written for. */
import type { Graph } from "@pareidolia/onnx/graph";
import { normalise } from "@pareidolia/onnx/normalise";
import { decodeModel } from "@pareidolia/onnx/proto/decodeModel";

/** @throws AppError CORRUPT_DATA for a broken file, INVALID_INPUT naming the first node that is not supported. */
export function importOnnx(file: Uint8Array): Graph {
  return normalise(decodeModel(file));
}
