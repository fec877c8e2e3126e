/** Opens a network on an engine: the one that is asked for, else the one that the registry finds best here. */
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { EngineOptions } from "./engine.ts";
import { openOnnxClassifier } from "./onnxruntime/openOnnxClassifier.ts";
import { type ModelSource, prepareModel } from "./prepareModel.ts";

export type OpenClassifierOptions = ModelSource & EngineOptions;

/** @throws AppError CORRUPT_DATA for a network that cannot run, INVALID_INPUT for pre-processing or labels that do not fit it. */
export async function openClassifier(options: OpenClassifierOptions): Promise<DifferentiableClassifier> {
  return openOnnxClassifier({ model: prepareModel(options), threads: options.threads });
}
