/** Every kind of analysis. A new kind is a contract here beside its maths, a line below, and its computation in the workers. */
import { ablation } from "./ablation.ts";
import { detectors } from "./detectors.ts";
import { scoring } from "./scoring.ts";
import { survival } from "./survival.ts";
import { transfer } from "./transfer.ts";

export const analysisKinds = [scoring, ablation, survival, detectors, transfer] as const;
