/**
 * What an ascent climbs. The paper takes the posterior (layer `prob`); the visualisation toolbox takes the logit, which does not
 * saturate and does not fall when other classes rise; the logarithm of the posterior has the posterior's maximum and a gradient
 * that does not vanish far from it.
 */
import type { GradientOutput } from "@pareidolia/core/differentiableClassifier";
import type { AscentParameters } from "./ascentParameters.ts";

export const outputOfObjective: Readonly<Record<AscentParameters["objective"], GradientOutput>> = {
  posterior: "probabilities",
  "log-posterior": "log-probabilities",
  logit: "logits",
};
