/**
 * Checks the statistics of votes against published examples, closed forms and simulated electorates with known truth; with --real, also
 * against real votes, and their speed against other programs. No network takes part. Each figure has a bar or is marked as a
 * description. Mutants of 2% or half a point of coverage have to fail the closed forms (`npm run audit -- --full`); the bars of simulated
 * coverage are two points wide, and show whether the assumptions behind an interval hold.
 */

import { keepNothing } from "../keptResults/keep.ts";
import { aggregationGates } from "../perception/aggregationGates.ts";
import { agreementGates } from "../perception/agreementGates.ts";
import { calibrationGates } from "../perception/calibrationGates.ts";
import { closedFormGates } from "../perception/closedForms/closedFormGates.ts";
import { hostileVotersGates } from "../perception/hostileVotersGates.ts";
import { largeStudyGates } from "../perception/largeStudyGates.ts";
import { publishedGates } from "../perception/publishedGates.ts";
import { realVotesGates } from "../perception/realVotesGates.ts";
import { reliabilityGates } from "../perception/reliabilityGates.ts";
import { sensitivityGates } from "../perception/sensitivityGates.ts";
import { speedGates } from "../perception/speedGates.ts";
import { studyGates } from "../perception/studyGates.ts";
import { checkBars, describe, type ReportRow } from "../report.ts";
import type { Budget, Experiment, ExperimentOptions } from "./experiment.ts";
import { bundledNetworksOnly } from "./networkRules.ts";

/** Each adds a few minutes at most; a group that needs files or other programs reports rows that are not measured without them. */
type GateGroup = (options: ExperimentOptions) => readonly ReportRow[] | Promise<readonly ReportRow[]>;

const simulations: Readonly<Record<Budget, number>> = { quick: 100, full: 2000 };

/** The bars of simulations are defined for `full`: chance alone breaks them in a hundred, which describe the statistics only. */
function simulated(measure: (simulations: number, onProgress: (line: string) => void) => readonly ReportRow[]): GateGroup {
  return ({ budget, onProgress }) => {
    const rows = measure(simulations[budget], onProgress);
    return budget === "full" ? rows : rows.map(describe);
  };
}

const gateGroups: readonly GateGroup[] = [
  publishedGates,
  ({ onProgress }) => closedFormGates(onProgress),
  () => studyGates(),
  simulated(agreementGates),
  simulated(aggregationGates),
  simulated(calibrationGates),
  simulated(reliabilityGates),
  simulated(hostileVotersGates),
  simulated(sensitivityGates),
  ({ onProgress }) => largeStudyGates(onProgress),
  ({ real, cacheFolder, onProgress }) => (real === true ? realVotesGates(cacheFolder, onProgress) : []),
  ({ real, cacheFolder, onProgress }) => (real === true ? speedGates(cacheFolder, onProgress) : []),
];

export const perception: Experiment = {
  id: "perception",
  description: "the statistics of votes on published examples and simulated electorates; --real adds real votes and other programs",
  presets: [],
  networks: bundledNetworksOnly("it needs no network"),
  async run(options) {
    const rows: ReportRow[] = [];
    const { keep = keepNothing } = options;
    for (const [place, measure] of gateGroups.entries())
      rows.push(...(await keep(`group ${place + 1} of ${gateGroups.length}`, async () => measure(options))));
    checkBars(rows);
    return { head: [], lines: [], rows };
  },
};
