/** The interface of an engine, which runs prepared networks, and its availability on this machine. */
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { ImageShape } from "@pareidolia/core/image";
import type { Graph } from "@pareidolia/onnx/graph";

/** A graph that includes pre-processing and framing: from `pixels` (N x channels x height x width, 0 to 255) to `probabilities` and `logits`. */
export interface PreparedModel {
  readonly graph: Graph;
  readonly input: ImageShape;
  readonly labels: readonly string[];
  readonly modelHash: string;
}

export interface EngineOptions {
  /** Of engines that compute on several threads. Default: one per core. */
  readonly threads?: number | undefined;
}

/** Whether an engine can run on this machine; otherwise what it needs or why it fails. */
export type Availability =
  | { readonly state: "ready"; readonly device: "processor" | "GPU" }
  /** It is not installed, or this machine has no such device. */
  | { readonly state: "absent"; readonly how: string }
  /** It is installed or built, but does not load. */
  | { readonly state: "broken"; readonly reason: string };

export interface Engine {
  readonly id: string;
  readonly title: string;
  /** False if it cannot compute on a GPU here, which then need not be found out by starting it. Default: true. */
  mayUseGpu?(environment: NodeJS.ProcessEnv): boolean;
  findAvailability(environment: NodeJS.ProcessEnv): Promise<Availability>;
  /** @throws AppError CORRUPT_DATA for a network that the engine refuses, UNAVAILABLE if the engine is not installed. */
  open(model: PreparedModel, options: EngineOptions, environment: NodeJS.ProcessEnv): Promise<DifferentiableClassifier>;
}
