/** An ONNX file as a graph that every engine runs: its batch of any size. */
import type { Graph } from "@pareidolia/onnx/graph";
import { decodeModel } from "@pareidolia/onnx/proto/decodeModel";
import { withFreeBatch } from "./withFreeBatch.ts";

/** @throws AppError CORRUPT_DATA for a broken file or one beyond the supported subset. */
export function importOnnx(file: Uint8Array): Graph {
  return withFreeBatch(decodeModel(file));
}
