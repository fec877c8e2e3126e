/**
 * The coverage of every kind of interval that pages show, of 2, 3, 5 and 10 units: samples are drawn from populations whose true value is
 * known. An interval covers 93 to 97% of them, or there is none and pages show the reason. No network takes part.
 */
import { coverageOf, noInterval } from "../intervals/coverage.ts";
import { sizes } from "../intervals/intervalKind.ts";
import { intervalKinds } from "../intervals/registry.ts";
import { checkBars, describe, type ReportRow } from "../report.ts";
import type { Budget, Experiment } from "./experiment.ts";
import { bundledNetworksOnly } from "./networkRules.ts";

/** The bars are defined for `full`: chance alone breaks them in a thousand. */
const simulations: Readonly<Record<Budget, number>> = { quick: 1000, full: 5000 };

export const intervals: Experiment = {
  id: "intervals",
  description: "simulated coverage of every kind of interval of 2, 3, 5 and 10 votes, voters, images, runs or seeds",
  presets: [],
  networks: bundledNetworksOnly("it needs no network"),
  run({ budget, onProgress }) {
    const rows: ReportRow[] = [];
    const lines = intervalKinds.map((kind) => {
      onProgress(`intervals: ${kind.id}`);
      const own = sizes.map((n) => coverageOf(kind, n, simulations[budget]));
      rows.push(...(budget === "full" ? own : own.map(describe)));
      return [
        kind.id,
        kind.units,
        ...own.map(({ figure, detail }) => (figure === null || detail.startsWith(noInterval) ? "none" : figure.toFixed(1))),
      ];
    });
    checkBars(rows);
    return Promise.resolve({ head: ["interval", "n counts", ...sizes.map((n) => `n = ${n}`)], lines, rows });
  },
};
