/** The ImageNet networks that an experiment can be run on here: what the user brought, and the MobileNets of the zoo. */
import { AppError } from "@pareidolia/core/appError";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { ModelShelf } from "./experiment.ts";

/** The two of one architecture, trained by different people. */
export const twins = ["mobilenet-v2-1.0-224", "mobilenet-v2-1.0-224-tf2"] as const;

export interface OpenedModel {
  readonly id: string;
  readonly classifier: DifferentiableClassifier;
}

/** Opens those that can be had, the user's own first, and says in `missing` why another cannot. */
export async function openImagenetModels(
  models: ModelShelf,
  ids: readonly string[],
): Promise<{ readonly opened: readonly OpenedModel[]; readonly missing: readonly string[] }> {
  const opened: OpenedModel[] = [];
  const missing: string[] = [];
  for (const id of [...models.own, ...ids])
    try {
      opened.push({ id, classifier: await models.open(id) });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      missing.push(`${id}: ${error.message}`);
    }
  return { opened, missing };
}
