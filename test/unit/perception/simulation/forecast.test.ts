/** Simulated voters under a plan: whom its rules count, what it costs, and which rules attentive voters fail. */

import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { type Protocol, resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { type Forecast, forecastVoters, forecastWarnings } from "@pareidolia/perception/simulation/forecast";
import { checkStudyPlan } from "@pareidolia/perception/study/checkStudyPlan";
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import { resolveExclusion } from "@pareidolia/perception/voters/exclusion";
import { expect, it } from "vitest";
import { studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../../support/studyPlans.ts";

const timing = resolveParameters(timingSpecs, {});

function planWith(protocol: Protocol, exclusion: Parameters<typeof resolveExclusion>[0]): StudyPlan {
  return studyPlan(withImageHashes(studyDesign(20, { phases: [{ protocol, timing }] })), { exclusion: resolveExclusion(exclusion) });
}

function forecastOf(plan: StudyPlan): Forecast {
  const steps = forecastVoters(plan);
  for (;;) {
    const { done, value } = steps.next();
    if (!done) continue;
    if (value === null) throw new Error("No voter can join.");
    return value;
  }
}

const labels = resolveProtocol("alternatives", { alternatives: 4, foils: "random", cantTell: "missing" });

it("counts everyone without rules, and says what the study costs", () => {
  const forecast = forecastOf(planWith(labels, {}));
  // 20 images with 20 votes each, all of which every voter sees, with 18 checks of half a second and four seconds.
  expect(forecast).toEqual({
    voters: 20,
    trials: 38,
    minutes: 3,
    counted: { perfect: 1, typical: 1, guessing: 1 },
    expected: 20,
    leftOut: [],
  });
  expect(forecastWarnings(forecast)).toEqual([]);
});

it("warns of a rule that most attentive voters fail, although a voter without mistakes passes", () => {
  const plan = planWith(labels, { noiseHits: 4 });
  expect(() => checkStudyPlan(plan)).not.toThrow();
  const forecast = forecastOf(plan);
  expect(forecast.counted.perfect).toBe(1);
  // A typical voter passes each of the four noise checks with a probability of 1/2.
  expect(forecast.counted.typical).toBeCloseTo(0.5 ** 4, 1);
  expect(forecast.expected).toBe(Math.round(20 * forecast.counted.typical));
  expect(forecastWarnings(forecast)).toEqual([
    {
      field: "rules.exclusion.noiseHits",
      message: expect.stringMatching(/^The noise rule would leave out about 9\d% of attentive voters/),
    },
  ]);
});

it("does not warn of noise checks if the question has an answer for noise, or of a gold rule that allows a mistake", () => {
  expect(forecastWarnings(forecastOf(planWith(resolveProtocol("yesNo", {}), { noiseHits: 2, goldHits: 6 })))).toEqual([]);
  const ratings = resolveProtocol("confidenceRating", { labels: "every" });
  expect(forecastWarnings(forecastOf(planWith(ratings, { noiseHits: 2 })))).toEqual([]);
});

it("shows that a gold rule leaves out voters who guess", () => {
  const { counted } = forecastOf(planWith(labels, { goldHits: 6 }));
  expect(counted.typical).toBeGreaterThan(0.9);
  expect(counted.guessing).toBeLessThan(0.05);
});
