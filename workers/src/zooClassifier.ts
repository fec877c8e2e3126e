/** Opens the model of a run, provided that it is still the file that the run was started with. */

import { findZooModel } from "@pareidolia/classifiers/zoo/manifest";
import { openZooClassifier } from "@pareidolia/classifiers/zoo/openZooClassifier";
import { AppError } from "@pareidolia/core/appError";
import type { OpenClassifier } from "./classifierShelf.ts";

export function zooClassifiers(options: { readonly cacheFolder: string; readonly threads: number | undefined }): OpenClassifier {
  return async ({ slug, sha256 }) => {
    const model = findZooModel(slug);
    if (model === null) throw new AppError("NOT_FOUND", `This worker does not have the model "${slug}".`);
    if (model.sha256 !== sha256)
      throw new AppError("CORRUPT_DATA", `The model "${slug}" has other weights now than when this run was started. Start a new run.`);
    return openZooClassifier({ id: slug, ...options });
  };
}
