/** Every experiment of `npm run repro`. A new one is a file here and a line below. */
import { argmaxInsertion } from "./argmaxInsertion.ts";
import type { Experiment } from "./experiment.ts";
import { mnistCppn } from "./mnistCppn.ts";
import { mnistDirect } from "./mnistDirect.ts";
import { noise } from "./noise.ts";

export const experiments: readonly Experiment[] = [mnistDirect, mnistCppn, noise, argmaxInsertion];
