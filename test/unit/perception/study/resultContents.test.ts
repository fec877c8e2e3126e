import { existsSync } from "node:fs";
import path from "node:path";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { readSilhouettes } from "@pareidolia/lab/perception/realVotes";
import { sequenceInterval } from "@pareidolia/perception/intervals/confidenceSequence";
import { type ProtocolKindId, resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { plainStimulus } from "@pareidolia/perception/protocols/stimulus";
import { resolveStoppingRule, type StoppingRule } from "@pareidolia/perception/stopping/registry";
import { trialsOf } from "@pareidolia/perception/study/results/answeredSession";
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import type { StudyVoter } from "@pareidolia/perception/study/results/studyData";
import { computeResult, type ResultKindId, type StudyResult } from "@pareidolia/perception/study/studyResults";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import type { Trial } from "@pareidolia/perception/trials/trial";
import { describe, expect, it } from "vitest";
import { sharedCacheFolder } from "../../../support/sharedCache.ts";
import { skippedFor } from "../../../support/skippedFor.ts";
import { classesUpTo, imagesOf, studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../../support/studyPlans.ts";
import { type SimulatedStudy, type SimulationOptions, simulatedStudy } from "../../../support/studyVotes.ts";

type Phase<Kind extends ResultKindId> = StudyResult<Kind>["everyone"] extends { readonly phases: readonly (infer Of)[] } ? Of : never;

function firstPhase<Kind extends Exclude<ResultKindId, "voters">>(kind: Kind, study: SimulatedStudy): Phase<Kind> {
  const { everyone } = computeResult(kind, collectStudy(study)) as { readonly everyone: { readonly phases: readonly Phase<Kind>[] } };
  return everyone.phases[0] as Phase<Kind>;
}

function definedPart<T extends { readonly defined: boolean }>(part: T): Extract<T, { readonly defined: true }> {
  if (!part.defined) throw new Error((part as unknown as { readonly reason: string }).reason);
  return part as Extract<T, { readonly defined: true }>;
}

const imageMs = 250;
function studyOf(
  kind: ProtocolKindId,
  values: Record<string, unknown>,
  options: SimulationOptions & { readonly images?: number; readonly conditionOf?: (image: number) => string },
): SimulatedStudy {
  const { images = 12, conditionOf, ...simulation } = options;
  const labels = classesUpTo(images);
  const phases = [{ protocol: resolveProtocol(kind, values), timing: resolveParameters(timingSpecs, { imageMs }) }];
  const perVoter = { counted: images, gold: 0, noise: 0, canaries: 0 };
  const design = studyDesign(images, { phases, perVoter }, { labels });
  const stimuli = design.stimuli.map((stimulus, image) => ({ ...stimulus, condition: conditionOf?.(image) ?? stimulus.condition }));
  return simulatedStudy(studyPlan(withImageHashes({ ...design, stimuli })), simulation);
}

const silhouettes = path.join(sharedCacheFolder(), "data", "votes", "silhouettes-16afc.csv.gz");

describe("the results of a study", () => {
  it(
    "of real votes are those that NumPy and krippendorff compute",
    skippedFor(existsSync(silhouettes) ? null : `no ${silhouettes}`),
    async () => {
      const { table, truth, observers } = await readSilhouettes(sharedCacheFolder());
      const labels = classesUpTo(16);
      const stimuli = [...truth].map((label, image) => plainStimulus(`silhouette-${image}`, label));
      const phases = [
        {
          protocol: resolveProtocol("alternatives", { alternatives: 16, cantTell: "disagreement", arrangement: "eachVoter" }),
          timing: resolveParameters(timingSpecs, {}),
        },
      ];
      const perVoter = { counted: 160, gold: 0, noise: 0, canaries: 0 };
      const people = observers.flatMap(({ person }, observer) => (person ? [observer] : []));
      const given = new Map([...table.item].map((item, vote) => [`${table.voter[vote]} ${item}`, table.answer[vote] as number]));
      const study = simulatedStudy(studyPlan(withImageHashes(studyDesign(160, { phases, perVoter }, { labels, stimuli }))), {
        voters: people.length,
        answer: ({ item, options }, voter) => {
          const response = given.get(`${people[voter]} ${item}`);
          return response === undefined ? { cantTell: true } : { choice: options.indexOf(response) };
        },
        sessionShare: () => 1,
      });
      // votes.md, section 3: computed with krippendorff and NumPy from the same file.
      expect(definedPart(firstPhase("agreement", study).alpha).estimate).toBeCloseTo(0.69468, 6);
      const voters = definedPart(firstPhase("summary", study).voters);
      const accuracies = voters.agreeing.map((agreeing, index) => agreeing / (voters.votes[index] as number));
      const published = [0.8, 0.6562, 0.8, 0.775, 0.7688, 0.725, 0.7625, 0.6375, 0.7562, 0.85];
      expect(accuracies.length).toBe(published.length);
      for (const [index, accuracy] of accuracies.entries()) expect(Math.abs(accuracy - (published[index] as number))).toBeLessThan(6e-5);
      // The table of these shapes offers all 16 categories on every trial.
      // Error consistency, votes.md, section 3: the mean over pairs of people, and of AlexNet, GoogLeNet and VGG with people.
      const networks = observers.flatMap((observer, index) => (observer.person ? [] : [{ index, name: observer.name }]));
      const answers = new Map(networks.map(({ index }) => [index, new Map<number, number>()]));
      for (const [vote, item] of table.item.entries()) answers.get(table.voter[vote] as number)?.set(item, table.answer[vote] as number);
      const images = study.images.map((image, item) => ({
        ...image,
        networks: networks.map(({ index, name }) => ({ model: name, agrees: answers.get(index)?.get(item) === truth[item] })),
      }));
      const consistency = firstPhase("consistency", { ...study, images });
      expect(definedPart(consistency.people).estimate).toBeCloseTo(0.475709, 6);
      const withPeople = consistency.networks.map(({ model, consistency: figure }) => [model, definedPart(figure).estimate]);
      expect(withPeople.map(([, kappa]) => kappa)).toEqual([0.282731, 0.334751, 0.329161].map((kappa) => expect.closeTo(kappa, 6)));
      expect(consistency).toMatchObject({ pairs: 45, allPairs: 45, voters: 10, compared: 10, images: 160 });
      // "na" is wrong here, and missing in the test of splitHalfReliability.
      expect(definedPart(consistency.halves)).toMatchObject({ splits: 126, exhaustive: true, voters: 10, votes: 1600 });
      const { confusion, accuracy } = definedPart(definedPart(firstPhase("bias", study).options));
      expect(confusion.length).toBe(256);
      expect(definedPart(accuracy).n).toBe(table.item.filter((_, vote) => people.includes(table.voter[vote] as number)).length);
    },
  );

  it("say why a question has no right answer, chance or categories", () => {
    const texts = studyOf("freeText", {}, { voters: 4, answer: () => ({ text: "a shell" }) });
    const uncoded = { defined: false, reason: expect.stringContaining("Coding is missing") };
    expect(firstPhase("plane", texts).shares).toEqual(uncoded);
    expect(firstPhase("summary", texts).total).toEqual(uncoded);
    expect(firstPhase("calibration", texts).groups).toEqual(uncoded);
    expect(firstPhase("agreement", texts).alpha).toEqual(uncoded);
    expect(firstPhase("bias", texts).options).toMatchObject({ defined: false });
    expect(firstPhase("timing", texts).response).toMatchObject({ defined: true });
    const yesNo = studyOf("yesNo", {}, { voters: 6, answer: (_trial, _voter, random) => ({ choice: random.below(2) }) });
    expect(firstPhase("plane", yesNo).shares).toMatchObject({ defined: true });
    expect(firstPhase("summary", yesNo).voters).toEqual({ defined: false, reason: "A question without options has no level of chance." });
    expect(firstPhase("agreement", yesNo).alpha).toMatchObject({ defined: true });
    const ratings = studyOf("confidenceRating", {}, { voters: 6, answer: (_trial, _voter, random) => ({ ratings: [random.below(5)] }) });
    expect(firstPhase("plane", ratings).shares).toMatchObject({ defined: true });
    expect(firstPhase("agreement", ratings).fleiss).toEqual({ defined: false, reason: "Ratings are levels of a scale, not categories." });
  });

  it("rank images of one label by the choices between them", () => {
    const labels = classesUpTo(2);
    const stimuli = imagesOf(classesUpTo(10)).map((image, index) => ({ ...image, label: index % 2 }));
    const phases = [{ protocol: resolveProtocol("pairwise", {}), timing: resolveParameters(timingSpecs, {}) }];
    const perVoter = { counted: 10, gold: 0, noise: 0, canaries: 0 };
    const plan = studyPlan(withImageHashes(studyDesign(10, { phases, perVoter }, { labels, stimuli })));
    // Of two images of one label, the one with the higher index is usually preferred.
    const study = simulatedStudy(plan, {
      voters: 60,
      answer: ({ options: [left = 0, right = 0] }, _voter, random) => ({ choice: random.chance(0.85) === left > right ? 0 : 1 }),
    });
    const { shares, strengths, chance } = firstPhase("plane", study);
    expect([shares.defined, chance]).toEqual([false, null]);
    const { strength, low, high, choices, intervalReason } = definedPart(strengths);
    expect(intervalReason).toMatch(/^A 95% interval of strengths by (\d+) voters needs at least \1 choices of each, on average\.$/);
    for (const label of labels) {
      const own = classesUpTo(10).filter((image) => image % 2 === label);
      const order = own.map((image) => strength[image] as number);
      expect(order[0]).toBeLessThan(order.at(-1) as number);
      expect(order.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 8);
      for (const image of own) {
        expect(choices[image]).toBeGreaterThan(10);
        expect([low[image], high[image]]).toEqual([null, null]);
      }
    }
    const ofTwo = definedPart(firstPhase("plane", simulatedStudy(plan, { voters: 2, answer: () => ({ choice: 0 }) })).strengths);
    expect(ofTwo.strength.filter((value) => value !== null).length).toBeGreaterThan(4);
    expect([...ofTwo.low, ...ofTwo.high].every((end) => end === null)).toBe(true);
    expect(ofTwo).toMatchObject({ over: "voters", intervalReason: "A 95% interval of a strength needs at least 3 voters." });
  });

  it("rank images with intervals where each voter chooses often enough", () => {
    const stimuli = imagesOf(classesUpTo(40)).map((image) => ({ ...image, label: 0 }));
    const phases = [{ protocol: resolveProtocol("pairwise", {}), timing: resolveParameters(timingSpecs, {}) }];
    const perVoter = { counted: 40, gold: 0, noise: 0, canaries: 0 };
    const plan = studyPlan(withImageHashes(studyDesign(40, { phases, perVoter }, { labels: classesUpTo(2), stimuli })));
    const answer: SimulationOptions["answer"] = ({ options: [left = 0, right = 0] }, _voter, random) => ({
      choice: random.chance(0.85) === left > right ? 0 : 1,
    });
    const found = definedPart(firstPhase("plane", simulatedStudy(plan, { voters: 4, answer, sessionShare: () => 1 })).strengths);
    expect(found.intervalReason).toBeNull();
    for (const [image, value] of found.strength.entries())
      if (value !== null) expect([(found.low[image] as number) < value, (found.high[image] as number) > value]).toEqual([true, true]);
  });

  it("show people who answer by position as biased, and no better than their base rates", () => {
    const left = (): unknown => ({ choice: 0 });
    const phase = firstPhase("bias", studyOf("alternatives", {}, { voters: 8, answer: left }));
    const positions = definedPart(phase.positions);
    expect(positions.baseRate.map(({ estimate }) => estimate)).toEqual([1, 0]);
    expect(positions.expected).toBeCloseTo(0.5, 1);
    expect(phase.options).toMatchObject({ defined: false, reason: expect.stringContaining("different options") });
    const favourite = ({ options }: Trial): unknown => ({ choice: options.indexOf(8) });
    const every = { alternatives: 12, arrangement: "eachVoter" };
    const eights = definedPart(
      firstPhase("bias", studyOf("alternatives", every, { voters: 12, answer: favourite, sessionShare: () => 1 })).options,
    );
    expect(eights.values).toEqual(classesUpTo(12));
    expect(eights.baseRate.map(({ estimate }) => estimate)).toEqual(classesUpTo(12).map((label) => (label === 8 ? 1 : 0)));
    expect(eights.expected).toBeCloseTo(1 / 12, 12);
    expect(definedPart(eights.corrected)).toMatchObject({ estimate: 0, low: 0, high: 0 });
  });

  it("compare times on screen with what was requested, for each refresh rate", () => {
    const study = studyOf("alternatives", {}, { voters: 16, images: 24 });
    const { shown, response } = firstPhase("timing", study);
    const roles = new Map(study.voters.map((voter) => [voter.number, trialsOf(study.plan, voter).map(({ role }) => role)]));
    const answered = study.votes.filter(({ voter, trial, answer }) => answer !== null && roles.get(voter)?.[trial] === "counted");
    const { rates, measured, unmeasured, requestedMs } = definedPart(shown);
    expect(requestedMs).toBe(imageMs);
    expect(rates.map(({ refreshHz, voters }) => [refreshHz, voters])).toEqual([
      [60, 12],
      [120, 4],
    ]);
    expect(rates.reduce((sum, { trials }) => sum + trials, 0)).toBe(measured);
    for (const { refreshHz, difference, trials, withinOneFrame, dropped } of rates) {
      expect(difference.counts.reduce((sum, count) => sum + count, difference.below + difference.above)).toBe(trials);
      const own = answered.filter(({ timing }) => Math.round((timing?.refreshHz ?? 0) / 60) * 60 === refreshHz);
      const within = own.filter(({ timing }) => Math.abs((timing?.shownMs ?? 0) - imageMs) < 1000 / (timing?.refreshHz ?? 1));
      expect(trials).toBe(own.length);
      expect(definedPart(withinOneFrame).estimate).toBe(within.length / own.length);
      expect(dropped.trials).toBe(own.filter(({ timing }) => timing?.droppedFrames === 1).length);
      expect(dropped.of).toBe(trials);
    }
    expect(measured + unmeasured).toBe(answered.length);
    const { n, median, histogram } = definedPart(response);
    expect(n).toBe(answered.filter(({ responseMs }) => responseMs !== null).length);
    expect(histogram.counts.reduce((sum, count) => sum + count, histogram.below + histogram.above)).toBe(n);
    expect(median).toBeGreaterThan(700);
    const until = studyPlan(withImageHashes(studyDesign(6, { perVoter: { counted: 6, gold: 0, noise: 0, canaries: 0 } })));
    expect(firstPhase("timing", simulatedStudy(until, { voters: 3 })).shown).toEqual({
      defined: false,
      reason: "Images stay on the screen until the answer.",
    });
  });

  it("compare no times of the still version, in which none is requested", () => {
    const { plan: timed } = studyOf("alternatives", {}, { voters: 1, images: 24 });
    const study = simulatedStudy({ ...timed, stillVersion: "counted" }, { voters: 16 });
    const still = study.votes.filter(({ voter, answer }) => voter === 6 && answer !== null);
    const { shown } = firstPhase("timing", study);
    const { shown: ofOthers } = firstPhase("timing", { ...study, votes: study.votes.filter(({ voter }) => voter !== 6) });
    const roles = trialsOf(study.plan, study.voters[6] as StudyVoter).map(({ role }) => role);
    const counted = still.filter(({ trial }) => roles[trial] === "counted").length;
    expect(counted).toBeGreaterThan(5);
    expect(definedPart(shown)).toEqual({ ...definedPart(ofOthers), still: counted });
    const alone = { ...study, votes: still };
    expect(firstPhase("timing", alone).shown).toMatchObject({ defined: false, reason: expect.stringContaining("still version") });
  });

  it("flag a voter who answers too fast, with skill below that of the others", () => {
    const study = studyOf(
      "alternatives",
      { alternatives: 12, arrangement: "eachVoter" },
      {
        voters: 10,
        images: 24,
        answer: ({ options, target }, voter, random) => ({
          choice: voter !== 3 && random.chance(0.8) ? (target ?? 0) : random.below(options.length),
        }),
      },
    );
    const { voters, skillMethods } = computeResult("voters", collectStudy(study)).everyone;
    expect(skillMethods).toEqual(["mace"]);
    expect(voters[3]?.flags).toContain("fast");
    expect(voters.filter(({ flags }) => flags.includes("fast")).length).toBe(1);
    const skills = voters.map(({ skills: [skill] }) => skill?.estimate as number);
    expect(Math.min(...skills)).toBe(skills[3]);
    // Fewer than 20 answers of a voter leave the skill without interval.
    const without = voters.flatMap(({ skills: [skill] }) => (skill?.defined === false ? [skill.reason] : []));
    expect(new Set(without)).toEqual(new Set(["A 95% interval of a skill needs at least 5 voters, and 20 answers of the voter."]));
    expect(voters.filter(({ votes }) => votes < 20)).toHaveLength(without.length);
  });

  it("estimate skills by Dawid and Skene's model where their intervals can be computed, and otherwise by simpler ones", () => {
    const yesNo = studyOf(
      "yesNo",
      {},
      { voters: 12, answer: ({ item }, _voter, random) => ({ choice: random.chance(0.8) === item % 2 > 0 ? 0 : 1 }) },
    );
    expect(computeResult("voters", collectStudy(yesNo)).everyone.skillMethods).toEqual(["dawidSkene"]);
    const many = studyOf(
      "yesNo",
      {},
      { voters: 700, images: 4, answer: ({ item }, _voter, random) => ({ choice: random.chance(0.8) === item % 2 > 0 ? 0 : 1 }) },
    );
    expect(computeResult("voters", collectStudy(many)).everyone.skillMethods).toEqual(["majority"]);
  });

  it("compare groups of images with the share, voters and most recognised images of each, and every two groups", () => {
    // Images of CPPNs are recognised by all, others by half.
    const study = studyOf(
      "alternatives",
      { alternatives: 4 },
      {
        voters: 16,
        images: 24,
        conditionOf: (image) => (image < 4 ? "" : image < 14 ? "natural" : "scrambled"),
        sessionShare: () => 1,
        answer: ({ item, options, target }, _voter, random) => ({
          choice: item % 8 < 5 || random.chance(0.3) ? (target ?? 0) : random.below(options.length),
        }),
      },
    );
    const { groupings } = firstPhase("groups", study);
    expect(groupings.map(({ by }) => by)).toEqual(["model", "source", "generation", "group", "condition"]);
    const [byModel, bySource, byGeneration, byGroup, byCondition] = groupings as [
      (typeof groupings)[number],
      (typeof groupings)[number],
      (typeof groupings)[number],
      (typeof groupings)[number],
      (typeof groupings)[number],
    ];
    expect(byGroup).toMatchObject({ without: 24, groups: [] });
    expect(byCondition).toMatchObject({
      without: 4,
      groups: [
        { name: "natural", images: 10 },
        { name: "scrambled", images: 10 },
      ],
    });
    expect(bySource.groups.map(({ name, images, judged, voters, votes }) => [name, images, judged, voters, votes])).toEqual([
      ["cppn", 15, 15, 16, 240],
      ["direct", 6, 6, 16, 96],
      ["photograph", 3, 3, 16, 48],
    ]);
    const [cppn, direct, photographs] = bySource.groups;
    expect(definedPart(cppn?.share as NonNullable<typeof cppn>["share"])).toMatchObject({ estimate: 1, high: 1, n: 240 });
    expect(cppn?.most).toHaveLength(4);
    expect(cppn?.most[0]).toMatchObject({ agreeing: 16, votes: 16 });
    expect(direct?.least.length).toBe(2);
    expect(photographs?.confidence).toMatchObject({ defined: false });
    const first = bySource.pairs[0];
    const share = definedPart(first?.share as NonNullable<typeof first>["share"]);
    const directShare = definedPart(direct?.share as NonNullable<typeof direct>["share"]).estimate;
    expect(share.difference).toMatchObject({ estimate: expect.closeTo(1 - directShare, 12), n: 336 });
    expect(share.p).toBeLessThan(0.01);
    expect(share.effect.low).toBeGreaterThan(0);
    expect(bySource.pairs.map((pair) => [pair.first, pair.second])).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
    ]);
    expect(byModel).toMatchObject({ without: 3, groups: [{ name: "LeNet" }, { name: "ResNet" }] });
    expect(byGeneration.groups.map(({ from, to }) => [from, to])).toEqual([
      [0, 10],
      [20, 30],
      [40, 50],
      [60, 60],
    ]);
  });

  it("have intervals of images that stay valid if agreement decides when an image stops, and say which", () => {
    const study = studyOf("alternatives", { alternatives: 2 }, { voters: 12 });
    const partsBy = (stopping: StoppingRule) => {
      const stopped = { ...study, plan: { ...study.plan, rules: { ...study.plan.rules, stopping } } };
      const summary = firstPhase("summary", stopped);
      const plane = definedPart(firstPhase("plane", stopped).shares);
      return { plane, images: definedPart(summary.images), voters: definedPart(summary.voters) };
    };
    const fixed = partsBy(resolveStoppingRule("fixedNumber", {}));
    expect([fixed.plane.interval, fixed.images.interval, fixed.voters.interval]).toEqual(["wilson", "exact", "exact"]);
    expect(fixed.plane.adjustedP).not.toContain(null);
    for (const kind of ["intervalWidth", "posteriorBound", "sequentialBound"] as const) {
      const { plane, images, voters } = partsBy(resolveStoppingRule(kind, {}));
      expect([plane.interval, images.interval, voters.interval]).toEqual(["sequence", "sequence", "exact"]);
      expect(voters).toEqual(fixed.voters);
      expect(plane.adjustedP).toEqual(plane.votes.map(() => null));
      expect(plane.low).toEqual(images.low);
      expect(plane.high).toEqual(images.high);
      for (const [image, votes] of plane.votes.entries()) {
        const { low, high } = sequenceInterval(plane.agreeing[image] as number, votes);
        expect([plane.low[image], plane.high[image]]).toEqual([low, high]);
        expect(high - low).toBeGreaterThan((fixed.plane.high[image] as number) - (fixed.plane.low[image] as number));
      }
      expect(images.comparison).toEqual(
        images.low.map((low, image) => {
          if (low > 0.5) return "intervalAbove";
          return (images.agreeing[image] as number) / (images.votes[image] as number) > 0.5 ? "meanAbove" : "notAbove";
        }),
      );
    }
  });

  it("compare no groups of texts, and give the reason", () => {
    const study = studyOf("freeText", {}, { voters: 4, answer: () => ({ text: "a dog" }) });
    const { groupings } = firstPhase("groups", study);
    for (const { groups, pairs } of groupings) {
      for (const { share } of groups) expect(share).toMatchObject({ defined: false, reason: expect.stringMatching(/\.$/) });
      for (const { share } of pairs) expect(share.defined).toBe(false);
    }
    expect(firstPhase("consistency", study)).toMatchObject({ people: { defined: false }, halves: { defined: false } });
  });
});
