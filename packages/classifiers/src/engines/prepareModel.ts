/** Prepares a model for any engine: imports its file (or takes a graph) and adds pre-processing and framing. */
import { AppError } from "@pareidolia/core/appError";
import { framedShape } from "@pareidolia/core/crops";
import type { Framing, Preprocessing } from "@pareidolia/core/preprocessing";
import { bindImageSize } from "@pareidolia/onnx/bindImageSize";
import type { Graph } from "@pareidolia/onnx/graph";
import { withInputLayout } from "@pareidolia/onnx/inputLayout";
import { normalise } from "@pareidolia/onnx/normalise";
import { withPreprocessing } from "@pareidolia/onnx/prologue";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { sha256 } from "../files/sha256.ts";
import { importedPreprocessing } from "../importers/importedPreprocessing.ts";
import { importModelFiles } from "../importers/importModel.ts";
import { readModelFiles } from "../importers/modelFiles.ts";
import type { PreparedModel } from "./engine.ts";

export type ModelSource = ({ readonly file: Uint8Array } | { readonly graph: Graph }) & {
  readonly preprocessing: Preprocessing;
  /** Default: "whole", for images of the network's input size. */
  readonly framing?: Framing | undefined;
  readonly labels: readonly string[];
};

function readSource(source: ModelSource): { readonly declared: Preprocessing; readonly given: Graph } {
  if ("graph" in source) {
    const { graph, preprocessing } = source;
    return { declared: preprocessing, given: normalise(bindImageSize(graph, preprocessing)) };
  }
  const files = readModelFiles(source.file);
  const declared = importedPreprocessing(files, source.preprocessing);
  return { declared, given: importModelFiles(files, declared) };
}

/**
 * The model's hash covers its file, the declared pre-processing and the framing, and is the same on every engine. It does not change if
 * the file overrides the declared layout.
 * @throws AppError CORRUPT_DATA for a file that is not a model, INVALID_INPUT for pre-processing or labels that do not fit it.
 */
export function prepareModel(source: ModelSource): PreparedModel {
  const { labels } = source;
  const framing = source.framing ?? { kind: "whole" };
  const { declared, given } = readSource(source);
  const preprocessing = withInputLayout(given, declared);
  const graph = withPreprocessing(given, preprocessing, framing);
  const classes = graph.outputs[0]?.dims[1];
  if (classes !== labels.length)
    throw new AppError("INVALID_INPUT", `This model has ${classes} classes, but there are ${labels.length} labels.`, {
      field: "labels",
    });
  const fileHash = sha256("file" in source ? source.file : encodeModel(given));
  return {
    graph,
    input: framedShape(framing, preprocessing),
    labels,
    modelHash: sha256(`${fileHash}\n${JSON.stringify({ preprocessing: inOrder(preprocessing), framing })}`),
  };
}

/** With a fixed order of keys, on which the hash depends. */
function inOrder(value: Preprocessing): Preprocessing {
  const { width, height, channels, channelOrder, layout, mean, deviation } = value;
  return { width, height, channels, channelOrder, layout, mean, deviation };
}
