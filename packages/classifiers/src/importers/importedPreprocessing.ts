/**
 * Pre-processing for the graph that `importModel` makes of a file. TFLite and tfjs networks read their channels last, and the graph reads
 * them first, whatever layout was declared. ONNX files come in both layouts, which `withInputLayout` tells apart.
 */
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import type { ModelFiles } from "./modelFiles.ts";

export function importedPreprocessing({ format }: Pick<ModelFiles, "format">, declared: Preprocessing): Preprocessing {
  return format === "onnx" ? declared : { ...declared, layout: "NCHW" };
}
