/** A model file of any format that is read, as an ONNX graph. Its content decides, never its name. */
import type { Graph } from "@pareidolia/onnx/graph";
import { importOnnx } from "./onnx/importOnnx.ts";
import { importTfjs } from "./tfjs/importTfjs.ts";
import { importTflite } from "./tflite/importTflite.ts";
import { isTflite } from "./tflite/readTflite.ts";

const opensJson = /^[\s\uFEFF]*\{/;

/**
 * `beside` holds the other files that came with this one, by their paths below its folder: a model.json of tfjs has its weights there.
 * @throws AppError CORRUPT_DATA for a broken file, INVALID_INPUT naming what is not supported.
 */
export function importModel(file: Uint8Array, beside: ReadonlyMap<string, Uint8Array> = new Map()): Graph {
  if (isTflite(file)) return importTflite(file);
  if (opensJson.test(Buffer.from(file.subarray(0, 64)).toString("utf8"))) return importTfjs(file, beside);
  return importOnnx(file);
}
