/** An ONNX file as a graph in the one form that engines and gradients are written for. */
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import { bindImageSize } from "@pareidolia/onnx/bindImageSize";
import type { Graph } from "@pareidolia/onnx/graph";
import { normalise } from "@pareidolia/onnx/normalise";
import { decodeModel } from "@pareidolia/onnx/proto/decodeModel";

export interface OnnxImport {
  /** Says the size of the images where the file leaves it open. */
  readonly preprocessing?: Preprocessing | undefined;
  /** Looks at the graph as the file has it, and throws for one that must not be worked with. */
  readonly check?: (graph: Graph) => void;
}

/** @throws AppError CORRUPT_DATA for a broken file, INVALID_INPUT naming the first node that is not supported. */
export function importOnnx(file: Uint8Array, { preprocessing, check }: OnnxImport = {}): Graph {
  const graph = decodeModel(file);
  check?.(graph);
  return normalise(preprocessing === undefined ? graph : bindImageSize(graph, preprocessing));
}
