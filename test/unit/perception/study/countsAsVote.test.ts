/**
 * One definition of a vote that counts: results, answers of images, rows of exports and releases, and simulations agree on it, for each kind of
 * question and each way of counting "can't tell".
 */

import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { type ProtocolKindId, protocolKinds, resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { joinVoters } from "@pareidolia/perception/simulation/simulateVoters";
import { imageAnswers } from "@pareidolia/perception/study/imageAnswers";
import { answeredSession } from "@pareidolia/perception/study/results/answeredSession";
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import type { StudyData } from "@pareidolia/perception/study/results/studyData";
import { computeResult } from "@pareidolia/perception/study/studyResults";
import { voterRows } from "@pareidolia/perception/study/trialRow";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import type { Trial } from "@pareidolia/perception/trials/trial";
import { expect, it } from "vitest";
import { exemplarsOf, imagesOf, studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../../support/studyPlans.ts";

const timing = resolveParameters(timingSpecs, {});
const voters = 4;

function answerOf(kind: ProtocolKindId, { options, number }: Trial): object {
  if (kind === "freeText") return { text: `thing ${number}` };
  if (kind === "confidenceRating") return { ratings: options.map((_, index) => (index + number) % 5) };
  return { choice: number % 2 };
}

/** Every third answer is "can't tell" where it is offered, and every seventh trial is skipped. */
function studyOf(kind: ProtocolKindId, cantTell: string): StudyData {
  const labels = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4];
  const phases = [{ protocol: resolveProtocol(kind, { cantTell, ...(kind === "reverse" ? { alternatives: 2 } : {}) }), timing }];
  const plan = studyPlan(withImageHashes(studyDesign(10, { phases }, { stimuli: imagesOf(labels), exemplars: exemplarsOf(labels) })));
  const joined = [...joinVoters(plan, voters)];
  const votes = joined.flatMap(({ trials }, voter) =>
    trials.map((trial) => {
      const says = cantTell !== "notOffered" && trial.number % 3 === 0 ? { cantTell: true } : answerOf(kind, trial);
      return { voter, trial: trial.number, answer: trial.number % 7 === 0 ? null : says, timedOut: false, responseMs: 900, timing: null };
    }),
  );
  return {
    plan,
    images: labels.map(() => ({ confidence: 0.9, source: "cppn" })),
    voters: joined.map(({ items }, number) => ({ number, items, finished: true, insider: false, still: false })),
    votes,
  };
}

const cases = protocolKinds.flatMap(({ id }) => ["notOffered", "missing", "disagreement"].map((cantTell) => [id, cantTell] as const));

it.each(cases)("%s with can't tell %s: every place counts the same votes", (kind, cantTell) => {
  const data = studyOf(kind, cantTell);
  const { plan } = data;
  const evidence = collectStudy(data);
  const sessions = data.voters.map((voter) =>
    answeredSession(
      plan,
      voter,
      data.votes.filter((vote) => vote.voter === voter.number),
    ),
  );
  const counted = sessions.flat().filter(({ trial }) => trial.role === "counted");
  const answered = counted.filter(({ answer }) => answer !== null);
  const missing = cantTell === "missing" ? answered.filter(({ answer }) => answer !== null && "cantTell" in answer).length : 0;
  const votes = answered.length - missing;
  expect(votes).toBeGreaterThan(0);
  expect(missing > 0).toBe(cantTell === "missing");

  const summary = computeResult("summary", evidence);
  expect(summary.counts.everyone).toMatchObject({ votes, missing });
  expect(summary.everyone.phases).toMatchObject([{ votes, missing, skipped: counted.length - answered.length }]);

  const ofVoters = computeResult("voters", evidence).everyone.voters;
  const sum = (name: "votes" | "missing" | "skipped"): number => ofVoters.reduce((total, voter) => total + voter[name], 0);
  expect([sum("votes"), sum("missing"), sum("skipped")]).toEqual([votes, missing, counted.length - answered.length]);

  const given = answered.map(({ trial, answer }) => ({ trial, answer: answer as NonNullable<typeof answer>, excluded: false }));
  const [question] = imageAnswers(plan.rules.design, given, "planned");
  expect(question?.missing).toBe(missing);
  for (const { share } of question?.answers ?? []) expect(share.n).toBe(votes);

  const images = { counted: data.images, gold: [], noise: [], canary: [] };
  const exported = { study: "STU-1", planHash: "", plan, images };
  const rows = data.voters.flatMap((voter) => {
    const own = data.votes.filter((vote) => vote.voter === voter.number).map((vote) => ({ ...vote, votedAt: "" }));
    return [...voterRows(exported, { voter, votes: own, exclusions: [] })];
  });
  expect(rows.filter(({ counts }) => counts)).toHaveLength(votes);
});
