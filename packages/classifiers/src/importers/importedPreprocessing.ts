/**
 * Pre-processing for the graph from `importModel`. TFLite and tfjs networks are channels last and their graphs channels first, whatever
 * layout was declared. ONNX files have either layout, which `withInputLayout` detects.
 */
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import type { ModelFiles } from "./modelFiles.ts";

export function importedPreprocessing({ format }: Pick<ModelFiles, "format">, declared: Preprocessing): Preprocessing {
  return format === "onnx" ? declared : { ...declared, layout: "NCHW" };
}
