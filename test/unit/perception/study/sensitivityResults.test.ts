import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { errorConsistencyInterval, meanErrorConsistency, pairsAmong } from "@pareidolia/perception/agreement/errorConsistency";
import { fleissKappaInterval } from "@pareidolia/perception/agreement/fleissKappa";
import { krippendorffAlphaInterval } from "@pareidolia/perception/agreement/krippendorffAlpha";
import { type ProtocolKindId, resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import type { StudyData } from "@pareidolia/perception/study/results/studyData";
import { computeResult, type ResultKindId, type StudyResult } from "@pareidolia/perception/study/studyResults";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import { describe, expect, it } from "vitest";
import { studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../../support/studyPlans.ts";
import { type SimulatedStudy, type SimulationOptions, simulatedStudy } from "../../../support/studyVotes.ts";
import { tableOfCells } from "../electorate.ts";

type Phase<Kind extends ResultKindId> = StudyResult<Kind>["everyone"] extends { readonly phases: readonly (infer Of)[] } ? Of : never;

function phaseOf<Kind extends Exclude<ResultKindId, "voters">>(kind: Kind, study: StudyData): Phase<Kind> {
  const { everyone } = computeResult(kind, collectStudy(study)) as { readonly everyone: { readonly phases: readonly Phase<Kind>[] } };
  return everyone.phases[0] as Phase<Kind>;
}

function definedPart<T extends { readonly defined: boolean }>(part: T): Extract<T, { readonly defined: true }> {
  if (!part.defined) throw new Error((part as unknown as { readonly reason: string }).reason);
  return part as Extract<T, { readonly defined: true }>;
}

interface Described extends SimulationOptions {
  readonly images?: number;
  readonly gold?: number;
  readonly noise?: number;
  readonly answerMs?: number;
}

function studyOf(kind: ProtocolKindId, values: Record<string, unknown>, described: Described): SimulatedStudy {
  const { images = 24, gold = 0, noise = 0, answerMs = 0, ...simulation } = described;
  const phases = [{ protocol: resolveProtocol(kind, values), timing: resolveParameters(timingSpecs, { answerMs }) }];
  const design = { ...studyDesign(images, { phases }), perVoter: { counted: images, gold, noise, canaries: 0 } };
  return simulatedStudy(studyPlan(withImageHashes(design)), { sessionShare: () => 1, ...simulation });
}

describe("calibration in a forced choice", () => {
  it("takes no guess for recognition: voters who only guess recognise nothing", () => {
    const study = studyOf(
      "alternatives",
      { alternatives: 2 },
      { voters: 40, answer: (_trial, _voter, random) => ({ choice: random.below(2) }) },
    );
    const { chance, groups } = definedPart(phaseOf("calibration", study).groups);
    expect(chance).toBe(0.5);
    const [all] = groups;
    const recognised = definedPart(all?.agreement as NonNullable<typeof all>["agreement"]);
    expect(recognised.estimate).toBeLessThan(0.1);
    expect(recognised.low).toBe(0);
    expect(definedPart(all?.withGuesses as NonNullable<typeof all>["withGuesses"]).estimate).toBeCloseTo(0.5, 1);
  });

  it("has no error of a network whose confidence is the share that recognises the label, the others guessing", () => {
    const study = studyOf("alternatives", { alternatives: 2 }, { voters: 60, images: 60 });
    const answered = {
      ...study,
      votes: simulatedStudy(study.plan, {
        voters: 60,
        sessionShare: () => 1,
        answer: ({ item, target }, _voter, random) => ({
          choice: random.chance(study.images[item]?.confidence ?? 0) ? (target ?? 0) : random.below(2),
        }),
      }).votes,
    };
    const { groups } = definedPart(phaseOf("calibration", answered).groups);
    const [diagram] = groups[0]?.diagrams ?? [];
    const error = definedPart(diagram?.debiasedEce as NonNullable<typeof diagram>["debiasedEce"]);
    expect(Math.abs(error.estimate)).toBeLessThan(0.04);
    for (const value of [...(diagram?.agreement ?? []), ...(diagram?.agreementLow ?? []), ...(diagram?.agreementHigh ?? [])])
      if (value !== null) expect(value >= 0 && value <= 1).toBe(true);
  });

  it("is refused, with the reason, where voters answered that they can't tell", () => {
    const study = studyOf(
      "alternatives",
      { alternatives: 2, cantTell: "disagreement" },
      { voters: 10, answer: (_trial, voter, random) => (voter === 0 ? { cantTell: true } : { choice: random.below(2) }) },
    );
    expect(phaseOf("calibration", study).groups).toMatchObject({ defined: false, reason: expect.stringContaining("24 of 240 answers") });
    expect(definedPart(phaseOf("detection", study).forcedChoice).recognised).toMatchObject({ defined: false });
  });
});

describe("sensitivity", () => {
  const yes = { counted: 0.5, gold: 0.9, noise: 0.2, canary: 0.5, repeat: 0.5 };

  it("of yes or no has hit rate, false alarms and d', of the images and of gold", () => {
    const study = studyOf(
      "yesNo",
      {},
      {
        voters: 40,
        images: 20,
        gold: 8,
        noise: 4,
        answer: ({ role }, _voter, random) => ({ choice: random.chance(yes[role as keyof typeof yes]) ? 0 : 1 }),
      },
    );
    const { method, yesNo, forcedChoice } = phaseOf("detection", study);
    expect([method, forcedChoice.defined]).toEqual(["yesNo", false]);
    const { images, gold, noise, sensitivity, goldSensitivity } = definedPart(yesNo);
    expect([images.trials, gold.trials, noise.trials]).toEqual([800, 320, 160]);
    expect(definedPart(noise.rate).estimate).toBeCloseTo(noise.yes / 160, 12);
    const found = definedPart(sensitivity);
    expect(found.falseAlarmRate).toBeCloseTo((noise.yes + 0.5) / 161, 12);
    // z(.5) - z(.2) = .84, z(.9) - z(.2) = 2.12; criterion -(z(.5) + z(.2)) / 2 = .42.
    const dPrime = definedPart(found.dPrime);
    expect(dPrime.low < 0.84 && dPrime.high > 0.84).toBe(true);
    expect(Math.abs(definedPart(definedPart(goldSensitivity).dPrime).estimate - 2.12)).toBeLessThan(0.4);
    expect(Math.abs(definedPart(found.criterion).estimate - 0.42)).toBeLessThan(0.2);
    expect(Math.abs(definedPart(found.detected).estimate - 0.375)).toBeLessThan(0.1);
  });

  it("of yes or no without noise has no false alarms, and says so", () => {
    const study = studyOf("yesNo", {}, { voters: 12, gold: 4, answer: (_trial, _voter, random) => ({ choice: random.below(2) }) });
    const { noise, sensitivity, images } = definedPart(phaseOf("detection", study).yesNo);
    for (const part of [noise.rate, sensitivity])
      expect(part).toMatchObject({ defined: false, reason: expect.stringContaining("no noise") });
    expect(images.rate.defined).toBe(true);
  });

  it("of the reversed question has each image's hits and false alarms, which add up to the votes", () => {
    const study = studyOf(
      "reverse",
      { alternatives: 8, arrangement: "eachVoter" },
      {
        voters: 20,
        images: 8,
        answer: ({ target }, _voter, random) => ({ choice: random.chance(0.5) ? (target ?? 0) : random.below(8) }),
      },
    );
    const { alternatives, hitRate, recognised, dPrime, options, criterion } = definedPart(phaseOf("detection", study).forcedChoice);
    expect(alternatives).toBe(8);
    expect(Math.abs(definedPart(recognised).estimate - 0.5)).toBeLessThan(0.15);
    expect(definedPart(recognised).estimate).toBeCloseTo((definedPart(hitRate).estimate - 1 / 8) / (7 / 8), 12);
    expect(definedPart(dPrime).low).toBeGreaterThan(0);
    const found = definedPart(options);
    expect(found.of).toBe("images");
    expect(found.targets).toEqual(Array.from({ length: 8 }, () => 20));
    expect(found.foils).toEqual(Array.from({ length: 8 }, () => 140));
    const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
    expect(sum(found.hits) + sum(found.falseAlarms)).toBe(160);
    expect(criterion.defined).toBe(false);
  });

  it("of two alternatives has the criterion of voters who prefer the first position", () => {
    const study = studyOf(
      "alternatives",
      { alternatives: 2 },
      { voters: 20, answer: ({ target }, _voter, random) => ({ choice: random.chance(0.5) ? 0 : (target ?? 0) }) },
    );
    const found = definedPart(definedPart(phaseOf("detection", study).forcedChoice).criterion);
    expect(found.high).toBeLessThan(0);
  });

  it("of texts and ratings is undefined, with the reason", () => {
    const study = studyOf("freeText", {}, { voters: 4, answer: () => ({ text: "a dog" }) });
    const { method, yesNo, forcedChoice } = phaseOf("detection", study);
    expect(method).toBeNull();
    for (const part of [yesNo, forcedChoice]) expect(part).toMatchObject({ defined: false, reason: expect.stringMatching(/\.$/) });
  });
});

describe("voters", () => {
  const resultOf = (study: SimulatedStudy) => computeResult("voters", collectStudy(study)).everyone;

  it("who always choose one label do not become the measure of skill, and are named", () => {
    const study = studyOf(
      "alternatives",
      { alternatives: 20, arrangement: "eachVoter" },
      {
        voters: 8,
        images: 20,
        answer: ({ options, target }, voter, random) => ({
          choice: voter < 3 ? options.indexOf(0) : random.chance(0.85) ? (target ?? 0) : random.below(options.length),
        }),
      },
    );
    const { voters, skillWarnings } = resultOf(study);
    const skills = voters.map(({ skills: [skill] }) => definedPart(skill as NonNullable<typeof skill>).estimate);
    for (const [voter, skill] of skills.entries()) expect(skill > 0.6, `voter ${voter}`).toBe(voter >= 3);
    expect(skillWarnings[0]).toContainEqual(expect.objectContaining({ kind: "constantVoters", voters: [0, 1, 2] }));
  });

  it("have noise that cannot be judged apart from noise that they fail", () => {
    const choose: SimulationOptions["answer"] = (_trial, _voter, random) => ({ choice: random.below(2) });
    const [labels] = resultOf(studyOf("alternatives", {}, { voters: 4, noise: 3, answer: choose })).voters;
    expect(labels?.noise).toMatchObject({
      hits: 0,
      of: 0,
      unjudged: 3,
      share: { defined: false, reason: expect.stringContaining("not judged") },
    });
    const [yesNo] = resultOf(studyOf("yesNo", {}, { voters: 4, noise: 3, answer: choose })).voters;
    expect(yesNo?.noise).toMatchObject({ of: 3, unjudged: 0 });
  });

  it("whose gold contradicts their skill are shown with both", () => {
    const study = studyOf(
      "alternatives",
      { alternatives: 2 },
      {
        voters: 10,
        images: 40,
        gold: 6,
        answer: ({ role, target, item }, voter) => {
          const right = role === "gold" ? voter !== 2 : (item + voter) % 7 !== 0;
          return { choice: right ? (target ?? 0) : 1 - (target ?? 0) };
        },
      },
    );
    const { voters } = resultOf(study);
    expect(voters[2]?.goldContradictsSkill[0]).toMatchObject({ hits: 0, of: 6, reason: expect.stringContaining("0 of 6 gold") });
    expect(voters[5]?.goldContradictsSkill).toEqual([null]);
  });

  it("whose gold contradicts a skill without interval, in a small study, are shown with both", () => {
    const study = studyOf(
      "alternatives",
      { alternatives: 2 },
      {
        voters: 4,
        images: 12,
        gold: 3,
        answer: ({ role, target, item }, voter) => {
          const right = role === "gold" ? voter !== 2 : (item + voter) % 7 !== 0;
          return { choice: right ? (target ?? 0) : 1 - (target ?? 0) };
        },
      },
    );
    const { voters } = resultOf(study);
    expect(voters[2]?.skills[0]).toMatchObject({ defined: false, estimate: expect.any(Number) });
    expect(voters[2]?.goldContradictsSkill[0]).toMatchObject({ hits: 0, of: 3, reason: expect.stringContaining("0 of 3 gold") });
    expect(voters[1]?.goldContradictsSkill).toEqual([null]);
  });

  it("have trials whose time ended apart from those that they skipped", () => {
    const study = studyOf("alternatives", {}, { voters: 3, answerMs: 2000, answer: ({ number }) => (number < 5 ? null : { choice: 0 }) });
    const votes = study.votes.map((vote) => ({ ...vote, timedOut: vote.trial < 2 }));
    expect(resultOf({ ...study, votes }).voters.map(({ skipped, timedOut }) => [skipped, timedOut])).toEqual([
      [3, 2],
      [3, 2],
      [3, 2],
    ]);
    expect(phaseOf("summary", { ...study, votes })).toMatchObject({ skipped: 9, timedOut: 6 });
  });
});

describe("coefficients of too little", () => {
  const options = { seed: 1, resamples: 200 };

  it("are undefined for one image, with the reason", () => {
    const one = tableOfCells({ items: 1, voters: 4, answers: 2 }, [0, 0, 1, 1]);
    for (const found of [krippendorffAlphaInterval(one, { ...options, metric: "nominal" }), fleissKappaInterval(one, options)])
      expect(found).toMatchObject({ defined: false, reason: expect.stringContaining("more images") });
  });

  it("have no interval from one value of all resamples", () => {
    const same = tableOfCells(
      { items: 12, voters: 2, answers: 2 },
      Array.from({ length: 24 }, (_, cell) => cell % 2),
    );
    expect(krippendorffAlphaInterval(same, { ...options, metric: "nominal" })).toMatchObject({
      defined: false,
      reason: expect.stringContaining("same coefficient"),
    });
  });

  it("count each vote once, however many pairs of voters it is compared in", () => {
    const rows = [
      [1, 0, 1, 0, 1, 1, 0, 1, 0, 1],
      [1, 1, 0, 0, 1, 0, 0, 1, 1, 1],
      [0, 1, 1, 0, 1, 1, 1, 0, 0, 1],
    ].map((row) => Int8Array.from(row));
    expect(meanErrorConsistency(pairsAmong(rows), options)).toMatchObject({ votes: 30, items: 10 });
    expect(errorConsistencyInterval(rows[0] as Int8Array, rows[1] as Int8Array, options)).toMatchObject({ votes: 20 });
  });
});
