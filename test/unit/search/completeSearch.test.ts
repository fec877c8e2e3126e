/** What a search field suggests at a place in the text. */
import { completeSearch } from "@pareidolia/search/completeSearch";
import { experimentFields } from "@pareidolia/search/fields/experimentFields";
import { runFields } from "@pareidolia/search/fields/runFields";
import { editDistance, nearestName } from "@pareidolia/search/nearestName";
import { describe, expect, it } from "vitest";

/** `|` is the cursor. */
function complete(marked: string) {
  const cursor = marked.indexOf("|");
  const { items, ...rest } = completeSearch(marked.replace("|", ""), cursor, runFields);
  return { ...rest, labels: items.map(({ label }) => label) };
}

describe("a completion", () => {
  it.each([
    ["|", "field", ""],
    ["me|", "field", "me"],
    ["a AND me|", "field", "me"],
    ["NOT (|", "field", ""],
    ["state |", "operator", ""],
    ["state = |", "value", ""],
    ["state = ru|", "value", "ru"],
    ["state = ru| AND median > 0", "value", "ru"],
    ["state IN (ru|", "value", "ru"],
    ["state IN (running, |", "value", ""],
    ['tag = "pa|', "value", "pa"],
    ["state = running |", "connective", ""],
    ["state IN (running) |", "connective", ""],
    ["param.l|", "field", "param.l"],
    ['"param.lear|', "field", "param.lear"],
    ['a AND ("metric.val l|', "field", "metric.val l"],
    ['"param.learning rate" |', "operator", ""],
    ['"param.learning rate" = |', "value", ""],
    ['"param.learning rate" IN (1, |', "value", ""],
    ['"param.learning rate" = 1 |', "connective", ""],
  ])("%s", (text, kind, typed) => {
    expect(complete(text)).toMatchObject({ kind, typed });
  });

  it("suggests what starts with the typed text first", () => {
    expect(complete("state = ca|").labels).toEqual(["cancelled"]);
    expect(complete("med|").labels[0]).toBe("median");
    expect(complete("state |").labels).toEqual(["=", "!=", "IN"]);
    expect(complete("by = |").labels).toEqual(["me"]);
    expect(complete("assignee = |").labels).toEqual(["me", "none"]);
    expect(complete("a an|").labels[0]).toBe("AND");
  });

  it("replaces the typed text, with its quote", () => {
    expect(complete("state = ru|")).toMatchObject({ from: 8, to: 10 });
    expect(complete('tag = "pa|')).toMatchObject({ from: 6, to: 9 });
  });

  it("says where only the database knows names, and what can follow them", () => {
    expect(complete("param.|")).toMatchObject({ hasStoredFields: true, from: 0, to: 6 });
    expect(complete('NOT "param.a b|')).toMatchObject({ hasStoredFields: true, from: 4, to: 14 });
    expect(complete("median > |")).toMatchObject({ hasStoredFields: false });
    expect(complete('"param.learning rate" |').labels).toEqual(["=", "!=", "<", "<=", ">", ">=", "~", "IN"]);
    expect(complete('"param.learning rate" = |')).toMatchObject({
      hasStoredValues: true,
      field: { name: "param.learning rate" },
      labels: ["none"],
    });
    expect(complete('"metric.val loss" |').labels).toEqual(["=", "!=", "<", "<=", ">", ">=", "IN"]);
    expect(completeSearch("par", 3, experimentFields).hasStoredFields).toBe(false);
  });

  it("says which values only the database knows", () => {
    expect(complete("tag = pa|")).toMatchObject({ hasStoredValues: true, field: { name: "tag" } });
    expect(complete("state = pa|")).toMatchObject({ hasStoredValues: false });
  });
});

describe("the nearest name", () => {
  it("counts a swap of neighbours as one change", () => {
    expect(editDistance("medain", "median")).toBe(1);
    expect(editDistance("", "abc")).toBe(3);
    expect(editDistance("kitten", "sitting")).toBe(3);
  });

  it("is none if all differ too much", () => {
    expect(nearestName("statee", ["state", "seed"])).toBe("state");
    expect(nearestName("zzzzzz", ["state", "seed"])).toBeNull();
  });
});
