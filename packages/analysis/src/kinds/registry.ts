/** All kinds of analysis. A new kind needs a contract in this folder, a line below, and a task in the workers. */
import { ablation } from "./ablation.ts";
import { detectors } from "./detectors.ts";
import { scoring } from "./scoring.ts";
import { survival } from "./survival.ts";
import { transfer } from "./transfer.ts";
import { verification } from "./verification.ts";

export const analysisKinds = [scoring, ablation, survival, detectors, transfer, verification] as const;
