/** What a thread that runs onnxruntime is handed when it starts. */
import type { ExecutionProvider } from "./executionProvider.ts";

export interface OnnxThreadSetup {
  /** A model file that scores: `pixels` to `probabilities` and `logits`. */
  readonly file: Uint8Array;
  /** Where that file is computed. */
  readonly provider: ExecutionProvider;
  /** Of one image as that file reads it: channels, height, width; or 1, height, width x channels, where it reads them interleaved. */
  readonly scoredDims: readonly number[];
  /** Of one image as files with a gradient read it: channels, height, width. */
  readonly gradientDims: readonly number[];
  readonly classes: number;
  /** How many a piece that is computed by all cores together may use. */
  readonly cores: number;
}
