/** A model file of any format that is read, as an ONNX graph. Its content decides, never its name. */
import { AppError } from "@pareidolia/core/appError";
import type { Graph } from "@pareidolia/onnx/graph";
import { importOnnx } from "./onnx/importOnnx.ts";
import { importTflite } from "./tflite/importTflite.ts";
import { isTflite } from "./tflite/readTflite.ts";

const opensJson = /^[\s\uFEFF]*\{/;

/** @throws AppError CORRUPT_DATA for a broken file, INVALID_INPUT naming what is not supported. */
export function importModel(file: Uint8Array): Graph {
  if (isTflite(file)) return importTflite(file);
  if (opensJson.test(Buffer.from(file.subarray(0, 64)).toString("utf8")))
    throw new AppError("INVALID_INPUT", "This is a model.json of tfjs: bring it together with its weight files.");
  return importOnnx(file);
}
