/** All detectors. To add one, create a file and add it here. */
import type { Detector } from "./detector.ts";
import { energy } from "./energy.ts";
import { maximumSoftmax } from "./maximumSoftmax.ts";
import { odin } from "./odin.ts";

export const detectors: readonly Detector[] = [maximumSoftmax, odin, energy];
