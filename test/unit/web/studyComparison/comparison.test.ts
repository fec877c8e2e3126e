/** The comparison of studies: its address, the differences between plans, and the paired images. */

import { compareStudies } from "@pareidolia/perception/study/compareStudies";
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import { serialiseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import { computeResult } from "@pareidolia/perception/study/studyResults";
import { resolveExclusion } from "@pareidolia/perception/voters/exclusion";
import { describe, expect, it } from "vitest";
import { parseIds } from "../../../../apps/web/src/features/gallery/galleryState.ts";
import { namedPairs, pairedImages } from "../../../../apps/web/src/features/studyComparison/comparedImages.ts";
import { comparisonAddress, parseStudyKeys } from "../../../../apps/web/src/features/studyComparison/comparisonState.ts";
import { planFacts } from "../../../../apps/web/src/features/studyComparison/planFacts.ts";
import { readComparison } from "../../../../apps/web/src/features/studyComparison/readComparison.ts";
import { studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../../support/studyPlans.ts";
import { simulatedStudy } from "../../../support/studyVotes.ts";

describe("the address of a comparison", () => {
  it("names up to eight different studies", () => {
    expect(parseStudyKeys("stu-3, STU-12")).toEqual(["STU-3", "STU-12"]);
    expect(parseStudyKeys("")).toEqual([]);
    expect(parseStudyKeys("STU-3,STU-3")).toBeNull();
    expect(parseStudyKeys("STU-3,RUN-1")).toBeNull();
    expect(parseStudyKeys("STU-0")).toBeNull();
    expect(parseStudyKeys(Array.from({ length: 9 }, (_, index) => `STU-${index + 1}`).join())).toBeNull();
    expect(comparisonAddress(["STU-1", "STU-2"])).toBe("/studies/compare?studies=STU-1,STU-2");
    expect(comparisonAddress([])).toBe("/studies/compare");
  });

  it("of chosen elites in the gallery names up to 100", () => {
    expect(parseIds("RWxpdGU6MQ,RWxpdGU6Mg")).toEqual(["RWxpdGU6MQ", "RWxpdGU6Mg"]);
    expect(parseIds(",")).toBeNull();
    expect(parseIds("a b")).toBeNull();
    expect(parseIds(Array.from({ length: 101 }, (_, index) => `id${index}`).join())).toBeNull();
  });
});

describe("the differences between plans", () => {
  it("are the rules in which any two of them differ, in words", () => {
    const design = withImageHashes(studyDesign(6));
    const [one, other] = [studyPlan(design), studyPlan(withImageHashes(studyDesign(4)), { exclusion: resolveExclusion({ goldHits: 3 }) })];
    expect(planFacts([one, one]).every(({ isSame }) => isSame)).toBe(true);
    const different = planFacts([one, other]).filter(({ isSame }) => !isSame);
    expect(different).toContainEqual({ name: "Images", values: ["6", "4"], isSame: false });
    expect(different.find(({ name }) => name === "Leaves out voters with")?.values[1]).toContain("gold under 3");
    expect(planFacts([one]).every(({ values }) => values.every((value) => value !== "" && !value.includes("undefined")))).toBe(true);
  });
});

describe("the answer of the API", () => {
  const answerFor = (voters: readonly number[]) => {
    const plan = studyPlan({ ...withImageHashes(studyDesign(8)), perVoter: { counted: 8, gold: 0, noise: 0, canaries: 0 } });
    const studies = voters.map((count, index) => {
      const evidence = collectStudy(simulatedStudy(plan, { voters: count, seed: index + 1 }));
      return { plan, plane: computeResult("plane", evidence), summary: computeResult("summary", evidence), voteCount: count };
    });
    const steps = compareStudies(studies);
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    return {
      comparison: JSON.parse(JSON.stringify(step.value)) as unknown,
      studies: studies.map(({ plane, summary, voteCount }, index) => ({
        __typename: "Study" as const,
        id: `${index}`,
        key: `STU-${index + 1}`,
        title: `Study ${index + 1}`,
        state: "CLOSED" as const,
        voteCount: voteCount + 2,
        planText: serialiseStudyPlan(plan),
        results: [
          {
            kind: "PLANE" as const,
            voteCount,
            computedAt: "2026-01-01T00:00:00.000Z",
            result: JSON.parse(JSON.stringify(plane)) as unknown,
          },
          {
            kind: "SUMMARY" as const,
            voteCount,
            computedAt: "2026-01-01T00:00:00.000Z",
            result: JSON.parse(JSON.stringify(summary)) as unknown,
          },
        ],
      })),
    };
  };

  it("has a row for each study and a named pair with its difference, corrected p and paired images", () => {
    const answer = answerFor([14, 10]);
    const comparison = readComparison(answer as never, "everyone");
    expect(comparison.studies.map(({ key, allVoters, images, since }) => [key, allVoters, images, since])).toEqual([
      ["STU-1", 14, 8, 2],
      ["STU-2", 10, 8, 2],
    ]);
    const [pair] = namedPairs(comparison);
    expect(pair).toMatchObject({ name: "STU-1 less STU-2", shared: 8, images: 8, figure: { defined: true, n: 8 } });
    expect(pair?.corrected).toBe(pair?.difference.defined ? pair.difference.p : Number.NaN);
    const [one, other] = comparison.studies;
    if (one === undefined || other === undefined || !pair?.figure.defined) throw new Error("no studies");
    const images = pairedImages(one, other);
    expect(images).toHaveLength(8);
    expect(images.reduce((sum, image) => sum + image.first - image.second, 0) / 8).toBeCloseTo(pair.figure.estimate, 12);
  });

  it("without votes has reasons and no number", () => {
    const answer = answerFor([14, 10]);
    const [one, other] = answer.studies;
    if (one === undefined || other === undefined) throw new Error("no studies");
    const comparison = readComparison({ ...answer, studies: [one, { ...other, results: [] }] } as never, "planned");
    expect(comparison.studies[1]).toMatchObject({ points: null, share: { defined: false }, above: { defined: false } });
  });
});
