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

describe("a draft of a client that does not fit", () => {
  const refused = (change: object) => {
    try {
      readStudyDraft({ ...draft, ...change });
      return "";
    } catch (error) {
      return (error as Error).message;
    }
  };
  const [phase] = draft.phases;

  it.each<[string, object, string]>([
    ["of another version", { version: 99 }, "The draft has version 99; this program reads version 1."],
    [
      "with an unknown protocol",
      { phases: [{ ...phase, protocol: { ...phase?.protocol, kind: "magic" } }] },
      'The draft\'s protocol does not fit: Unknown protocol "magic".',
    ],
    [
      "with a protocol without values",
      { phases: [{ ...phase, protocol: { ...phase?.protocol, values: 1 } }] },
      "The draft's protocol has no values.",
    ],
    [
      "with a wrong number of a rule",
      { exclusion: { ...draft.exclusion, values: { ...draft.exclusion.values, goldHits: -1 } } },
      "The draft's exclusion rule does not fit: ",
    ],
    ["with another type", { title: 1, overlap: "many" }, "The draft does not fit: draft.overlap is not a whole number."],
  ])("is refused as input, not as damage: %s", (_what, change, message) => {
    const text = refused(change);
    expect(text.startsWith(message), text).toBe(true);
    expect(text).not.toMatch(/stored|damaged/);
  });
});
