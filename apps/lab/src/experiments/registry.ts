/** All experiments of `npm run repro`, in the order of the report. To add one, create a file and add a line here. */
import { ablation } from "./ablation.ts";
import { argmaxInsertion } from "./argmaxInsertion.ts";
import { ascent } from "./ascent.ts";
import { detectors } from "./detectors.ts";
import { difficulty } from "./difficulty.ts";
import type { Experiment } from "./experiment.ts";
import { imagenetEvolution } from "./imagenetEvolution.ts";
import { intervals } from "./intervals.ts";
import { mnistCppn } from "./mnistCppn.ts";
import { mnistDirect } from "./mnistDirect.ts";
import { noise } from "./noise.ts";
import { perception } from "./perception.ts";
import { perturbation } from "./perturbation.ts";
import { phylogeny } from "./phylogeny.ts";
import { retraining } from "./retraining.ts";
import { studies } from "./studies.ts";
import { transfer } from "./transfer.ts";

export const experiments: readonly Experiment[] = [
  mnistDirect,
  mnistCppn,
  noise,
  argmaxInsertion,
  imagenetEvolution,
  difficulty,
  phylogeny,
  ablation,
  transfer,
  retraining,
  detectors,
  ascent,
  perturbation,
  studies,
  perception,
  intervals,
];
