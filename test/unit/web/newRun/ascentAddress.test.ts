/** The values that a URL sets in the ascent form, and an error for each invalid one. */
import { describe, expect, it } from "vitest";
import { ascentFromAddress } from "../../../../apps/web/src/features/newRun/ascentAddress.ts";

const models = [
  { id: "m1", slug: "lenet", name: "LeNet", labels: ["0", "1", "2"] },
  { id: "m2", slug: "other", name: "Other", labels: ["cat", "dog", "lion", "library"] },
];
const ask = (query: string) => ascentFromAddress(new URLSearchParams(query), { models, searchable: ["decay", "iterations"] });

describe("the URL of an ascent", () => {
  it("selects a single ascent with the default settings if it has no values", () => {
    expect(ask("")).toEqual({
      modelId: "m1",
      classes: null,
      starts: "1",
      source: null,
      settings: "these",
      configurations: "24",
      drawn: null,
      problems: {},
    });
  });

  it("selects a search, classes and starts", () => {
    const selected = ask("model=other&search=random&configurations=3&drawn=iterations&classes=3,0&starts=2&source=image");
    expect(selected).toMatchObject({ modelId: "m2", settings: "search", configurations: "3", drawn: ["iterations"], problems: {} });
    expect(selected).toMatchObject({ classes: [0, 3], starts: "2", source: "image" });
  });

  it.each([
    ["search=luck", "search", "There is no search “luck”; “These settings” is used instead."],
    ["configurations=1", "configurations", "Configurations is “1” and must be a whole number from 2 to 299"],
    ["configurations=many", "configurations", "“many”"],
    ["starts=0", "starts", "Starts per class is “0” and must be a whole number from 1 to 100"],
    ["drawn=decay,wax", "drawn", "A search cannot draw “wax”; it is ignored."],
    ["classes=0,3,x", "classes", "There is no class “3”, “x”; they are ignored."],
    ["classes=3,x", "classes", "There is no class “3”, “x”; the default classes are used instead."],
    ["classes=,", "classes", "classes is “,” and lists nothing; the default classes are used instead."],
    ["drawn=wax", "drawn", "A search cannot draw “wax”; all possible parameters are drawn instead."],
  ])("has an error for %s", (query, field, message) => {
    expect(ask(query).problems[field]?.atTop).toContain(message);
  });

  it("keeps an invalid number as typed, and the valid items of a list", () => {
    expect(ask("configurations=1").configurations).toBe("1");
    expect(ask("classes=0,3,x").classes).toEqual([0]);
    expect(ask("drawn=wax").drawn).toBeNull();
    expect(ask("classes=,").classes).toBeNull();
  });

  it("selects at most as many classes as the form allows, and reports the limit", () => {
    const labels = Array.from({ length: 200 }, (_, index) => String(index));
    const many = [{ id: "m", slug: "many", name: "Many", labels }];
    const selected = (count: number) =>
      ascentFromAddress(new URLSearchParams({ classes: labels.slice(0, count).join(",") }), { models: many, searchable: [] });
    expect(selected(100)).toMatchObject({ problems: {} });
    expect(selected(100).classes).toHaveLength(100);
    expect(selected(101).classes).toHaveLength(100);
    expect(selected(101).problems["classes"]?.atTop).toBe("classes lists 101 of at most 100; the first 100 are used.");
  });
});
