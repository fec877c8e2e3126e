/** What a classifier and its inference threads say to one another. */
import type { GradientOutput } from "@pareidolia/core/differentiableClassifier";

/** What of the scores is wanted: a search reads probabilities only. */
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
      /** By all cores at once. */
      readonly together: boolean;
      readonly pixels: Float32Array<ArrayBuffer>;
      readonly wanted: Wanted;
    }
  /** The graph that gradients of this output are computed with; comes before the first batch that wants one. */
  | {
      readonly kind: "gradientGraph";
      readonly of: GradientOutput;
      readonly file: Uint8Array;
      /** Where it is computed, in the words of the engine. */
      readonly provider: string | { readonly name: string };
    }
  | { readonly kind: "close" };

export interface ThreadResults {
  /** The shape that the engine gave the probabilities: images x classes. */
  readonly scoreDims: readonly number[];
  readonly probabilities: Float32Array;
  /** Null when only probabilities were wanted. */
  readonly logits: Float32Array | null;
  /** In the network's layout (NCHW); null unless wanted. */
  readonly gradients: Float32Array | null;
}

export type FromThread =
  | { readonly kind: "ready"; readonly runtimeVersion: string }
  | { readonly kind: "refused"; readonly message: string }
  /** `pixels` comes back so that its memory can be used again. */
  | { readonly kind: "scored"; readonly id: number; readonly results: ThreadResults; readonly pixels: Float32Array<ArrayBuffer> }
  | { readonly kind: "failed"; readonly id: number; readonly message: string };
