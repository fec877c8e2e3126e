/** The zoo's models with the names of their classes, for which label files may have to be downloaded. */
import { AppError } from "@pareidolia/core/appError";
import type { CacheOptions } from "../files/readCachedFile.ts";
import { zooManifest } from "./manifest.ts";
import { readZooLabels } from "./readZooModel.ts";
import type { ZooModel } from "./zooModel.ts";

export interface ListedModel extends Omit<ZooModel, "labels" | "file"> {
  readonly labels: readonly string[];
  readonly file: { readonly kind: ZooModel["file"]["kind"]; readonly bytes: number; readonly url?: string };
}

export interface ListedModels {
  readonly models: readonly ListedModel[];
  /** Models whose label file is unavailable, with the reason. */
  readonly missing: readonly { readonly id: string; readonly reason: string }[];
}

/** Downloads only label files, each once. @throws AppError unless a later attempt may succeed (UNAVAILABLE): those are in `missing`. */
export async function readListedModels(options: CacheOptions): Promise<ListedModels> {
  const models: ListedModel[] = [];
  const missing: { id: string; reason: string }[] = [];
  const failed = new Map<string, string>();
  for (const model of zooManifest) {
    const place = model.labels.kind === "downloaded" ? model.labels.file.path : "";
    const known = failed.get(place);
    try {
      if (known !== undefined) throw new AppError("UNAVAILABLE", known);
      models.push({ ...model, labels: await readZooLabels(model, options), file: describeFile(model) });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "UNAVAILABLE") throw error;
      failed.set(place, error.message);
      missing.push({ id: model.id, reason: error.message });
    }
  }
  return { models, missing };
}

function describeFile({ file, bytes }: ZooModel): ListedModel["file"] {
  const url = file.kind === "downloaded" ? file.urls[0] : undefined;
  return { kind: file.kind, bytes, ...(url === undefined ? {} : { url }) };
}
