/**
 * The objectives of an ascent. The paper uses the posterior (layer `prob`). The visualisation toolbox uses the logit, which does not
 * saturate and does not depend on other classes. The logarithm of the posterior has the same maximum as the posterior, and its
 * gradient does not vanish far from it.
 */
import type { GradientOutput } from "@pareidolia/core/differentiableClassifier";

export const objectiveIds = ["posterior", "log-posterior", "logit"] as const;
export type ObjectiveId = (typeof objectiveIds)[number];

export const outputOfObjective: Readonly<Record<ObjectiveId, GradientOutput>> = {
  posterior: "probabilities",
  "log-posterior": "log-probabilities",
  logit: "logits",
};
