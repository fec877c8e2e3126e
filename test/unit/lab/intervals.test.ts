/** The coverage of every kind of interval, and that no interval of the packages is without a kind. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { coverageOf, simulateCoverage } from "@pareidolia/lab/intervals/coverage";
import { type IntervalKind, promises, sizes } from "@pareidolia/lab/intervals/intervalKind";
import { intervalKinds } from "@pareidolia/lab/intervals/registry";
import { describe, expect, it } from "vitest";
import { sampled } from "../../support/extent/sampled.ts";

const simulations = 800;

/** A module is named by its package and its path in it. */
const sourceOf = (module: string): string => `packages/${module.replace("/", "/src/")}.ts`;
const simulatedKinds = sampled<IntervalKind>(intervalKinds, {
  by: ({ promise }) => promise,
  isTouched: ({ modules }, changed) => modules.some((module) => changed.has(sourceOf(module))),
});

describe.each(simulatedKinds.map((kind) => [kind.id, kind] as const))("the interval %s", (_id, kind) => {
  it.each(sizes)("of %d units covers about 95%%, or there is none and a reason; it stays within bounds", (n) => {
    const { shown, covering, outside, reason, simulations: count } = simulateCoverage(kind, n, simulations);
    expect(outside).toBe(0);
    if (shown < 0.02 * count) {
      expect(reason).toMatch(/\w{3}/);
      return;
    }
    const coverage = covering / shown;
    // Four standard errors around the bars, which `npm run repro -- intervals` checks with more simulations.
    const chance = 4 * Math.sqrt((0.95 * 0.05) / shown);
    const [least, most] = promises[kind.promise];
    expect(coverage).toBeGreaterThan(least / 100 - chance);
    expect(coverage).toBeLessThan(most / 100 + chance);
  });
});

it("misses its bar without a reason", () => {
  const bare = { ...(intervalKinds[0] as (typeof intervalKinds)[number]), draw: () => ({ interval: null, truth: 0 }) };
  expect(coverageOf(bare, 2, 20)).toMatchObject({ holds: false, figure: null });
  expect(coverageOf({ ...bare, draw: () => ({ interval: null, truth: 0, reason: "too few votes" }) }, 2, 20).holds).toBe(true);
});

/** Modules whose intervals are those of other modules: the kinds that simulate them, or none where no page shows the interval. */
const elsewhere: Readonly<Record<string, readonly [kinds: readonly string[], note: string]>> = {
  "analysis/transfer": [["share.wilson"], "shares of images"],
  "analysis/importance/variances": [["importance.axis", "importance.seeds"], "shares without intervals"],
  "perception/voters/responseBias": [["share.wilson"], "for plans"],
  "perception/voters/voterBias": [["share.wilson", "mean.counts"], "of one voter: Wilson's and Student's"],
  "perception/images/describeImages": [["share.wilson", "share.beta", "share.sequence"], "of each image"],
  "perception/study/waysOfCounting": [["share.exact", "share.sequence", "share.wilson"], "of units, and of their number"],
  "perception/calibration/scores": [["bias.corrected"], "bcaBootstrap; no page shows it"],
  "perception/calibration/otherNetworks": [[], "bcaBootstrap; no page shows it"],
  "perception/agreement/fleissKappa": [[], "for fixed voters; pages show acrossVotersAndImages"],
  "perception/agreement/krippendorffAlpha": [["coding.texts"], "for fixed coders; of votes, pages show acrossVotersAndImages"],
  "perception/agreement/percentAgreement": [[], "for fixed voters; pages show acrossVotersAndImages"],
  "perception/agreement/pairwiseKappa": [[], "no page shows it"],
  "perception/aggregation/majority": [["share.wilson"], "agreement with the majority of many other voters"],
  "perception/norming/roomTables": [["alpha.voters"], "columns of roomAgreement"],
  "perception/numbers/betaQuantile": [[], "the bracket of a root"],
  "perception/calibration/temperature": [[], "the bracket of a root"],
  "perception/power/planTotal": [[], "quantiles of simulated widths"],
  "perception/power/planVoters": [[], "quantiles of simulated numbers of voters"],
  "perception/study/results/calibration": [["calibration.equalMass", "mean.images"], "errors, and shares of bins"],
  "perception/study/results/coding": [["coding.texts"], "of texts"],
  "perception/study/results/detection": [["sensitivity", "total.both"], "of yes or no, and of choices"],
  "perception/study/results/differenceResult": [["difference.images", "paired.effect"], "a shape"],
  "perception/study/results/figure": [["share.voters"], "a shape, and shares of voters"],
  "perception/study/results/groups": [["total.images", "mean.nines", "difference.images", "difference.nines"], "of groups"],
  "perception/study/results/plane": [["share.wilson", "share.sequence", "strength.voters"], "of images"],
  "perception/study/results/summary": [["share.exact", "share.sequence"], "of units"],
  "perception/study/results/timing": [["median"], "of voters and images"],
};

