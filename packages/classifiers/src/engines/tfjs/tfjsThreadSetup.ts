/** What a tfjs thread is handed when it starts. */
import type { Graph } from "@pareidolia/onnx/graph";

/** How to get a tfjs: from this repository's own packages, or from the folder into which TensorFlow's native library was built. */
export type TfjsBackend =
  | { readonly kind: "cpu" | "wasm" | "webgpu" }
  | { readonly kind: "native" /** The folder of the package @tensorflow/tfjs-node-gpu. */; readonly packageFolder: string };

export interface TfjsThreadSetup {
  readonly graph: Graph;
  readonly inputDims: readonly number[];
  readonly classes: number;
  readonly backend: TfjsBackend;
}
