/**
 * Presets of gradient ascent: the paper's without regularisation, three from its supplement that the random search found, the four
 * combinations of the visualisation toolbox, and a fast one of this project.
 */
import { type Preset, resolveParameters } from "@pareidolia/core/parameterSpec";
import { type AscentParameters, ascentParameters } from "./ascentParameters.ts";

const paper = resolveParameters(ascentParameters, {});
const supplement =
  "Nguyen, Yosinski and Clune 2015, supplement; released code, caffe/ascent, with the values that NumPy draws for this hp_seed";
const toolbox: AscentParameters = { ...paper, objective: "logit", startNoise: 10, lateMultiplier: 0, earlyProgress: 2 };
const toolboxSource = "Yosinski et al. 2015, table 1; deep-visualization-toolbox, doc/running-optimize-image.md";

export const ascentPresets: readonly Preset<AscentParameters>[] = [
  {
    id: "paper-unregularised",
    label: "Paper, unregularised",
    description: "The posterior by the progress rule, 500 iterations, no regularisation.",
    source: "Nguyen, Yosinski and Clune 2015, section 3.7; released code, caffe/ascent, hp_seed -1",
    values: paper,
  },
  {
    id: "hp-seed-169",
    label: "Paper, search 169",
    description: "Decay 0.01 over 1,500 iterations.",
    source: supplement,
    values: { ...paper, decay: 0.01, iterations: 1500, earlyProgress: 0.03, lateMultiplier: 0.02 },
  },
  {
    id: "hp-seed-188",
    label: "Paper, search 188",
    description: "Weak decay and a blur of 0.4 every second step.",
    source: supplement,
    values: { ...paper, decay: 0.001, iterations: 1000, earlyProgress: 0.03, lateMultiplier: 0.05, blurSigma: 0.4, blurEvery: 2 },
  },
  {
    id: "hp-seed-360",
    label: "Paper, search 360",
    description: "Weak decay, a blur of 0.3 at every step, and clipping of small norms and contributions.",
    source: supplement,
    values: {
      ...paper,
      decay: 0.001,
      iterations: 1500,
      earlyProgress: 0.03,
      lateMultiplier: 0.05,
      blurSigma: 0.3,
      smallNormPercentile: 20,
      smallContributionPercentile: 20,
    },
  },
  {
    id: "toolbox-small-norm",
    label: "Toolbox, small norms clipped",
    description: "The logit with blur and half of the pixels clipped.",
    source: toolboxSource,
    values: { ...toolbox, blurSigma: 0.5, blurEvery: 4, smallNormPercentile: 50, largestRate: 100, iterations: 500 },
  },
  {
    id: "toolbox-strong-decay",
    label: "Toolbox, strong decay",
    description: "The logit with a decay of 0.3 and a fifth of the pixels clipped.",
    source: toolboxSource,
    values: { ...toolbox, decay: 0.3, smallNormPercentile: 20, updateRule: "constant", stepSize: 100, iterations: 750 },
  },
  {
    id: "toolbox-blur",
    label: "Toolbox, blurred",
    description: "The logit with a wide blur; most of the toolbox's figures.",
    source: toolboxSource,
    values: { ...toolbox, decay: 0.0001, blurSigma: 1, blurEvery: 4, updateRule: "constant", stepSize: 100, iterations: 1000 },
  },
  {
    id: "toolbox-small-contribution",
    label: "Toolbox, small contributions clipped",
    description: "The logit with blur, keeping only the tenth of the pixels that contributes most.",
    source: toolboxSource,
    values: { ...toolbox, blurSigma: 0.5, blurEvery: 4, smallContributionPercentile: 90, largestRate: 1e8, iterations: 1000 },
  },
  {
    id: "adam-log-posterior",
    label: "Adam",
    description:
      "The posterior's logarithm by Adam, one grey level per step, on gradients scaled to a root mean square of 1. Most networks are certain within a hundred steps.",
    source: "this project",
    values: { ...paper, objective: "log-posterior", updateRule: "adam", stepSize: 1, targetConfidence: 0.9999 },
  },
];
