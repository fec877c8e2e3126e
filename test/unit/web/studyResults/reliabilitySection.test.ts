/** The calibration error on the page: however few the votes, it is at most what shares from 0 to 1 can give. */
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import { computeResult } from "@pareidolia/perception/study/studyResults";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { ReliabilitySection } from "../../../../apps/web/src/features/studyResults/ReliabilitySection.tsx";
import { studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../../support/studyPlans.ts";
import { simulatedStudy } from "../../../support/studyVotes.ts";

const images = 60;

/** Two labels, three voters, and two of three images whose label no voter chooses: their shares without guesses are -1. */
function errorsOf(confidence: (image: number) => number) {
  const phases = [{ protocol: resolveProtocol("alternatives", { alternatives: 2 }), timing: resolveParameters(timingSpecs, {}) }];
  const design = { ...studyDesign(images, { phases }), perVoter: { counted: images, gold: 0, noise: 0, canaries: 0 } };
  const study = simulatedStudy(studyPlan(withImageHashes(design)), {
    voters: 3,
    sessionShare: () => 1,
    answer: ({ item, target }) => ({ choice: item % 3 === 0 ? (target ?? 0) : 1 - (target ?? 0) }),
  });
  const described = study.images.map((image, index) => ({ ...image, confidence: confidence(index) }));
  const phase = computeResult("calibration", collectStudy({ ...study, images: described })).everyone.phases[0];
  if (phase?.groups.defined !== true) throw new Error("Calibration is undefined.");
  const text = renderToStaticMarkup(createElement(ReliabilitySection, { studyKey: "STU-1", phase }))
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
  return { text, diagrams: phase.groups.groups.flatMap(({ diagrams }) => diagrams) };
}

it("is at most the error of shares from 0 to 1", () => {
  // All in one bin of equal width: shares of 1/3 - 2/3 = -1/3, and an unbounded error of .95 + .33.
  const { text, diagrams } = errorsOf(() => 0.95);
  for (const { ece, debiasedEce } of diagrams) {
    expect(ece).toBeCloseTo(0.95, 12);
    expect(debiasedEce.estimate).toBeCloseTo(0.95, 12);
    if (debiasedEce.defined) {
      expect(debiasedEce.low).toBeLessThanOrEqual(0.95 + 1e-9);
      expect(debiasedEce.high).toBeGreaterThanOrEqual(0.95 - 1e-9);
      expect(debiasedEce.high).toBeLessThanOrEqual(1);
    }
  }
  expect(text).toContain(" .95 Expected calibration error");
});

it("is the mean over images of the distance from the share of their bin where that is possible", () => {
  const { diagrams } = errorsOf((image) => (image % 3 === 0 ? 0.7 : 0.02));
  // Bins of equal width: the chosen images at .7 with a share of 1, and the others at .02 with -1, bounded together.
  const [wide] = diagrams.filter(({ binning }) => binning === "equalWidth");
  expect(wide?.ece).toBeCloseTo(Math.min((20 * 0.3 + 40 * 1.02) / 60, (20 * 0.7 + 40 * 0.98) / 60), 12);
});
