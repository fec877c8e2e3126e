/** The chart of agreement over the session: its axis reaches all shares, those without an interval included. */
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import { computeResult } from "@pareidolia/perception/study/studyResults";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { wordsOfAll } from "../../../../apps/web/src/features/studyResults/agreementWords.ts";
import { SessionSection } from "../../../../apps/web/src/features/studyResults/SessionSection.tsx";
import { studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../../support/studyPlans.ts";
import { simulatedStudy } from "../../../support/studyVotes.ts";

const images = 20;

/** Yes or no by so many voters, of whom each says "yes" to two of three images. */
function chartOf(voters: number) {
  const phases = [{ protocol: resolveProtocol("yesNo", {}), timing: resolveParameters(timingSpecs, {}) }];
  const design = { ...studyDesign(images, { phases }), perVoter: { counted: images, gold: 0, noise: 0, canaries: 0 } };
  const study = simulatedStudy(studyPlan(withImageHashes(design)), {
    voters,
    sessionShare: () => 1,
    answer: ({ number }, voter) => ({ choice: (number + voter) % 3 === 0 ? 1 : 0 }),
  });
  const phase = computeResult("bias", collectStudy(study)).everyone.phases[0];
  if (phase === undefined) throw new Error("The study has no phase.");
  const html = renderToStaticMarkup(createElement(SessionSection, { studyKey: "STU-1", phase, chance: null, words: wordsOfAll([]) }));
  const heights = [...html.matchAll(/<circle[^>]*cy="([\d.]+)"/g)].map(([, y]) => Number(y));
  // The share of "yes" of each tenth of the session, counted from the rows.
  const shares = Array.from({ length: 10 }, (_, group) => {
    const own = study.votes.filter(({ trial }) => Math.floor((trial * 10) / images) === group);
    return own.filter(({ answer }) => (answer as { choice: number }).choice === 0).length / own.length;
  });
  const ticks = [...html.matchAll(/>(\d+(?:\.\d+)?)%</g)].map(([, tick]) => Number(tick) / 100);
  return { heights, shares, ticks, hollow: html.match(/fill="var\(--paper\)"/g)?.length ?? 0 };
}

it.each([2, 3, 12])("draws the shares of %s voters at their heights", (voters) => {
  const { heights, shares, ticks } = chartOf(voters);
  const highest = Math.max(...shares);
  expect(highest).toBeGreaterThanOrEqual(2 / 3);
  expect(Math.max(...ticks)).toBeGreaterThanOrEqual(0.5);
  expect(heights).toHaveLength(10);
  // The axis starts at 250, so heights above it are proportional to the shares.
  const [one = 0] = heights.map((y, group) => (250 - y) / (shares[group] as number));
  for (const [group, y] of heights.entries()) expect((250 - y) / one).toBeCloseTo(shares[group] as number, 6);
  expect(one).toBeLessThanOrEqual(240 / highest + 1e-9);
});

it("draws shares without an interval as rings", () => {
  expect(chartOf(2).hollow).toBe(10);
  expect(chartOf(12).hollow).toBe(0);
});
