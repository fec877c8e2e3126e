/** What the page of an image calls the votes that agree: the words of the study's results, by protocol. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { ImageQuestion, ImageStudy } from "../../../../apps/web/src/features/people/peopleTexts.ts";
import { StudyAnswers } from "../../../../apps/web/src/features/people/StudyAnswers.tsx";

const share = { votes: 12, agreeing: 5, share: 5 / 12, low: 0.2, high: 0.7 };
const asked: ImageQuestion = {
  number: 0,
  protocol: "alternatives",
  alternatives: 10,
  mentionsMachine: true,
  chance: null,
  voteCount: 12,
  namedReason: null,
  excludedCount: 0,
  missingCount: 0,
  named: share,
  answers: [],
};

function textOf(question: Partial<ImageQuestion>): string {
  const study = { id: "1", key: "STU-1", title: "Digits", state: "CLOSED" };
  const questions = [{ ...asked, ...question }];
  const seen = { study, withheld: null, questions, labelName: "zebra", confidence: 0.9, counted: "PLANNED" } as unknown as ImageStudy;
  return renderToStaticMarkup(createElement(StudyAnswers, { asked: seen }))
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
}

it.each([
  ["alternatives", "Share of people who named the same class"],
  ["reverse", "Share of people who chose the image, of those asked for its class"],
  ["yesNo", "Share of people who recognised something, “yes”"],
  ["pairwise", "Share of people who agree with the label"],
  ["confidenceRating", "Share of people who agree with the label"],
])("votes that agree in %s have the words of the results", (protocol, words) => {
  expect(textOf({ protocol })).toContain(`${words} 41.7%`);
  expect(textOf({ protocol, named: null, voteCount: 0 })).toContain(`${words} no votes yet`);
});

it("free text says that texts are coded in the results, once there are any", () => {
  const answers = [{ kind: "TEXT" as const, text: "a horse", agrees: false, given: share }];
  const text = textOf({ protocol: "freeText", named: null, answers });
  expect(text).toContain("Share of people who agree with the label texts are coded in the study’s results");
  expect(text).not.toContain("not asked");
});

it("pairs of one label say why no vote agrees, and not that there are no votes", () => {
  const namedReason = "Both images of a pair have the question's label, so neither is right.";
  const html = textOf({ protocol: "pairwise", named: null, voteCount: 7, namedReason });
  expect(html).toContain("7 votes, pairs of images");
  expect(html).toContain("Both images of a pair have the question&#x27;s label, so neither is right.");
  expect(html).not.toContain("no votes yet");
});
