/** Opens a model of the zoo or from the object store, after verifying its file against the SHA-256 in its row. */
import { createHash } from "node:crypto";
import { type OpenedEngine, openClassifier } from "@pareidolia/classifiers/engines/openClassifier";
import { findZooModel } from "@pareidolia/classifiers/zoo/manifest";
import { openZooClassifier } from "@pareidolia/classifiers/zoo/openZooClassifier";
import { AppError } from "@pareidolia/core/appError";
import { fileKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import type { OpenClassifier } from "./classifierShelf.ts";
import type { TaskLog } from "./taskLog.ts";

export interface StoredClassifiersOptions {
  readonly cacheFolder: string;
  readonly threads: number | undefined;
  /** Whether files may be downloaded from this machine. */
  readonly allowLoopback?: boolean;
  readonly objectStore: ObjectStore;
  /** Logs the engine of every opened network and the reason for its choice. */
  readonly log: TaskLog;
}

export function storedClassifiers({ cacheFolder, threads, allowLoopback, objectStore, log }: StoredClassifiersOptions): OpenClassifier {
  return async ({ slug, sha256, origin, labels, preprocessing, framing }) => {
    const onEngine = (engine: OpenedEngine): void => log.info({ model: slug, engine }, "model is open");
    if (origin !== "zoo") {
      if (preprocessing === null) throw new AppError("CORRUPT_DATA", `The pre-processing of the model "${slug}" is missing.`);
      const file = await objectStore.get(fileKey(sha256));
      if (createHash("sha256").update(file).digest("hex") !== sha256)
        throw new AppError("CORRUPT_DATA", `The stored file of the model "${slug}" is damaged. Upload it again.`);
      return openClassifier({ file, preprocessing, framing, labels, threads, onEngine });
    }
    const model = findZooModel(slug);
    if (model === null) throw new AppError("NOT_FOUND", `This worker does not have the model "${slug}".`);
    if (model.sha256 !== sha256)
      throw new AppError("CORRUPT_DATA", `The weights of the model "${slug}" have changed since this run started. Start a new run.`);
    return openZooClassifier({ id: slug, cacheFolder, threads, framing, onEngine, allowLoopback });
  };
}
