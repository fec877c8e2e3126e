/** The gates about intervals, stopping, voters and plans of studies, for `npm run repro -- perception`. */
import type { Budget } from "../experiments/experiment.ts";
import type { ReportRow } from "../report.ts";
import { optionalStoppingGates, posteriorBoundGate } from "./optionalStoppingGates.ts";
import { planGates } from "./planGates.ts";
import { exactIntervalGate, falseDiscoveryGates, shareIntervalGates } from "./shareIntervalGates.ts";
import { totalAgreementGates } from "./totalAgreementGates.ts";
import { canaryGates, sessionSlopeGates, voterSlopeGate } from "./voterGates.ts";

/** The bars are defined for `full`; `quick` draws fewer resamples for as many studies. */
export function studyGates(budget: Budget): ReportRow[] {
  return [
    ...shareIntervalGates(),
    exactIntervalGate(),
    ...falseDiscoveryGates(),
    ...optionalStoppingGates(),
    posteriorBoundGate(),
    ...totalAgreementGates({ resamples: budget === "full" ? 2000 : 500 }),
    ...sessionSlopeGates(),
    voterSlopeGate(),
    ...canaryGates(),
    ...planGates(),
  ];
}
