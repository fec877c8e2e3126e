/** Reads the files of a zoo model from the repository or the cache, and verifies them by hash. */
import { readFile } from "node:fs/promises";
import { AppError } from "@pareidolia/core/appError";
import { type CacheOptions, readCachedFile } from "../files/readCachedFile.ts";
import { sha256 } from "../files/sha256.ts";
import { modelFolder } from "./modelCard.ts";
import type { ZooModel } from "./zooModel.ts";

/** @throws AppError CORRUPT_DATA for a wrong hash, UNAVAILABLE if the file cannot be downloaded. */
export async function readModelFile(model: ZooModel, options: CacheOptions): Promise<Uint8Array> {
  if (model.file.kind === "downloaded") return readCachedFile(model.file, options);
  const location = new URL(model.file.name, modelFolder);
  const file = await readFile(location);
  if (sha256(file) !== model.sha256)
    throw new AppError("CORRUPT_DATA", `${model.file.name} is not the expected file (SHA-256 ${model.sha256}).`);
  return file;
}

/** @throws AppError like `readModelFile`. */
export async function readZooLabels({ labels }: ZooModel, options: CacheOptions): Promise<readonly string[]> {
  if (labels.kind === "listed") return labels.names;
  const text = Buffer.from(await readCachedFile(labels.file, options)).toString("utf8");
  return text.trimEnd().split("\n").slice(labels.skipped);
}
