import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { pseudonymOf } from "@pareidolia/perception/study/pseudonym";
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import { computeResult, type ResultKindId, resultKindIds, type StudyResult } from "@pareidolia/perception/study/studyResults";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import { resolveExclusion } from "@pareidolia/perception/voters/exclusion";
import { describe, expect, it } from "vitest";
import { trialsAsCsv } from "../../../support/exportTrials.ts";
import { figuresOfResults } from "../../../support/figuresOfResults.ts";
import { largestDifference } from "../../../support/largestDifference.ts";
import { type RecomputedStudy, recomputeResults } from "../../../support/recomputeResults.ts";
import { skippedFor } from "../../../support/skippedFor.ts";
import { studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../../support/studyPlans.ts";
import { simulatedStudy } from "../../../support/studyVotes.ts";

const script = fileURLToPath(new URL("recomputeResults.py", import.meta.url));
const python = process.env["PAREIDOLIA_VOTES_PYTHON"] || "python3";
const hasNumPy = spawnSync(python, ["-c", "import numpy"]).status === 0;

const timing = resolveParameters(timingSpecs, { imageMs: 100, maskMs: 50 });
const phases = [
  // Its guesses can be counted, so its calibration is corrected for them; that of the second question is undefined.
  { protocol: resolveProtocol("alternatives", { alternatives: 3 }), timing },
  { protocol: resolveProtocol("alternatives", { alternatives: 20, cantTell: "disagreement", arrangement: "eachVoter" }), timing },
];
const planOfVoters = studyPlan(
  withImageHashes(
    studyDesign(
      48,
      { phases, perVoter: { counted: 30, gold: 4, noise: 2, canaries: 2 } },
      { labels: Array.from({ length: 48 }, (_, k) => k) },
    ),
  ),
  { exclusion: resolveExclusion({ goldHits: 7, noiseHits: 1, medianMs: 700 }) },
);
const plan: StudyPlan = { ...planOfVoters, stillVersion: "leftOut" };
const study = simulatedStudy(plan, { voters: 60, seed: 5 });
const csv = trialsAsCsv(study);
const evidence = collectStudy(study);
const results = Object.fromEntries(resultKindIds.map((kind) => [kind, computeResult(kind, evidence)])) as unknown as {
  readonly [Kind in ResultKindId]: StudyResult<Kind>;
};
const own = {
  planned: figuresOfResults(results, plan, "planned"),
  everyone: figuresOfResults(results, plan, "everyone"),
  exclusions: Object.fromEntries(evidence.voters.map(({ number }, index) => [pseudonymOf(number), evidence.exclusions[index]])),
};
const rules = { ...plan.rules.exclusion.values, still: plan.stillVersion === "leftOut" };

/** The largest difference from these figures. */
function differenceFrom(recomputed: RecomputedStudy): number {
  const { largest, numbers } = largestDifference(own, recomputed);
  expect(numbers).toBeGreaterThan(2000);
  return largest;
}

describe("the results of a study, recomputed from its exported trials alone", () => {
  it("are of votes that the rules exclude in part", () => {
    const reasons = new Set(Object.values(own.exclusions).flat());
    for (const reason of ["insider", "still", "goldHits", "noiseHits", "medianMs"]) expect(reasons).toContain(reason);
    expect(results.voters.planned.voters.length).toBeGreaterThan(5);
    expect(own.planned).not.toEqual(own.everyone);
  });

  it("agree to 1e-9 with a second implementation from the definitions", () => {
    expect(differenceFrom(recomputeResults(csv, rules))).toBeLessThan(1e-9);
  });

  it("agree to 1e-9 with NumPy", skippedFor(hasNumPy ? null : "no NumPy"), () => {
    const { stdout, stderr, status } = spawnSync(python, [script, JSON.stringify(rules)], {
      input: csv,
      encoding: "utf8",
      maxBuffer: 2 ** 26,
    });
    expect(status, stderr).toBe(0);
    expect(differenceFrom(JSON.parse(stdout) as RecomputedStudy)).toBeLessThan(1e-9);
  });
});
