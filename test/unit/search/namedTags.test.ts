import { experimentFields } from "@pareidolia/search/fields/experimentFields";
import { runFields } from "@pareidolia/search/fields/runFields";
import { missingTag, namedTags } from "@pareidolia/search/namedTags";
import { describe, expect, it } from "vitest";

describe("the tags of a search", () => {
  it("are those that it compares tags with, with their places, in lower case", () => {
    const text = 'encoding = cppn AND (tag = Paper OR NOT tags IN ("two words", none))';
    expect(namedTags(text, runFields)).toEqual([
      { name: "paper", from: 27, to: 32 },
      { name: "two words", from: 49, to: 60 },
    ]);
    expect([text.slice(27, 32), text.slice(49, 60)]).toEqual(["Paper", '"two words"']);
    expect(namedTags("tag = a", experimentFields)).toHaveLength(1);
  });

  it("are none of a text, a part of a tag, and a search that cannot be read", () => {
    for (const text of ["paper", "tag ~ pap", "tag = none", "tag = (", ""]) expect(namedTags(text, runFields), text).toEqual([]);
  });

  it("lead to a problem at the first one that does not exist", () => {
    const tags = namedTags("tag = paper OR tag = gone", runFields);
    expect(missingTag(tags, () => true)).toBeNull();
    expect(missingTag(tags, (name) => name === "paper")).toMatchObject({ from: 21, to: 25, message: "There is no tag `gone`." });
  });
});
