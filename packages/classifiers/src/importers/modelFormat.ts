/** Which format a model file has, told by its content: its name proves nothing. */
import { isTflite } from "./tflite/readTflite.ts";
import { isZip } from "./zipArchive.ts";

export type ModelFormat = "onnx" | "tflite" | "tfjs";

const opensJson = /^[\s\uFEFF]*\{/;

export function modelFormat(file: Uint8Array): ModelFormat {
  if (isTflite(file)) return "tflite";
  if (isZip(file)) return "tfjs";
  return opensJson.test(Buffer.from(file.subarray(0, 64)).toString("utf8")) ? "tfjs" : "onnx";
}
