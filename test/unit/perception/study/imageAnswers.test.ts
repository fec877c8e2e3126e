/** What people answered to one image of a study, by question, as planned and of everyone; and what other pages show of the results. */
import { wilsonInterval } from "@pareidolia/analysis/wilson";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { sequenceInterval } from "@pareidolia/perception/intervals/confidenceSequence";
import { type ProtocolKindId, resolveProtocol } from "@pareidolia/perception/protocols/registry";
import type { Answer } from "@pareidolia/perception/protocols/screen";
import { type AnswerToImage, imageAnswers } from "@pareidolia/perception/study/imageAnswers";
import { recognitionOf, shownSide } from "@pareidolia/perception/study/recognition";
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import type { Trial } from "@pareidolia/perception/trials/trial";
import { describe, expect, it } from "vitest";
import { imagesOf, studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../../support/studyPlans.ts";
import { simulatedStudy } from "../../../support/studyVotes.ts";

const timing = resolveParameters(timingSpecs, {});
const question = (kind: ProtocolKindId, values: Record<string, unknown> = {}) => ({ protocol: resolveProtocol(kind, values), timing });
const trial = (options: readonly number[], target: number | null, phase = 0): Trial => ({
  number: 0,
  phase,
  role: "counted",
  item: 0,
  screen: { images: ["a"], labels: options, exemplars: [] },
  options,
  target,
});
const given = (of: Trial, answer: Answer, excluded = false): AnswerToImage => ({ trial: of, answer, excluded });

describe("answers to an image", () => {
  // Each voter sees other labels in other places: answers are counted by what they mean.
  const votes = [
    given(trial([7, 3], 0), { choice: 0 }),
    given(trial([3, 7], 1), { choice: 1 }),
    given(trial([3, 7], 1), { choice: 0 }),
    given(trial([7, 5], 0), { choice: 1 }),
    given(trial([5, 7], 1), { choice: 0 }),
    given(trial([7, 5], 0), { choice: 0 }, true),
    given(trial([7, 5], 0), { cantTell: true }),
  ];
  const phases = [question("alternatives", { alternatives: 2, cantTell: "missing" })];

  it("are counted by label, most frequent first, without excluded voters as planned", () => {
    const [planned] = imageAnswers({ phases }, votes, "planned");
    expect(planned).toMatchObject({ chance: 0.5, excluded: 1, missing: 1, agreement: { agreeing: 2, n: 5, estimate: 0.4 } });
    expect(planned?.answers.map(({ meaning, agrees, votes: count, share }) => [meaning, agrees, count, share.n])).toEqual([
      [{ kind: "label", label: 5 }, false, 2, 5],
      [{ kind: "label", label: 7 }, true, 2, 5],
      [{ kind: "label", label: 3 }, false, 1, 5],
    ]);
    const [everyone] = imageAnswers({ phases }, votes, "everyone");
    expect(everyone).toMatchObject({ excluded: 0, missing: 1, agreement: { agreeing: 3, n: 6 } });
  });

  it("have the interval of the study's images", () => {
    const shares = imageAnswers({ phases }, votes, "planned", "sequence").flatMap(({ agreement, answers }) => [
      agreement,
      ...answers.map(({ share }) => share),
    ]);
    expect(shares.map((share) => share?.n)).toEqual([5, 5, 5, 5]);
    for (const share of shares) expect(share).toMatchObject(sequenceInterval(Math.round(5 * (share?.estimate ?? 0)), 5));
    expect(imageAnswers({ phases }, votes, "planned")[0]?.agreement).toMatchObject(wilsonInterval(2, 5));
  });

  it("can't tell is an answer where it counts as a vote without agreement", () => {
    const [counted] = imageAnswers({ phases: [question("alternatives", { alternatives: 2, cantTell: "disagreement" })] }, votes, "planned");
    expect(counted).toMatchObject({ missing: 0, agreement: { agreeing: 2, n: 6 } });
    expect(counted?.answers.find(({ meaning }) => meaning.kind === "cantTell")).toMatchObject({ votes: 1, agrees: false });
  });

  it("in words are grouped, and agree with no label; ratings and votes of other questions are left out", () => {
    const all = [question("freeText"), question("yesNo"), question("confidenceRating")];
    const texts = ["Curtain", "quilt", "curtain"].map((text) => given(trial([], null), { text }));
    const yes = [0, 1, 0].map((choice) => given(trial([1, 0], 0, 1), { choice }));
    const [written, recognised, rated] = imageAnswers(
      { phases: all },
      [...texts, ...yes, given(trial([], null, 2), { ratings: [3] })],
      "planned",
    );
    expect(written?.agreement).toBeNull();
    expect(written?.answers.map(({ meaning, votes: count }) => [meaning, count])).toEqual([
      [{ kind: "text", text: "curtain" }, 2],
      [{ kind: "text", text: "quilt" }, 1],
    ]);
    expect(recognised).toMatchObject({ chance: null, agreement: { agreeing: 2, n: 3 } });
    expect(rated?.answers).toEqual([]);
  });

  it("to pairs of one label are counted, and have the reason why they do not agree", () => {
    const pairs = [question("pairwise", { pairs: "sameLabel" })];
    const chosen = [0, 1, 1].map((choice) => given(trial([0, 1], null), { choice }));
    const [found] = imageAnswers({ phases: pairs }, chosen, "planned");
    expect(found).toMatchObject({ votes: 3, agreement: null, withoutAgreement: expect.stringContaining("neither is right") });
  });

  it("without votes have no agreement", () => {
    expect(imageAnswers({ phases }, [], "planned")).toMatchObject([{ agreement: null, answers: [], excluded: 0 }]);
  });
});

describe("what other pages show of a study", () => {
  const kinds = [question("yesNo"), question("alternatives", { alternatives: 4 })];
  const study = (isInsider: boolean) => {
    const design = withImageHashes(
      studyDesign(
        6,
        { phases: kinds, perVoter: { counted: 6, gold: 0, noise: 0, canaries: 0 } },
        { stimuli: imagesOf([0, 1, 2, 3, 4, 5]), gold: [], noise: [], canaries: [], exemplars: [] },
      ),
    );
    // Every voter recognises something, and names the label of even images.
    const answer = ({ target, item, options }: Trial) => ({
      choice: options.length === 2 || item % 2 === 0 ? target : 1 - Math.min(1, target ?? 0),
    });
    const simulated = simulatedStudy(studyPlan(design), { voters: 3, answer, items: () => [0, 1, 2, 3, 4, 5], sessionShare: () => 1 });
    return { ...simulated, voters: simulated.voters.map((voter) => ({ ...voter, insider: isInsider || voter.number === 0 })) };
  };
  const read = (isInsider: boolean) => recognitionOf(collectStudy(study(isInsider)));

  it("are the votes as planned on the first question that shows labels", () => {
    const { images, image, voter, agrees } = read(false);
    expect(images).toBe(6);
    // The first voter is an insider.
    expect(image.map((own, vote) => `${own} ${voter[vote]} ${agrees[vote]}`).sort()).toEqual(
      [0, 1, 2, 3, 4, 5].flatMap((own) => [1, 2].map((number) => `${own} ${number} ${own % 2 === 0}`)),
    );
  });

  it("are those of all voters if the plan leaves out every voter", () => {
    const { image, voter } = read(true);
    expect([...new Set(voter)].sort((one, other) => one - other)).toEqual([0, 1, 2]);
    expect(image).toHaveLength(18);
    expect([null, 0, 1].map(shownSide)).toEqual(["everyone", "everyone", "planned"]);
  });
});
