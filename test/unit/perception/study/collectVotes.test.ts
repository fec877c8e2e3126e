import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { checkCountedVotes } from "@pareidolia/perception/countedVotes";
import { tallyVotes } from "@pareidolia/perception/images/imageTally";
import { resolveProtocol } from "@pareidolia/perception/protocols/registry";
import type { Answer } from "@pareidolia/perception/protocols/screen";
import { type AnsweredTrial, collectPairs, collectVotes } from "@pareidolia/perception/study/collectVotes";
import { designFrom, getTemplate } from "@pareidolia/perception/templates/registry";
import { buildTrials } from "@pareidolia/perception/trials/buildTrials";
import type { DesignedTrials } from "@pareidolia/perception/trials/design";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import type { Trial } from "@pareidolia/perception/trials/trial";
import { describeVoters } from "@pareidolia/perception/voters/describeVoters";
import { responseBias } from "@pareidolia/perception/voters/responseBias";
import { describe, expect, it } from "vitest";
import { classesUpTo, exemplarsOf, imagesOf, studyDesign } from "../../../support/studyDesigns.ts";

const voters = 6;
const timing = resolveParameters(timingSpecs, {});

/** Sessions of all voters, answered by `answer`. */
function answered(design: DesignedTrials, answer: (trial: Trial, voter: number) => Answer): AnsweredTrial[] {
  return classesUpTo(voters).flatMap((voter) =>
    buildTrials(design, { seed: 2, voter }).map((trial) => ({
      voter,
      trial,
      answer: answer(trial, voter),
      responseMs: 1000 + trial.number,
    })),
  );
}

describe("the votes of a study", () => {
  const design = studyDesign(20, { phases: [{ protocol: resolveProtocol("alternatives", { cantTell: "missing" }), timing }] });
  const agree = (trial: Trial): Answer => ({ choice: trial.target ?? 0 });

  it("agree where voters choose the target, in counted trials only; gold, noise and canaries are checks", () => {
    const { votes, checks } = collectVotes(design, answered(design, agree), { voters, phase: 0 });
    checkCountedVotes(votes);
    expect(votes.item.length).toBe(20 * voters);
    expect([...tallyVotes(votes, "item").agreeing]).toEqual(Array(20).fill(voters));
    expect(votes.answer).toEqual(votes.target);
    expect(checks.gold.hit).toEqual(new Uint8Array(8 * voters).fill(1));
    // A label for noise, where "can't tell" is offered, is a failed check.
    expect(checks.noise.hit).toEqual(new Uint8Array(4 * voters));
    expect(checks.canaries.hit.length).toBe(6 * voters);
    const [first] = describeVoters(votes, checks);
    expect(first?.gold).toMatchObject({ hits: 8, of: 8 });
    expect(first?.agreement).toMatchObject({ hits: 20, of: 20 });
  });

  it('count "can\'t tell" as the protocol says, and never as a right answer to gold', () => {
    const cantTell = (trial: Trial): Answer => (trial.item % 2 === 0 ? { cantTell: true } : agree(trial));
    const tally = (cantTellAs: string) => {
      const phases = [{ protocol: resolveProtocol("alternatives", { cantTell: cantTellAs }), timing }];
      const changed = { ...design, phases };
      const { votes, checks } = collectVotes(changed, answered(changed, cantTell), { voters, phase: 0 });
      expect(checks.gold.hit.filter((hit) => hit === 1).length).toBe(4 * voters);
      // Of noise, only "can't tell" shows attention.
      expect([checks.noise.hit.length, checks.noise.hit.filter((hit) => hit === 1).length]).toEqual([4 * voters, 2 * voters]);
      return tallyVotes(votes, "voter");
    };
    expect([tally("missing").votes[0], tally("missing").missing[0]]).toEqual([10, 10]);
    expect([tally("disagreement").votes[0], tally("disagreement").agreeing[0]]).toEqual([20, 10]);
  });

  it("reveal a preference for one position, which labels hide", () => {
    const left = answered(design, () => ({ choice: 0 }));
    const byPosition = responseBias(collectVotes(design, left, { voters, phase: 0, categories: "positions" }).votes);
    expect(byPosition?.categories.map(({ baseRate }) => baseRate)).toEqual([1, 0]);
    expect(byPosition?.corrected).toBeCloseTo(0, 12);
    const byLabel = responseBias(collectVotes(design, left, { voters, phase: 0 }).votes);
    expect(Math.max(...(byLabel?.categories.map(({ baseRate }) => baseRate) ?? []))).toBeLessThan(0.15);
  });

  it("are the same in any order of answers, but for their order", () => {
    const all = answered(design, (trial, voter) => ({ choice: (trial.number + voter) % 2 }));
    const one = collectVotes(design, all, { voters, phase: 0 }).votes;
    const other = collectVotes(design, [...all].reverse(), { voters, phase: 0 }).votes;
    expect([...other.answer].reverse()).toEqual([...one.answer]);
    expect(tallyVotes(other, "item")).toEqual(tallyVotes(one, "item"));
  });

  it("have images as categories in the reverse protocol, and no category for ratings and texts", () => {
    const labels = classesUpTo(8);
    const reverse = designFrom(getTemplate("zhouFirestoneE4"), { stimuli: imagesOf(labels), labels, exemplars: exemplarsOf(labels) });
    const { votes } = collectVotes(reverse, answered(reverse, agree), { voters, phase: 0 });
    expect(votes.answers).toBe(8);
    expect(votes.answer).toEqual(votes.item);
    const rated = designFrom(getTemplate("golan"), { stimuli: imagesOf(labels), labels });
    const ratings = collectVotes(
      rated,
      answered(rated, (trial) => ({ ratings: labels.map((_, index) => (index === trial.target ? 90 : 10)) })),
      { voters, phase: 0 },
    );
    expect(new Set(ratings.votes.answer)).toEqual(new Set([-1]));
    expect(new Set(ratings.votes.agrees)).toEqual(new Set([1]));
    const texts = designFrom(getTemplate("freeTextFirst"), { stimuli: imagesOf(labels), labels });
    const both = answered(texts, (trial) => (trial.phase === 0 ? { text: "a shell" } : agree(trial)));
    expect(new Set(collectVotes(texts, both, { voters, phase: 0 }).votes.agrees)).toEqual(new Set([-1]));
    expect(new Set(collectVotes(texts, both, { voters, phase: 1 }).votes.agrees)).toEqual(new Set([1]));
    expect(() => collectVotes(texts, both, { voters, phase: 2 })).toThrow("there is no phase 2");
  });

  it("rank images of one label by the choices between them", () => {
    const stimuli = imagesOf(classesUpTo(12)).map((stimulus, index) => ({ ...stimulus, label: index % 3 }));
    const pairs = studyDesign(12, { phases: [{ protocol: resolveProtocol("pairwise", { cantTell: "missing" }), timing }] }, { stimuli });
    const lower = answered(pairs, ({ options }) => ({ choice: (options[0] as number) < (options[1] as number) ? 0 : 1 }));
    const choices = collectPairs(pairs, [...lower, { ...(lower[0] as AnsweredTrial), answer: { cantTell: true } }], { voters, phase: 0 });
    expect(choices.winner.length).toBe(6 * voters);
    for (const [index, winner] of choices.winner.entries()) {
      expect(winner).toBeLessThan(choices.loser[index] as number);
      expect(winner % 3).toBe((choices.loser[index] as number) % 3);
    }
  });
});
