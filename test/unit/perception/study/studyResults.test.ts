import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { Purpose, Random } from "@pareidolia/core/random";
import { shuffled } from "@pareidolia/perception/draws";
import { type ProtocolKindId, resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { trialsOf } from "@pareidolia/perception/study/results/answeredSession";
import { collectStudy, StudyCollector } from "@pareidolia/perception/study/results/evidence";
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import { computeResult, parseResult, resultKindIds, resultVersion, type StudyResult } from "@pareidolia/perception/study/studyResults";
import type { DesignedTrials } from "@pareidolia/perception/trials/design";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import type { Trial } from "@pareidolia/perception/trials/trial";
import { resolveExclusion } from "@pareidolia/perception/voters/exclusion";
import { describe, expect, expectTypeOf, it } from "vitest";
import { imagesOf, studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../../support/studyPlans.ts";
import { type SimulatedStudy, simulatedStudy } from "../../../support/studyVotes.ts";

const timing = resolveParameters(timingSpecs, { imageMs: 250 });
const designWith = (kind: ProtocolKindId, values: Record<string, unknown>, count = 16): DesignedTrials =>
  withImageHashes(
    studyDesign(
      count,
      {
        phases: [{ protocol: resolveProtocol(kind, values), timing }],
        perVoter: { counted: count, gold: 4, noise: 2, canaries: 3 },
      },
      {
        stimuli: imagesOf(Array.from({ length: count }, (_, index) => index % 8)).map((image, index) => ({
          ...image,
          image: `i-${index}`,
        })),
      },
    ),
  );

const answers: { readonly [Kind in ProtocolKindId]: (trial: Trial, voter: number, random: Random) => unknown } = {
  alternatives: ({ options }, _, random) => ({ choice: random.below(options.length) }),
  reverse: ({ options }, _, random) => ({ choice: random.below(options.length) }),
  yesNo: (_trial, _, random) => ({ choice: random.below(2) }),
  pairwise: (_trial, _, random) => ({ choice: random.below(2) }),
  freeText: () => ({ text: "a shell" }),
  confidenceRating: ({ options }, _, random) => ({ ratings: options.map(() => random.below(5)) }),
};

const everyKind: readonly (readonly [ProtocolKindId, Record<string, unknown>])[] = [
  ["alternatives", { alternatives: 4, cantTell: "missing" }],
  ["reverse", { alternatives: 3 }],
  ["yesNo", { cantTell: "disagreement" }],
  ["pairwise", {}],
  ["pairwise", { pairs: "otherLabel" }],
  ["freeText", {}],
  ["confidenceRating", {}],
  ["confidenceRating", { labels: "every" }],
];

const plan: StudyPlan = studyPlan(designWith("alternatives", { alternatives: 4, cantTell: "missing" }), {
  exclusion: resolveExclusion({ goldHits: 1, medianMs: 800, unfinished: true }),
});
const study = simulatedStudy(plan, { voters: 12 });
const resultsOf = (data: SimulatedStudy) => {
  const evidence = collectStudy(data);
  return Object.fromEntries(resultKindIds.map((kind) => [kind, computeResult(kind, evidence)]));
};
const results = resultsOf(study);

/** Every value of a document by its path. */
function leaves(value: unknown, path = ""): [string, unknown][] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([name, item]) => leaves(item, `${path}.${name}`));
}

