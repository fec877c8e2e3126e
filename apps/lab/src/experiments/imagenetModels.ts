/** The ImageNet networks for an experiment: the user's and the MobileNets of the zoo. */
import { AppError } from "@pareidolia/core/appError";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { ModelShelf } from "./experiment.ts";

/** Two networks of one architecture, trained by different teams. */
export const mobileNets = ["mobilenet-v2-1.0-224", "mobilenet-v2-1.0-224-tf2"] as const;

export interface OpenedModel {
  readonly id: string;
  readonly classifier: DifferentiableClassifier;
}

/** Opens the available networks, the user's first. `missing` has the reason for each of the others. */
export async function openImagenetModels(
  models: ModelShelf,
  ids: readonly string[],
): Promise<{ readonly opened: readonly OpenedModel[]; readonly missing: readonly string[] }> {
  const opened: OpenedModel[] = [];
  const missing: string[] = [];
  for (const id of [...models.userModels, ...ids])
    try {
      opened.push({ id, classifier: await models.open(id) });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      missing.push(`${id}: ${error.message}`);
    }
  return { opened, missing };
}
