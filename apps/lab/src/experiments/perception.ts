/**
 * The statistics of votes against what is known: published examples, simulated electorates with known truth, and, with --real, votes that
 * real people cast and the speed beside other programs. No network takes part.
 */

import { aggregationGates } from "../perception/aggregationGates.ts";
import { agreementGates } from "../perception/agreementGates.ts";
import { calibrationGates } from "../perception/calibrationGates.ts";
import { publishedGates } from "../perception/publishedGates.ts";
import { realVotesGates } from "../perception/realVotesGates.ts";
import { speedGates } from "../perception/speedGates.ts";
import { studyGates } from "../perception/studyGates.ts";
import { noBar, type ReportRow } from "../report.ts";
import type { Budget, Experiment, ExperimentOptions } from "./experiment.ts";
import { bundledNetworksOnly } from "./networkRules.ts";

/** Each adds a few minutes at most; a group that needs files or other programs reports rows that are not measured without them. */
type GateGroup = (options: ExperimentOptions) => readonly ReportRow[] | Promise<readonly ReportRow[]>;

const simulations: Readonly<Record<Budget, number>> = { quick: 100, full: 2000 };

/** The bars of simulations are defined for `full`: chance alone breaks them in a hundred. */
function simulated(measure: (simulations: number, onProgress: (line: string) => void) => readonly ReportRow[]): GateGroup {
  return ({ budget, onProgress }) => {
    const rows = measure(simulations[budget], onProgress);
    return budget === "full" ? rows : rows.map((row) => ({ ...row, bar: noBar, holds: true }));
  };
}

const gateGroups: readonly GateGroup[] = [
  publishedGates,
  ({ budget }) => studyGates(budget),
  simulated(agreementGates),
  simulated(aggregationGates),
  simulated(calibrationGates),
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
    for (const measure of gateGroups) rows.push(...(await measure(options)));
    return { head: [], lines: [], rows };
  },
};
