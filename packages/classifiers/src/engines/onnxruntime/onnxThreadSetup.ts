/** What a thread that runs onnxruntime is handed when it starts. */
export interface OnnxThreadSetup {
  /** A model file: `pixels` to `probabilities` and `logits`. */
  readonly file: Uint8Array;
  /** Channels, height, width. */
  readonly inputDims: readonly number[];
  readonly classes: number;
  readonly provider: "cpu" | "cuda" | "webgpu";
  /** How many a piece that is computed by all cores together may use. */
  readonly cores: number;
}
