/** The files of a model, given one by one or as one ZIP archive. The content determines the format; names are ignored. */
import type { SidecarFiles } from "@pareidolia/onnx/proto/externalFiles";
import { unpackModel } from "./modelArchive.ts";
import { isTflite } from "./tflite/readTflite.ts";
import { isZip } from "./zipArchive.ts";

export type ModelFormat = "onnx" | "tflite" | "tfjs";

export interface ModelFiles {
  readonly format: ModelFormat;
  readonly model: Uint8Array;
  /** Weight files by path relative to the model's folder. */
  readonly sidecars: SidecarFiles;
}

const opensJson = /^[\s\uFEFF]*\{/;

/** @throws AppError CORRUPT_DATA for an archive without exactly one model. */
export function readModelFiles(file: Uint8Array, sidecars: SidecarFiles = new Map()): ModelFiles {
  const isArchive = !isTflite(file) && isZip(file);
  const files = isArchive ? unpackModel(file) : { model: file, sidecars };
  return { ...files, format: formatOf(files.model) };
}

function formatOf(model: Uint8Array): ModelFormat {
  if (isTflite(model)) return "tflite";
  return opensJson.test(Buffer.from(model.subarray(0, 64)).toString("utf8")) ? "tfjs" : "onnx";
}