describe("the results of a study", () => {
  it.each(resultKindIds)("are stored and read again: %s", (kind) => {
    const document: unknown = JSON.parse(JSON.stringify(results[kind]));
    expect(parseResult(kind, document)).toEqual(results[kind]);
    expect(() => parseResult(kind, { ...(document as object), version: 0 })).toThrow(`result.version 0 instead of ${resultVersion}`);
    expect(() => parseResult(kind, { ...(document as object), planned: null })).toThrow("result.planned is not an object");
  });

  it("do not depend on the order of voters and votes", () => {
    const random = new Random({ seed: 3, generation: 0, index: 0, purpose: Purpose.SIMULATE });
    const other = { ...study, voters: shuffled(study.voters, random), votes: shuffled(study.votes, random) };
    expect(resultsOf(other)).toEqual(results);
  });

  it("as planned are those of everyone in a study of the voters who are kept, but for their numbers", () => {
    const evidence = collectStudy(study);
    const kept = new Set(evidence.planned.voters.map((index) => evidence.voters[index]?.number));
    expect(kept.size).toBeGreaterThan(3);
    expect(kept.size).toBeLessThan(12);
    const alone = resultsOf({
      ...study,
      voters: study.voters.filter(({ number }) => kept.has(number)),
      votes: study.votes.filter(({ voter }) => kept.has(voter)),
    });
    for (const kind of resultKindIds) expect(alone[kind]?.everyone).toEqual(results[kind]?.planned);
  });

  it("count each reason of exclusion, and leave the voter in everyone's results", () => {
    const counts = Object.fromEntries(results["voters"]?.counts.exclusions.map(({ reason, voters }) => [reason, voters]) ?? []);
    expect(counts).toMatchObject({ insider: 1, unfinished: 4 });
    expect(counts["medianMs"]).toBeGreaterThanOrEqual(1);
    const { counts: header } = computeResult("voters", collectStudy(study));
    expect(header.everyone.voters).toBe(12);
    expect(header.planned.voters).toBeLessThan(8);
    const voters = computeResult("voters", collectStudy(study));
    expect(voters.everyone.voters.map(({ number }) => number)).toEqual([...study.voters.keys()]);
    expect(voters.everyone.voters[4]?.exclusions).toContain("insider");
    expect(voters.planned.voters.every(({ exclusions }) => exclusions.length === 0)).toBe(true);
  });

  it("change only with the voter who votes, if columns are kept from one computation to the next", () => {
    const collector = new StudyCollector(plan);
    const last = study.votes.filter(({ voter }) => voter === 7).slice(0, -5);
    for (const voter of study.voters)
      collector.setVoter(voter, voter.number === 7 ? last : study.votes.filter((vote) => vote.voter === voter.number));
    expect(computeResult("plane", collector.evidence(study.images))).not.toEqual(results["plane"]);
    const [seven] = study.voters.filter(({ number }) => number === 7);
    if (seven === undefined) throw new Error("no voter 7");
    collector.setVoter(
      seven,
      study.votes.filter(({ voter }) => voter === 7),
    );
    const evidence = collector.evidence(study.images);
    for (const kind of resultKindIds) expect(computeResult(kind, evidence)).toEqual(results[kind]);
    collector.removeVoter(7);
    const without = {
      ...study,
      voters: study.voters.filter(({ number }) => number !== 7),
      votes: study.votes.filter(({ voter }) => voter !== 7),
    };
    const removed = collector.evidence(study.images);
    const expected = resultsOf(without);
    for (const kind of resultKindIds) expect(computeResult(kind, removed)).toEqual(expected[kind]);
  });

  it("refuse votes that do not belong to the study", () => {
    const [vote] = study.votes;
    if (vote === undefined) throw new Error("no vote");
    const withVote = (change: object) => () => collectStudy({ ...study, votes: [...study.votes, { ...vote, ...change }] });
    expect(withVote({ voter: 99 })).toThrow("voter 99, who is not in the study");
    expect(withVote({ trial: 999 })).toThrow("trial 999");
    expect(withVote({})).toThrow("another vote");
    const damaged = study.votes.map((one, index) => (index === 0 ? { ...one, answer: { choice: 4 } } : one));
    expect(() => collectStudy({ ...study, votes: damaged })).toThrow("is damaged");
    expect(() => collectStudy({ ...study, images: [] })).toThrow("each of the study's images");
  });
});

it("results have types down to their numbers, also as the compiler describes them to other packages", () => {
  type Timing = Extract<StudyResult<"timing">["planned"]["phases"][number]["response"], { defined: true }>;
  type Groups = Extract<StudyResult<"calibration">["planned"]["phases"][number]["groups"], { defined: true }>;
  expectTypeOf<Timing["histogram"]["counts"]>().toEqualTypeOf<readonly number[]>();
  expectTypeOf<Groups["groups"][number]["diagrams"][number]["ece"]>().toEqualTypeOf<number>();
  expectTypeOf<StudyResult<"voters">["everyone"]["voters"][number]["gold"]["hits"]>().toEqualTypeOf<number>();
  expectTypeOf<StudyResult<"plane">["shared"]["sources"]>().toEqualTypeOf<readonly string[]>();
});

describe.each(everyKind)("the results of a study with the protocol %s %o", (kind, values) => {
  const own = studyPlan(designWith(kind, values));

  it.each([
    ["no voters", 0, 0],
    ["a voter without votes", 1, 0],
    ["one vote", 1, 1],
    ["one voter", 1, 1000],
    ["two voters with a vote", 2, 1],
    ["nine voters", 9, 1000],
  ])("have a number or a reason everywhere with %s", (_, voters, votes) => {
    const all = simulatedStudy(own, { voters, answer: answers[kind] });
    const some = { ...all, votes: all.votes.filter(({ trial }) => trial < votes) };
    const evidence = collectStudy(some);
    for (const id of resultKindIds) {
      const result = computeResult(id, evidence);
      expect(parseResult(id, JSON.parse(JSON.stringify(result)))).toEqual(result);
      for (const [path, value] of leaves(result))
        expect(typeof value === "number" ? Number.isFinite(value) : value !== undefined, `${id}${path}`).toBe(true);
    }
  });

  it("have a number or a reason everywhere with votes on one image", () => {
    const all = simulatedStudy(own, { voters: 9, answer: answers[kind] });
    const first = all.voters.map((voter) => trialsOf(own, voter).find(({ role, item }) => role === "counted" && item === 0)?.number);
    const evidence = collectStudy({ ...all, votes: all.votes.filter(({ voter, trial }) => first[voter] === trial) });
    expect(new Set(evidence.everyone.phases[0]?.votes.item).size).toBeLessThanOrEqual(1);
    for (const id of resultKindIds) {
      const result = computeResult(id, evidence);
      expect(parseResult(id, JSON.parse(JSON.stringify(result)))).toEqual(result);
      for (const [path, value] of leaves(result))
        expect(typeof value === "number" ? Number.isFinite(value) : value !== undefined, `${id}${path}`).toBe(true);
    }
  });
});
