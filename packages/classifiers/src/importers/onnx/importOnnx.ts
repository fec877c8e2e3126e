/** Imports an ONNX file as a normalised graph. */
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import { bindImageSize } from "@pareidolia/onnx/bindImageSize";
import type { Graph } from "@pareidolia/onnx/graph";
import { normalise } from "@pareidolia/onnx/normalise";
import { decodeModel } from "@pareidolia/onnx/proto/decodeModel";
import type { SidecarFiles } from "@pareidolia/onnx/proto/externalFiles";

export interface OnnxImport {
  /** Weight files by path relative to the model's folder. */
  readonly sidecars?: SidecarFiles | undefined;
  /** Gives the image size where the file leaves it open. */
  readonly preprocessing?: Preprocessing | undefined;
  /** Checks the graph before normalisation; throws to refuse it. */
  readonly check?: (graph: Graph) => void;
}

/** @throws AppError CORRUPT_DATA for a broken file, INVALID_INPUT naming a missing file or the first unsupported node. */
export function importOnnx(file: Uint8Array, { sidecars, preprocessing, check }: OnnxImport = {}): Graph {
  const graph = decodeModel(file, sidecars);
  check?.(graph);
  return normalise(preprocessing === undefined ? graph : bindImageSize(graph, preprocessing));
}
