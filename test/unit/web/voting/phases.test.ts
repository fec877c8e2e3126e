/** What voters read before each phase, and the study's own wording of a question. */
import { expect, it } from "vitest";
import type { Ballot, ConsentText } from "../../../../apps/web/src/features/voting/ballot.ts";
import { instructionsOf, isFirstOfPhase } from "../../../../apps/web/src/features/voting/phaseInstructions.ts";
import { questionText } from "../../../../apps/web/src/features/voting/Question.tsx";
import { textsIn } from "../../../../apps/web/src/features/voting/votingTexts.ts";
import { trialOf } from "../../../support/fakeBallot.ts";

const consentText = (language: string, instructions: readonly string[]): ConsentText => ({
  language,
  introduction: "",
  kept: "",
  shared: "",
  withdrawal: "",
  instructions,
});

it("reads the instructions of a phase in the voter's language, else in the first", () => {
  const texts = [consentText("en", ["First.", "Second."]), consentText("de", ["Zuerst.", ""])];
  const ballot = { consent: { version: 1, minimumAge: null, texts } } as unknown as Ballot;
  expect(instructionsOf(ballot, "en", 1)).toBe("Second.");
  expect(instructionsOf(ballot, "de", 0)).toBe("Zuerst.");
  expect(instructionsOf(ballot, "de", 1)).toBe("");
  expect(instructionsOf(ballot, "fr", 0)).toBe("First.");
  expect(instructionsOf(null, "en", 0)).toBe("");
});

it("announces a later phase before its first trial, and not again once one of its trials is answered", () => {
  const trials = new Map([0, 1, 2, 3].map((number) => [number, trialOf(number, { phase: number < 2 ? 0 : 1 })]));
  const at = (number: number, ...answered: number[]) =>
    isFirstOfPhase({ trials, answered: new Set(answered) }, trialOf(number, { phase: number < 2 ? 0 : 1 }));
  expect(at(0)).toBe(false);
  expect(at(1, 0)).toBe(false);
  expect(at(2, 0, 1)).toBe(true);
  expect(at(3, 0, 1, 2)).toBe(false);
});

it("asks in the study's own words, with the label in its place", () => {
  const question = { ...trialOf(0).question, kind: "ONE_IMAGE_OF" as const, label: "zebra" };
  const texts = textsIn("en");
  expect(questionText(trialOf(0, { question }), texts)).toBe(`${texts.whichImageMachine[0]}zebra${texts.whichImageMachine[1]}`);
  expect(questionText(trialOf(0, { question: { ...question, wording: "Where is the {label}?" } }), texts)).toBe("Where is the zebra?");
});
