/** Every detector. A new one is a file here and a line below. */
import type { Detector } from "./detector.ts";
import { energy } from "./energy.ts";
import { maximumSoftmax } from "./maximumSoftmax.ts";
import { odin } from "./odin.ts";

export const detectors: readonly Detector[] = [maximumSoftmax, odin, energy];
