/** Opens a network on the requested engine, by default the engine of this process. */
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { chooseEngine, defaultEngine } from "./chooseEngine.ts";
import type { EngineOptions } from "./engine.ts";
import { type ModelSource, prepareModel } from "./prepareModel.ts";

/** The engine that runs a network, for the log. */
export interface OpenedEngine {
  readonly id: string;
  /** Library, version and device. */
  readonly description: string;
  /** Why this engine was chosen. */
  readonly reason: string;
}

export interface ChosenEngineOptions extends EngineOptions {
  /** An id of the registry. Default: PAREIDOLIA_ENGINE, otherwise the fastest that loads, except WebGPU. */
  readonly engine?: string | undefined;
  /** Called once the network is open. */
  readonly onEngine?: ((opened: OpenedEngine) => void) | undefined;
}

export type OpenClassifierOptions = ModelSource & ChosenEngineOptions;

/** @throws AppError CORRUPT_DATA for a network that cannot run, INVALID_INPUT for pre-processing or labels that do not fit it. */
export async function openClassifier(options: OpenClassifierOptions): Promise<DifferentiableClassifier> {
  const model = prepareModel(options);
  const choice = options.engine === undefined ? await defaultEngine() : await chooseEngine(process.env, options.engine);
  const classifier = await choice.engine.open(model, { threads: options.threads }, process.env);
  options.onEngine?.({ id: choice.engine.id, description: classifier.engine, reason: choice.reason });
  return classifier;
}
