/** The whole view of the table of experiments as parameters of the URL: view, search and order. */
import { experimentFields } from "@pareidolia/search/fields/experimentFields";
import { maxSearchLength } from "@pareidolia/search/parseSearch";
import { parseAsString } from "nuqs";
import type { AddressRule } from "../marks/addressProblems.ts";
import { type Sort, sortParserOf, sortReaderOf, writeSort } from "../views/listSort.ts";
import { type BuiltInView, isViewKey, type ListState } from "../views/listState.ts";

/** The views that every member has. */
export const experimentViews: readonly BuiltInView[] = [
  { key: "all", label: "All", search: "" },
  { key: "running", label: "Active", search: "state IN (running, queued)" },
  { key: "paused", label: "Paused", search: "state = paused" },
  { key: "failed", label: "Failed", search: "state IN (failed, crashed)" },
  { key: "mine", label: "Mine", search: "by = me" },
  { key: "archived", label: "Archived", search: "archived = true" },
];

const defaultSort: Sort = { column: "updated", direction: "DESC" };

export const parseSort = sortReaderOf(experimentFields);

/** The table always has the same columns. */
export const usualState: ListState = { search: "", columns: [], groupBy: [], sort: writeSort(defaultSort) };

export const viewParsers = {
  view: parseAsString,
  q: parseAsString.withDefault(""),
  sort: sortParserOf(parseSort, defaultSort),
};

export const viewRules: readonly AddressRule[] = [
  {
    name: "view",
    accepts: (text) => isViewKey(text, experimentViews),
    wanted: `one of ${experimentViews.map(({ key }) => key).join(", ")}, or the key of a view such as VIEW-7`,
    instead: "no view is open",
  },
  { name: "q", accepts: (text) => text.length <= maxSearchLength, wanted: "at most 1,000 characters", instead: "nothing is searched" },
  {
    name: "sort",
    accepts: (text) => parseSort(text) !== null,
    wanted: "a sortable column, such as -updated",
    instead: "the most recently updated come first",
  },
];
