/** Results of free text follow the codes of the texts, and say that coding is missing without them. */
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import type { TextCode } from "@pareidolia/core/textCode";
import type { CodedText } from "@pareidolia/perception/coding/textCodes";
import { resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import { computeResult, parseResult, type ResultKindId, type StudyResult } from "@pareidolia/perception/study/studyResults";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import { describe, expect, it } from "vitest";
import { classesUpTo, studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../../support/studyPlans.ts";
import { simulatedStudy } from "../../../support/studyVotes.ts";

const images = 10;
const voters = 8;
/** The label of image i is i. Voter 0 cannot tell, voter 1 writes nonsense, others write the label of even images and "thing" otherwise. */
const phases = [
  { protocol: resolveProtocol("freeText", { cantTell: "disagreement" }), timing: resolveParameters(timingSpecs, { imageMs: 250 }) },
];
const design = studyDesign(
  images,
  { phases, perVoter: { counted: images, gold: 0, noise: 0, canaries: 0 } },
  { labels: classesUpTo(images) },
);
const study = simulatedStudy(studyPlan(withImageHashes(design)), {
  voters,
  answer: ({ item }, voter) => {
    if (voter === 0) return { cantTell: true };
    if (voter === 1) return { text: "asdf" };
    return { text: item % 2 === 0 ? `Class ${item}!` : "thing" };
  },
  sessionShare: () => 1,
});

const labels = design.stimuli.map(({ label }) => label);
const code = (text: string, ...[first, second, decision]: [TextCode, TextCode, TextCode?]): CodedText => ({
  text,
  codes: [
    { coder: 0, ...first },
    { coder: 1, ...second },
  ],
  decision: decision ?? null,
});
const none: TextCode = { kind: "NONE", label: null };
const uncodable: TextCode = { kind: "UNCODABLE", label: null };
const even = Array.from({ length: images / 2 }, (_, index) => {
  const label: TextCode = { kind: "LABEL", label: labels[2 * index] as number };
  return code(`class ${2 * index}`, label, label);
});
const complete = [...even, code("thing", none, uncodable, none), code("asdf", uncodable, uncodable)];

type Phase<Kind extends ResultKindId> = StudyResult<Kind>["everyone"] extends { readonly phases: readonly (infer Of)[] } ? Of : never;

function resultOf<Kind extends ResultKindId>(kind: Kind, coded: readonly CodedText[]): StudyResult<Kind> {
  const computed = computeResult(kind, collectStudy({ ...study, coded }));
  return parseResult(kind, JSON.parse(JSON.stringify(computed)));
}

function phaseOf<Kind extends Exclude<ResultKindId, "voters">>(kind: Kind, coded: readonly CodedText[]): Phase<Kind> {
  const { everyone } = resultOf(kind, coded) as unknown as { readonly everyone: { readonly phases: readonly Phase<Kind>[] } };
  return everyone.phases[0] as Phase<Kind>;
}

describe("results of coded texts", () => {
  it("have the share of answers that are coded as the image's label, of all that can be coded and of those without a text that count", () => {
    // Of 10 images: 6 voters write labels of the 5 even ones and "thing" for the others; voter 0 counts as no agreement; voter 1 is left out.
    const { answers } = phaseOf("coding", complete);
    expect(answers).toMatchObject({ defined: true, sameLabel: 30, otherLabel: 0, noLabel: 30, uncodable: 10, withoutText: 10 });
    expect(answers.defined && answers.share).toMatchObject({ defined: true, estimate: 30 / 70, n: 70, over: "votersAndImages" });
    const summary = phaseOf("summary", complete);
    expect(summary.total).toMatchObject({ defined: true, agreement: { estimate: 30 / 70, n: 70 } });
  });

  it("have the shares of images in the plane", () => {
    const { shares } = phaseOf("plane", complete);
    if (!shares.defined) throw new Error(shares.reason);
    expect(shares.agreeing).toEqual(Array.from({ length: images }, (_, image) => (image % 2 === 0 ? 6 : 0)));
    expect(shares.votes).toEqual(Array.from({ length: images }, () => 7));
    expect(shares.missing).toEqual(Array.from({ length: images }, () => 1));
  });

  it("say by how many coders the texts were coded, and how many disputes were settled", () => {
    const { coding } = resultOf("coding", complete).shared;
    expect(coding).toMatchObject({ defined: true, coders: 2, texts: 7, settled: 1, agreement: { texts: 7, codes: 14 } });
  });

  it("do not count texts that no voter wrote", () => {
    const more = [...complete, code("withdrawn", none, uncodable)];
    expect(resultOf("coding", more)).toEqual(resultOf("coding", complete));
  });

  it.each([
    ["no code is revealed", []],
    ["a text has no code", complete.slice(1)],
    ["a dispute is open", [...complete.filter(({ text }) => text !== "thing"), code("thing", none, uncodable)]],
    ["a text has a single code", complete.map((text) => ({ ...text, codes: text.codes.slice(0, 1) }))],
  ])("say that coding is missing while %s", (_case, coded) => {
    const missing = { defined: false, reason: expect.stringContaining("Coding is missing") };
    expect(resultOf("coding", coded).shared.coding).toEqual(missing);
    expect(phaseOf("coding", coded).answers).toEqual(missing);
    expect(phaseOf("summary", coded).total).toEqual(missing);
    expect(phaseOf("plane", coded).shares).toEqual(missing);
  });
});
