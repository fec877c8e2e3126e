/** A model file of any format that is read, as an ONNX graph. Its content decides, never its name. */
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import type { Graph } from "@pareidolia/onnx/graph";
import { modelFormat } from "./modelFormat.ts";
import { importOnnx } from "./onnx/importOnnx.ts";
import { importTfjs } from "./tfjs/importTfjs.ts";
import { unpackTfjs } from "./tfjs/tfjsArchive.ts";
import { importTflite } from "./tflite/importTflite.ts";
import { isZip } from "./zipArchive.ts";

/**
 * `beside` holds the other files that came with this one, by their paths below its folder: a model.json of tfjs has its weights there,
 * unless both are packed into one archive. `preprocessing` says the size of the images where an ONNX file leaves it open.
 * @throws AppError CORRUPT_DATA for a broken file, INVALID_INPUT naming what is not supported.
 */
export function importModel(file: Uint8Array, beside: ReadonlyMap<string, Uint8Array> = new Map(), preprocessing?: Preprocessing): Graph {
  switch (modelFormat(file)) {
    case "tflite":
      return importTflite(file);
    case "tfjs": {
      const { modelJson, shards } = isZip(file) ? unpackTfjs(file) : { modelJson: file, shards: beside };
      return importTfjs(modelJson, shards);
    }
    case "onnx":
      return importOnnx(file, { preprocessing });
  }
}
