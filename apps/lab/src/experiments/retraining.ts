/**
 * Section 3.6 of the paper: does a class for fooling images protect a network? In the paper it does not on MNIST, while an
 * over-represented class does on ImageNet, which CIFAR-10 with a small network replaces here.
 */
import { cppnEncoding } from "@pareidolia/encodings/cppn/cppnEncoding";
import type { Experiment } from "./experiment.ts";
import { bundledNetworksOnly } from "./networkRules.ts";
import { studyCifar10 } from "./retrainingCifar10.ts";
import { studyDigits } from "./retrainingDigits.ts";
import { retrainingHead } from "./retrainingPlan.ts";

export const retraining: Experiment = {
  id: "retraining",
  description: "evolution against networks retrained with a class for fooling images (section 3.6)",
  presets: cppnEncoding.presets,
  networks: bundledNetworksOnly("it trains its own networks"),
  async run(options) {
    // Concurrently: a training uses one core.
    const [digits, cifar10] = await Promise.all([studyDigits(options), studyCifar10(options)]);
    const parts = [digits, cifar10];
    return {
      head: retrainingHead,
      lines: parts.flatMap(({ lines }) => lines),
      rows: parts.flatMap(({ rows }) => rows),
      figures: parts.flatMap(({ figures }) => figures),
      ran: { digits: digits.generations, cifar10: cifar10.generations },
    };
  },
};
