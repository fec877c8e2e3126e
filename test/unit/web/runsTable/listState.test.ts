import { expect, it } from "vitest";
import { isSameState, isViewKey, knownState } from "../../../../apps/web/src/features/views/listState.ts";

const state = { search: "median > 0.9", columns: ["median", "tags"], groupBy: ["preset"], sort: "-median" };

it("marks a view as changed by its search, columns and their order, groups or sort, and not by spaces around the search", () => {
  expect(isSameState(state, { ...state, search: " median > 0.9 " })).toBe(true);
  for (const change of [{ search: "" }, { columns: ["tags", "median"] }, { groupBy: [] }, { sort: "median" }])
    expect(isSameState(state, { ...state, ...change }), JSON.stringify(change)).toBe(false);
});

it("leaves out columns that no longer exist, and says which", () => {
  const known = (name: string) => name === "median" || name === "preset";
  const rules = { usual: { ...state, sort: "-created" }, isColumn: known, isGroup: known, isSort: (text: string) => known(text) };
  expect(knownState(state, rules)).toEqual({
    state: { ...state, columns: ["median"], sort: "-created" },
    lost: ["tags", "median"],
  });
});

it("knows the keys of saved views and of the product's own", () => {
  const own = [{ key: "mine", label: "Mine", search: "by = me" }];
  expect(["VIEW-7", "mine"].every((key) => isViewKey(key, own))).toBe(true);
  expect(["VIEW-0", "view-7", "other", ""].some((key) => isViewKey(key, own))).toBe(false);
});
