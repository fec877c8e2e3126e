/**
 * The gates that compare statistics of votes with closed forms, in seconds and without drawing electorates. `test/audit/mutants.ts` lists
 * mutants of every statistic, and each has to fail one of these gates.
 */
import type { ReportRow } from "../../report.ts";
import { aggregationClosedForms } from "./aggregation.ts";
import { agreementClosedForms } from "./agreement.ts";
import { calibrationClosedForms } from "./calibration.ts";
import { clusteredShareClosedForms } from "./clusteredShares.ts";
import { comparisonClosedForms } from "./comparisons.ts";
import { coverageClosedForms } from "./coverage.ts";
import { crossedClosedForms } from "./crossed.ts";
import { recordClosedForms } from "./records.ts";
import { reliabilityClosedForms } from "./reliability.ts";
import { sensitivityClosedForms } from "./sensitivity.ts";
import { shareGates } from "./shares.ts";
import { type ClosedFormGates, realStatistics } from "./statistics.ts";
import { stoppingClosedForms } from "./stopping.ts";
import { studyClosedForms } from "./studies.ts";

export const closedForms: readonly ClosedFormGates[] = [
  ...shareGates,
  ...coverageClosedForms,
  ...agreementClosedForms,
  ...aggregationClosedForms,
  ...calibrationClosedForms,
  ...stoppingClosedForms,
  ...studyClosedForms,
  ...crossedClosedForms,
  ...clusteredShareClosedForms,
  ...comparisonClosedForms,
  ...sensitivityClosedForms,
  ...reliabilityClosedForms,
  ...recordClosedForms,
];

export function closedFormGates(onProgress: (line: string) => void): readonly ReportRow[] {
  return closedForms.flatMap(({ id, rows }) => {
    onProgress(`closed forms: ${id}`);
    return rows(realStatistics);
  });
}
