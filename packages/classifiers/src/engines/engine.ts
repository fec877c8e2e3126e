/** What an engine is: something that runs a prepared network here, and says whether it can. */
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { ImageShape } from "@pareidolia/core/image";
import type { Graph } from "@pareidolia/onnx/graph";

/** A network with its pre-processing and framing inside: `pixels` (N x channels x height x width, 0 to 255) to `probabilities` and `logits`. */
export interface PreparedModel {
  readonly graph: Graph;
  readonly input: ImageShape;
  readonly labels: readonly string[];
  readonly modelHash: string;
}

export interface EngineOptions {
  /** Default: one a core, for engines that have threads. */
  readonly threads?: number | undefined;
}

/** Whether an engine can be used on this machine; if not, what to do about it. */
export type Availability =
  | { readonly state: "ready"; readonly device: "processor" | "GPU" }
  /** Nothing was ever installed, or this machine has no such device. */
  | { readonly state: "absent"; readonly how: string }
  /** It was installed or built and does not load. */
  | { readonly state: "broken"; readonly reason: string };

export interface Engine {
  readonly id: string;
  readonly title: string;
  findAvailability(environment: NodeJS.ProcessEnv): Promise<Availability>;
  /** @throws AppError CORRUPT_DATA for a network that the engine refuses, UNAVAILABLE when the engine itself is not there. */
  open(model: PreparedModel, options: EngineOptions, environment: NodeJS.ProcessEnv): Promise<DifferentiableClassifier>;
}
