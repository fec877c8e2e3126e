/** The data that an onnxruntime thread receives when it starts. */
import type { ExecutionProvider } from "./executionProvider.ts";

export interface OnnxThreadSetup {
  /** An ONNX file from `pixels` to `probabilities` and `logits`. */
  readonly file: Uint8Array;
  /** The execution provider of that file. */
  readonly provider: ExecutionProvider;
  /** The shape of one image in that file: channels, height, width; or 1, height, width x channels if channels are interleaved. */
  readonly scoredDims: readonly number[];
  /** The shape of one image in files with a gradient: channels, height, width. */
  readonly gradientDims: readonly number[];
  readonly classes: number;
  /** The number of cores for a piece that all cores compute together. */
  readonly cores: number;
}
