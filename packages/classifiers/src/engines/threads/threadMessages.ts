/** The messages between a classifier and its inference threads. */
import type { GradientOutput } from "@pareidolia/core/differentiableClassifier";

/** Which results to compute. A search needs probabilities only. */
export type Wanted = { readonly kind: "probabilities" } | { readonly kind: "logits" } | WantedGradient;

export interface WantedGradient {
  readonly kind: "gradient";
  readonly of: GradientOutput;
  /** Row-major `count` x classes. */
  readonly weights: Float32Array;
}

export type ToThread =
  | {
      readonly kind: "score";
      readonly id: number;
      readonly count: number;
      /** Whether to use all cores. */
      readonly together: boolean;
      readonly pixels: Float32Array<ArrayBuffer>;
      readonly wanted: Wanted;
    }
  /** The graph for gradients of this output; sent before the first piece that needs it. */
  | {
      readonly kind: "gradientGraph";
      readonly of: GradientOutput;
      readonly file: Uint8Array;
      /** The engine's execution provider. */
      readonly provider: string | { readonly name: string };
    }
  | { readonly kind: "close" };

export interface ThreadResults {
  /** The shape of the probabilities as the engine returned it: images x classes. */
  readonly scoreDims: readonly number[];
  readonly probabilities: Float32Array;
  /** Null if only probabilities were requested. */
  readonly logits: Float32Array | null;
  /** In the network's layout (NCHW); null unless requested. */
  readonly gradients: Float32Array | null;
}

export type FromThread =
  | { readonly kind: "ready"; readonly runtimeVersion: string }
  | { readonly kind: "refused"; readonly message: string }
  /** `pixels` returns the buffer of the request for reuse. */
  | { readonly kind: "scored"; readonly id: number; readonly results: ThreadResults; readonly pixels: Float32Array<ArrayBuffer> }
  | { readonly kind: "failed"; readonly id: number; readonly message: string };
