/** Opens a model of the zoo by its id: finds its file, checks its hash, and hands it to an engine. */
import { readFile } from "node:fs/promises";
import { AppError } from "@pareidolia/core/appError";
import type { Classifier } from "@pareidolia/core/classifier";
import { type CacheOptions, readCachedFile } from "../cache.ts";
import { openOnnxClassifier } from "../engines/onnxruntime/openOnnxClassifier.ts";
import { sha256 } from "../sha256.ts";
import { findZooModel, type ZooModel, zooManifest } from "./manifest.ts";
import { modelFolder } from "./modelCard.ts";

export interface ZooClassifierOptions extends CacheOptions {
  readonly id: string;
  /** Default: one a core. */
  readonly threads?: number | undefined;
}

/** @throws AppError NOT_FOUND for an unknown id, CORRUPT_DATA for a file with another hash, UNAVAILABLE when it cannot be had. */
export async function openZooClassifier(options: ZooClassifierOptions): Promise<Classifier> {
  const model = findZooModel(options.id);
  if (model === null)
    throw new AppError("NOT_FOUND", `There is no model "${options.id}". Known: ${zooManifest.map((known) => known.id).join(", ")}.`);
  const file = await readModelFile(model, options);
  const { width, height, channels } = model;
  return openOnnxClassifier({ file, input: { width, height, channels }, labels: model.labels, threads: options.threads });
}

export async function readModelFile(model: ZooModel, options: CacheOptions): Promise<Uint8Array> {
  if (model.file.kind === "downloaded") return readCachedFile(model.file, options);
  const location = new URL(model.file.name, modelFolder);
  const file = await readFile(location);
  if (sha256(file) !== model.sha256)
    throw new AppError("CORRUPT_DATA", `${model.file.name} is not the file it should be (expected SHA-256 ${model.sha256}).`);
  return file;
}
