/** A model file of any format that is read, as an ONNX graph. Its content decides, never its name. */
import { AppError } from "@pareidolia/core/appError";
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import type { Graph } from "@pareidolia/onnx/graph";
import type { SidecarFiles } from "@pareidolia/onnx/proto/externalFiles";
import { type ModelFiles, readModelFiles } from "./modelFiles.ts";
import { importOnnx } from "./onnx/importOnnx.ts";
import { importTfjs } from "./tfjs/importTfjs.ts";
import { importTflite } from "./tflite/importTflite.ts";

/**
 * `beside` holds the model's weight files by path below its folder, unless everything is packed into one archive. `preprocessing` gives the
 * size of the images where an ONNX file leaves it open.
 * @throws AppError CORRUPT_DATA for a broken file, INVALID_INPUT naming what is missing or not supported.
 */
export function importModel(file: Uint8Array, beside?: SidecarFiles, preprocessing?: Preprocessing): Graph {
  return importModelFiles(readModelFiles(file, beside), preprocessing);
}

/** Like `importModel`, for files that are already unpacked. */
export function importModelFiles(files: ModelFiles, preprocessing?: Preprocessing): Graph {
  switch (files.format) {
    case "tflite":
      return importTflite(onlyFile(files));
    case "tfjs":
      return importTfjs(files.model, files.beside);
    case "onnx":
      return importOnnx(files.model, { beside: files.beside, preprocessing });
  }
}

function onlyFile({ model, beside }: ModelFiles): Uint8Array {
  const [stranger] = beside.keys();
  if (stranger === undefined) return model;
  throw new AppError("CORRUPT_DATA", `A TFLite file contains its own weights. Leave out ${JSON.stringify(stranger)}.`);
}