/** Code that writes the lower end of an interval, apart from declarations of types. */
const writesEnd = /[{,(\s]low(?:: |,| \}|\()/;
const returnsInterval =
  /export function (\w+)[^;{]*?\):\s*(?:readonly )?(?:Interval|Bounds|BoundsOrReason|DifferenceOrReason|CoefficientInterval|BootstrapOutcome|ShareOverVoters|TotalAgreement|SessionSlope|ShareReliability)\b/s;

function producesInterval(source: string): boolean {
  const code = source
    .replace(/\/\*.*?\*\//gs, "")
    .split("\n")
    .filter((line) => !line.includes("readonly low") && !/^\s*\/\//.test(line))
    .join("\n");
  return writesEnd.test(code) || returnsInterval.test(code);
}

it("is simulated for every module that computes one", () => {
  const simulated = new Set(intervalKinds.flatMap(({ modules }) => modules));
  const [missing, seen]: [string[], Set<string>] = [[], new Set()];
  for (const name of ["analysis", "perception"]) {
    const root = fileURLToPath(new URL(`../../../packages/${name}/src/`, import.meta.url));
    for (const file of readdirSync(root, { recursive: true, encoding: "utf8" })) {
      if (!file.endsWith(".ts")) continue;
      const id = `${name}/${file.slice(0, -".ts".length)}`;
      seen.add(id);
      if (!producesInterval(readFileSync(`${root}${file}`, "utf8"))) continue;
      if (!simulated.has(id) && elsewhere[id] === undefined) missing.push(id);
    }
  }
  expect(missing).toEqual([]);
  expect([...simulated, ...Object.keys(elsewhere)].filter((id) => !seen.has(id))).toEqual([]);
  const ids = new Set(intervalKinds.map(({ id }) => id));
  expect(Object.values(elsewhere).flatMap(([kinds]) => kinds.filter((id) => !ids.has(id)))).toEqual([]);
});

/** Types of the API with both ends of an interval, and what simulates it. */
const typesOfApi: Readonly<Record<string, readonly string[]>> = {
  PeopleShare: ["share.wilson", "share.sequence"],
  RecognisedShare: ["share.recognised"],
  RunRecognition: ["mean.voters", "mean.images", "mean.uneven"],
  CodingAgreement: ["coding.texts"],
  RoomCoefficient: ["alpha.voters", "alpha.images"],
  ComparedMean: ["mean.nines"],
  SweepInterval: ["mean.nines", "mean.counts"],
  SweepImportanceShare: ["importance.axis", "importance.seeds"],
  RunGroupMeasure: ["mean.nines", "mean.counts"],
  Share: ["share.wilson"],
  DetectorPoint: ["detector.auroc", "detector.fpr"],
  ComparedTest: ["effect.cliff"],
};

it("is simulated for every type of the API with the ends of one", () => {
  const schema = readFileSync(fileURLToPath(new URL("../../../apps/api/schema.graphql", import.meta.url)), "utf8");
  const types = [...schema.matchAll(/^type (\w+)[^{]*\{(.*?)^\}/gms)].flatMap(([, name = "", fields = ""]) =>
    /^ {2}\w*[lL]ow: Float/m.test(fields) ? [name] : [],
  );
  expect(types.sort()).toEqual(Object.keys(typesOfApi).sort());
  const ids = new Set(intervalKinds.map(({ id }) => id));
  expect(Object.values(typesOfApi).flatMap((kinds) => kinds.filter((id) => !ids.has(id)))).toEqual([]);
});
