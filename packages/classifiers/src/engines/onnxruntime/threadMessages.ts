/** What the classifier and its inference threads say to one another. */

/** Handed to a thread when it starts. */
export interface ThreadSetup {
  readonly file: Uint8Array;
  readonly inputName: string;
  readonly outputName: string;
  /** Channels, height, width. */
  readonly inputDims: readonly number[];
}

export type ToThread =
  | { readonly kind: "score"; readonly id: number; readonly count: number; readonly pixels: Float32Array<ArrayBuffer> }
  | { readonly kind: "close" };

export type FromThread =
  | { readonly kind: "ready"; readonly runtimeVersion: string }
  | { readonly kind: "refused"; readonly message: string }
  /** `pixels` comes back so that its memory can be used again. */
  | { readonly kind: "scored"; readonly id: number; readonly probabilities: Float32Array; readonly pixels: Float32Array<ArrayBuffer> }
  | { readonly kind: "failed"; readonly id: number; readonly message: string };
