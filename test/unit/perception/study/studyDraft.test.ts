/** Drafts of studies as they are stored and as clients send them. */
import { draftFromTemplate, parseStudyDraft, readStudyDraft } from "@pareidolia/perception/study/studyDraft";
import { describe, expect, it } from "vitest";

const draft = draftFromTemplate("zhouFirestoneE1", 1);

describe("the voters who may join from one network within an hour", () => {
  it("are 40 in a new draft, and in one that was stored before there was a choice", () => {
    const { joinsPerHour, ...older } = draft;
    expect(joinsPerHour).toBe(40);
    expect(parseStudyDraft(older)).toEqual(draft);
  });

  it.each([0, 1_001, 2.5, "40", null])("are not %j", (joinsPerHour) => {
    expect(() => readStudyDraft({ ...draft, joinsPerHour })).toThrow(/The draft does not fit: draft\.joinsPerHour/);
  });
});
