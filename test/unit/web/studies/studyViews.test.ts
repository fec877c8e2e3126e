/** The list of studies: its filters, and what it says about a study. */
import { draftFromTemplate } from "@pareidolia/perception/study/studyDraft";
import { expect, it } from "vitest";
import { describeProtocol, findDraft, neededVotes } from "../../../../apps/web/src/features/studies/studySummary.ts";
import { studyFilter } from "../../../../apps/web/src/features/studies/studyViews.ts";

it("filters by state and by trimmed text", () => {
  expect(studyFilter("all", "  ")).toEqual({});
  expect(studyFilter("open", " maze ")).toEqual({ states: ["OPEN"], search: "maze" });
});

it("describes the protocol with exposure and mask", () => {
  expect(describeProtocol(draftFromTemplate("zhouFirestoneE1", 1))).toBe("two labels");
  expect(describeProtocol(draftFromTemplate("elsayed", 1))).toBe("brief exposure, 63 ms and a mask");
});

it("needs the votes of the overlap on each image, once for each question", () => {
  const oneQuestion = draftFromTemplate("zhouFirestoneE1", 1);
  expect(neededVotes({ ...oneQuestion, images: 60, overlap: 24 })).toBe(1440);
  const twoQuestions = draftFromTemplate("freeTextFirst", 1);
  expect(neededVotes({ ...twoQuestions, images: 60, overlap: 24 })).toBe(2880);
});

it("has no draft for readers who may not see it, or of an unknown version", () => {
  expect(findDraft(null)).toBeNull();
  expect(findDraft({ version: 99 })).toBeNull();
  const draft = draftFromTemplate("zhouFirestoneE1", 1);
  expect(findDraft(JSON.parse(JSON.stringify(draft)))).toEqual(draft);
});
