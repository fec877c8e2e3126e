/**
 * Section 3.6 of the paper: does a class for fooling images protect a network? On MNIST it does not; on ImageNet an over-represented
 * one did, for which CIFAR-10 with a small network stands here.
 */
import { cppnEncoding } from "@pareidolia/encodings/cppn/cppnEncoding";
import type { Experiment } from "./experiment.ts";
import { bundledNetworksOnly } from "./networkRules.ts";
import { studyDigits } from "./retrainingDigits.ts";
import { retrainingHead } from "./retrainingPlan.ts";
import { studyThings } from "./retrainingThings.ts";

export const retraining: Experiment = {
  id: "retraining",
  description: "a class for fooling images, and evolution against the network that has it (section 3.6)",
  presets: cppnEncoding.presets,
  networks: bundledNetworksOnly("it trains its own networks"),
  async run(options) {
    // At once: a training keeps one core busy.
    const parts = await Promise.all([studyDigits(options), studyThings(options)]);
    return {
      head: retrainingHead,
      lines: parts.flatMap(({ lines }) => lines),
      rows: parts.flatMap(({ rows }) => rows),
      figures: parts.flatMap(({ figures }) => figures),
    };
  },
};
