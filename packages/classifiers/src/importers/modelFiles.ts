/** The files of a model, whether they come one by one or in one ZIP archive. The content says which format it is; a name proves nothing. */
import type { SidecarFiles } from "@pareidolia/onnx/proto/externalFiles";
import { unpackModel } from "./modelArchive.ts";
import { isTflite } from "./tflite/readTflite.ts";
import { isZip } from "./zipArchive.ts";

export type ModelFormat = "onnx" | "tflite" | "tfjs";

export interface ModelFiles {
  readonly format: ModelFormat;
  readonly model: Uint8Array;
  /** The model's weight files by path below its folder. */
  readonly beside: SidecarFiles;
}

const opensJson = /^[\s\uFEFF]*\{/;

/** @throws AppError CORRUPT_DATA for an archive that does not hold one model. */
export function readModelFiles(file: Uint8Array, beside: SidecarFiles = new Map()): ModelFiles {
  const isArchive = !isTflite(file) && isZip(file);
  const files = isArchive ? unpackModel(file) : { model: file, beside };
  return { ...files, format: formatOf(files.model) };
}

function formatOf(model: Uint8Array): ModelFormat {
  if (isTflite(model)) return "tflite";
  return opensJson.test(Buffer.from(model.subarray(0, 64)).toString("utf8")) ? "tfjs" : "onnx";
}
