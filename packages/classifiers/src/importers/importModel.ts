/** Imports a model file of any supported format as an ONNX graph. The format is detected from the content, never from the name. */
import { AppError } from "@pareidolia/core/appError";
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import type { Graph } from "@pareidolia/onnx/graph";
import type { SidecarFiles } from "@pareidolia/onnx/proto/externalFiles";
import { type ModelFiles, readModelFiles } from "./modelFiles.ts";
import { importOnnx } from "./onnx/importOnnx.ts";
import { importTfjs } from "./tfjs/importTfjs.ts";
import { importTflite } from "./tflite/importTflite.ts";

/**
 * `sidecars` are the model's weight files, by path relative to its folder, unless everything is in one archive. `preprocessing` gives
 * the image size where an ONNX file leaves it open.
 * @throws AppError CORRUPT_DATA for a broken file, INVALID_INPUT naming a missing or unsupported part.
 */
export function importModel(file: Uint8Array, sidecars?: SidecarFiles, preprocessing?: Preprocessing): Graph {
  return importModelFiles(readModelFiles(file, sidecars), preprocessing);
}

/** Like `importModel`, for files that are already unpacked. */
export function importModelFiles(files: ModelFiles, preprocessing?: Preprocessing): Graph {
  switch (files.format) {
    case "tflite":
      return importTflite(onlyFile(files));
    case "tfjs":
      return importTfjs(files.model, files.sidecars);
    case "onnx":
      return importOnnx(files.model, { sidecars: files.sidecars, preprocessing });
  }
}

function onlyFile({ model, sidecars }: ModelFiles): Uint8Array {
  const [extra] = sidecars.keys();
  if (extra === undefined) return model;
  throw new AppError("CORRUPT_DATA", `A TFLite file contains its own weights. Remove ${JSON.stringify(extra)}.`);
}
