/** The data that a tfjs thread receives when it starts. */
import type { Graph } from "@pareidolia/onnx/graph";

/** Where to load tfjs from: this repository's dependencies, or the folder of a native TensorFlow build. */
export type TfjsBackend =
  | { readonly kind: "cpu" | "wasm" | "webgpu" }
  | { readonly kind: "native" /** The folder of the package @tensorflow/tfjs-node-gpu. */; readonly packageFolder: string };

export interface TfjsThreadSetup {
  readonly graph: Graph;
  readonly inputDims: readonly number[];
  readonly classes: number;
  readonly backend: TfjsBackend;
}
