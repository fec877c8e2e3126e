/** The gates about discoveries, intervals, voters and plans of studies, for `npm run repro -- perception`. */
import type { ReportRow } from "../report.ts";
import { falseDiscoveryGates } from "./falseDiscoveryGates.ts";
import { planGates } from "./planGates.ts";
import { totalAgreementGates } from "./totalAgreementGates.ts";
import { canaryGates, sessionSlopeGates, voterSlopeGate } from "./voterGates.ts";

export function studyGates(): ReportRow[] {
  return [...falseDiscoveryGates(), ...totalAgreementGates(), ...sessionSlopeGates(), voterSlopeGate(), ...canaryGates(), ...planGates()];
}
