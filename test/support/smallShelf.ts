/** A shelf with one network, "small", for tests of an experiment's rows. */
import { AppError } from "@pareidolia/core/appError";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { ModelShelf } from "@pareidolia/lab/experiments/experiment";

export function createSmallShelf(classifier: DifferentiableClassifier): ModelShelf {
  return {
    userModels: ["small"],
    meanOf: () => [0, 0, 0],
    async open(id) {
      if (id !== "small") throw new AppError("NOT_FOUND", `There is no model ${id}.`);
      return classifier;
    },
  };
}
