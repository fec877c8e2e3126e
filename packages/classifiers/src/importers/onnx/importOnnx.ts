/** An ONNX file as a graph in the one form that engines and gradients are written for. */
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import { bindImageSize } from "@pareidolia/onnx/bindImageSize";
import type { Graph } from "@pareidolia/onnx/graph";
import { normalise } from "@pareidolia/onnx/normalise";
import { decodeModel } from "@pareidolia/onnx/proto/decodeModel";
import type { SidecarFiles } from "@pareidolia/onnx/proto/externalFiles";

export interface OnnxImport {
  /** Its weight files by path below its folder. */
  readonly beside?: SidecarFiles | undefined;
  /** Says the size of the images where the file leaves it open. */
  readonly preprocessing?: Preprocessing | undefined;
  /** Looks at the graph as the file has it, and throws for one that must not be worked with. */
  readonly check?: (graph: Graph) => void;
}

/** @throws AppError CORRUPT_DATA for a broken file, INVALID_INPUT naming a file that is missing or the first node that is not supported. */
export function importOnnx(file: Uint8Array, { beside, preprocessing, check }: OnnxImport = {}): Graph {
  const graph = decodeModel(file, beside);
  check?.(graph);
  return normalise(preprocessing === undefined ? graph : bindImageSize(graph, preprocessing));
}
