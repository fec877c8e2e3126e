/** A model file of any format that is read, as an ONNX graph. Its content decides, never its name. */
import type { Graph } from "@pareidolia/onnx/graph";
import { modelFormat } from "./modelFormat.ts";
import { importOnnx } from "./onnx/importOnnx.ts";
import { importTfjs } from "./tfjs/importTfjs.ts";
import { importTflite } from "./tflite/importTflite.ts";

/**
 * `beside` holds the other files that came with this one, by their paths below its folder: a model.json of tfjs has its weights there.
 * @throws AppError CORRUPT_DATA for a broken file, INVALID_INPUT naming what is not supported.
 */
export function importModel(file: Uint8Array, beside: ReadonlyMap<string, Uint8Array> = new Map()): Graph {
  switch (modelFormat(file)) {
    case "tflite":
      return importTflite(file);
    case "tfjs":
      return importTfjs(file, beside);
    case "onnx":
      return importOnnx(file);
  }
}
