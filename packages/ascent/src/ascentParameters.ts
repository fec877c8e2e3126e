/** The parameters of gradient ascent. */
import { AppError } from "@pareidolia/core/appError";
import { type ParameterSpec, type ParameterValues, resolveParameters } from "@pareidolia/core/parameterSpec";

export const ascentParameters = [
  {
    name: "objective",
    label: "Objective",
    description: "The function to raise: the class's probability, as in the paper, its logarithm, or its logit.",
    kind: "choice",
    default: "posterior",
    choices: ["posterior", "log-posterior", "logit"],
  },
  {
    name: "start",
    label: "Start",
    description:
      "The mean colour that the network's pre-processing subtracts, or mid-grey where it subtracts none, plus normal noise; uniform noise from 0 to 255; or a given image.",
    kind: "choice",
    default: "mean-plus-noise",
    choices: ["mean-plus-noise", "uniform", "image"],
  },
  {
    name: "startNoise",
    label: "Start noise",
    description: "Standard deviation of the noise added to the mean colour or mid-grey, in grey levels.",
    kind: "number",
    default: 1,
    minimum: 0,
    maximum: 255,
  },
  {
    name: "updateRule",
    label: "Step rule",
    description:
      "A fixed rate, the paper's rate by desired progress, or Adam on the gradient's direction alone, scaled to a root mean square of 1.",
    kind: "choice",
    default: "progress",
    choices: ["constant", "progress", "adam"],
  },
  {
    name: "stepSize",
    label: "Step size",
    description: "Fixed rate: factor of the gradient. Adam: grey levels per step. Progress does not use it.",
    kind: "number",
    default: 1,
    minimum: 1e-9,
    maximum: 1e9,
  },
  {
    name: "earlyProgress",
    label: "Early progress",
    description: "The most that a step of the progress rule should raise the objective.",
    kind: "number",
    default: 0.02,
    minimum: 1e-9,
    maximum: 1000,
  },
  {
    name: "lateMultiplier",
    label: "Late progress",
    description:
      "Near the top, a step should close this share of the gap to a probability of 1. At 0 the early progress applies throughout.",
    kind: "number",
    default: 0.1,
    minimum: 0,
    maximum: 1,
  },
  {
    name: "largestRate",
    label: "Largest rate",
    description: "Upper limit for the factor by which the progress rule multiplies the gradient.",
    kind: "number",
    default: 1e7,
    minimum: 1e-9,
    maximum: 1e30,
  },
  {
    name: "decay",
    label: "Decay",
    description: "Share of the difference from the mean colour, or from mid-grey where the network subtracts none, that each step removes.",
    kind: "number",
    default: 0,
    minimum: 0,
    maximum: 0.99,
  },
  {
    name: "blurSigma",
    label: "Blur sigma",
    description: "Standard deviation of the Gaussian blur in pixels; 0 is off. Values below 0.3 blur too poorly and are rejected.",
    kind: "number",
    default: 0,
    minimum: 0,
    maximum: 20,
  },
  {
    name: "blurEvery",
    label: "Blur every",
    description: "Steps between two blurs.",
    kind: "integer",
    default: 1,
    minimum: 1,
    maximum: 1000,
  },
  {
    name: "smallNormPercentile",
    label: "Small-norm percentile",
    description:
      "Each step sets this percentage of pixels, those closest to the colour that the image decays to, to that colour; 0 is off.",
    kind: "number",
    default: 0,
    minimum: 0,
    maximum: 99,
  },
  {
    name: "smallBenefitPercentile",
    label: "Small-benefit percentile",
    description: "The same for pixels whose removal would raise the objective least, by sign. Part of the paper's search space; 0 is off.",
    kind: "number",
    default: 0,
    minimum: 0,
    maximum: 99,
  },
  {
    name: "smallContributionPercentile",
    label: "Small-contribution percentile",
    description: "The same for pixels whose removal would change the objective least; 0 is off.",
    kind: "number",
    default: 0,
    minimum: 0,
    maximum: 99,
  },
  {
    name: "jitter",
    label: "Jitter",
    description: "Before each step the image is shifted at random by up to this many pixels, wrapping around its edges.",
    kind: "integer",
    default: 0,
    minimum: 0,
    maximum: 64,
  },
  {
    name: "totalVariation",
    label: "Total variation",
    description: "Grey levels by which each step reduces differences between neighbouring pixels; 0 is off.",
    kind: "number",
    default: 0,
    minimum: 0,
    maximum: 50,
  },
  {
    name: "iterations",
    label: "Iterations",
    description: "Maximum number of images to evaluate, including the start.",
    kind: "integer",
    default: 500,
    minimum: 1,
    maximum: 100_000,
  },
  {
    name: "targetConfidence",
    label: "Target confidence",
    description: "An ascent ends once its stored image reaches this confidence. At 0 it uses all iterations.",
    kind: "number",
    default: 0,
    minimum: 0,
    maximum: 1,
  },
  {
    name: "traceEvery",
    label: "Trace every",
    description: "Steps between two recorded points of the trajectory.",
    kind: "integer",
    default: 10,
    minimum: 1,
    maximum: 100_000,
  },
] as const satisfies readonly ParameterSpec[];

export type AscentParameters = ParameterValues<typeof ascentParameters>;

const smallestBlur = 0.3;

/** @throws AppError INVALID_INPUT naming the parameter at fault. */
export function readAscentParameters(given: Readonly<Record<string, unknown>>): AscentParameters {
  const parameters = resolveParameters(ascentParameters, given);
  if (parameters.blurSigma > 0 && parameters.blurSigma < smallestBlur)
    throw new AppError("INVALID_INPUT", `Blur sigma must be 0 (off) or at least ${smallestBlur}: less works very poorly.`, {
      field: "parameters.blurSigma",
    });
  return parameters;
}
