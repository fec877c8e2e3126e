/** What a thread that runs onnxruntime is handed when it starts. */
export interface OnnxThreadSetup {
  /** A model file that scores: `pixels` to `probabilities` and `logits`. */
  readonly file: Uint8Array;
  /** Of one image as that file reads it: channels, height, width; or 1, height, width x channels, where it reads them interleaved. */
  readonly scoredDims: readonly number[];
  /** Of one image as files with a gradient read it: channels, height, width. */
  readonly gradientDims: readonly number[];
  readonly classes: number;
  readonly provider: "cpu" | "cuda" | "webgpu";
  /** How many a piece that is computed by all cores together may use. */
  readonly cores: number;
}
