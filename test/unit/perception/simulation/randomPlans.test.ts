/**
 * No plan may open that counts no voter: plans are drawn at random, and under each that may open, perfect voters join and vote. Their answers
 * are given here, and judged by the code that computes results.
 */
import { countsAsVote, type Protocol } from "@pareidolia/perception/protocols/registry";
import { joinVoters } from "@pareidolia/perception/simulation/simulateVoters";
import { studyPlanProblems } from "@pareidolia/perception/study/checkStudyPlan";
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import type { StudyVote } from "@pareidolia/perception/study/results/studyData";
import { parseStudyPlan, type StudyPlan, serialiseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import type { Phase } from "@pareidolia/perception/trials/design";
import type { Trial } from "@pareidolia/perception/trials/trial";
import { expect, it } from "vitest";
import { randomPlan } from "../../../support/randomPlans.ts";

const plans = 6_000;

/** Answers of a voter who knows every label and recognises nothing in noise. */
function perfectAnswer({ kind, values }: Protocol, { role, target, options }: Trial): object {
  const isNoise = role === "noise";
  if (kind === "yesNo") return { choice: isNoise ? 1 : 0 };
  if (kind === "confidenceRating") return { ratings: options.map((_, index) => (!isNoise && index === target ? values.levels - 1 : 0)) };
  if (isNoise && values.cantTell !== "notOffered") return { cantTell: true };
  return kind === "freeText" ? { text: "a" } : { choice: target ?? 0 };
}

/** As long as the trial permits, and the rule on response times asks for. */
function slowestAnswer({ timing }: Phase, medianMs: number): number {
  const shown = timing.imageMs === 0 ? 0 : timing.imageMs + timing.maskMs;
  return timing.answerMs === 0 ? Math.max(1_500, medianMs) : shown + timing.answerMs;
}

function countPerfectVoters(plan: StudyPlan): number {
  const joined = [...joinVoters(plan, 12)];
  const { design, exclusion } = plan.rules;
  const votes = joined.flatMap(({ trials }, voter) =>
    trials.map((trial): StudyVote => {
      const phase = design.phases[trial.phase] as Phase;
      const answer = perfectAnswer(phase.protocol, trial);
      return {
        voter,
        trial: trial.number,
        answer,
        timedOut: false,
        responseMs: slowestAnswer(phase, exclusion.values.medianMs),
        timing: null,
      };
    }),
  );
  const { planned } = collectStudy({
    plan,
    images: design.stimuli.map(() => ({ confidence: 0.99, source: "cppn" })),
    voters: joined.map(({ items }, number) => ({ number, items, finished: true, insider: false, still: false })),
    votes,
  });
  const voted = planned.phases.some(({ votes: { item } }) => item.length > 0);
  const counts = votes.some(({ answer, trial, voter }) => {
    const own = joined[voter]?.trials[trial] as Trial;
    return own.role === "counted" && countsAsVote((design.phases[own.phase] as Phase).protocol, answer as never);
  });
  return voted && counts ? planned.voters.length : 0;
}

it("opens no plan under which no perfect voter counts", () => {
  const opened = Array.from({ length: plans }, (_, seed) => randomPlan(seed)).filter((plan) =>
    [...studyPlanProblems(plan)].every((problem) => problem === null),
  );
  const uncounted = opened.filter((plan) => countPerfectVoters(parseStudyPlan(JSON.parse(serialiseStudyPlan(plan)))) === 0);
  console.info(`${plans} plans at random, ${opened.length} may open, ${uncounted.length} of them count no perfect voter`);
  expect(uncounted.map(({ seed }) => seed)).toEqual([]);
  expect(opened.length).toBeGreaterThan(plans / 20);
});
