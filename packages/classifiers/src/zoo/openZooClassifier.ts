/** Opens a model of the zoo by id: reads and verifies its file and labels, and opens the model on an engine. */
import { AppError } from "@pareidolia/core/appError";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { Framing } from "@pareidolia/core/preprocessing";
import { dropFirstClasses } from "@pareidolia/onnx/dropFirstClasses";
import { type ChosenEngineOptions, openClassifier } from "../engines/openClassifier.ts";
import type { CacheOptions } from "../files/readCachedFile.ts";
import { importModel } from "../importers/importModel.ts";
import { findZooModel, zooManifest } from "./manifest.ts";
import { readModelFile, readZooLabels } from "./readZooModel.ts";

export interface ZooClassifierOptions extends CacheOptions, ChosenEngineOptions {
  readonly id: string;
  /** Default: "whole", for images of the network's input size. */
  readonly framing?: Framing | undefined;
}

/** @throws AppError NOT_FOUND for an unknown id, CORRUPT_DATA for a wrong hash, UNAVAILABLE if the file cannot be read or downloaded. */
export async function openZooClassifier(options: ZooClassifierOptions): Promise<DifferentiableClassifier> {
  const { id, framing, cacheFolder: _, onProgress: __, ...engine } = options;
  const model = findZooModel(id);
  if (model === null)
    throw new AppError("NOT_FOUND", `There is no model "${id}". Known: ${zooManifest.map((known) => known.id).join(", ")}.`);
  const [file, labels] = await Promise.all([readModelFile(model, options), readZooLabels(model, options)]);
  const source =
    model.leftOut === 0 ? { file } : { graph: dropFirstClasses(importModel(file, undefined, model.preprocessing), model.leftOut) };
  return openClassifier({ ...source, preprocessing: model.preprocessing, framing, labels, ...engine });
}
