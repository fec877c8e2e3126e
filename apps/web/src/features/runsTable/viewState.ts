/** The whole view of the table of runs as parameters of the URL: search, order, columns, groups, and how many rows are shown. */
import { runFields } from "@pareidolia/search/fields/runFields";
import { writeValue } from "@pareidolia/search/formatSearch";
import { maxSearchLength } from "@pareidolia/search/parseSearch";
import { readName } from "@pareidolia/search/readName";
import { createParser, parseAsString } from "nuqs";
import type { AddressRule } from "../marks/addressProblems.ts";
import { isWholeNumber } from "../marks/wholeNumber.ts";
import { parseAsWholeNumber } from "../marks/wholeNumberParser.ts";
import { readSort, type Sort, sortParserOf, writeSort } from "../views/listSort.ts";
import { type BuiltInView, isViewKey, type ListState } from "../views/listState.ts";
import { defaultColumns, findColumn } from "./tableColumns.ts";

const defaultSort: Sort = { column: "created", direction: "DESC" };
export const rowsOfPage = 50;
const maxShown = 2_000;
const maxGroupColumns = 4;

/** Columns by which groups are ordered without being columns of runs. */
const groupFigures = ["n"];

/** By a sortable field, or a figure of groups. */
export const parseSort = (text: string): Sort | null =>
  readSort(text, (name) => {
    const field = runFields.find(name);
    return groupFigures.includes(name) ? name : field?.isSortable === true ? field.name : null;
  });

/** Names with commas, spaces or quotes are in quotes, as in a search. */
const writeNames = (names: readonly string[]): string => names.map(writeValue).join(",");

function readNames(text: string): readonly string[] {
  const written = text.match(/(?:"(?:[^"\\]|\\.)*"|[^,])+/gs) ?? [];
  return written.map((name) => readName(name).text);
}

function parseNames(text: string, accepts: (name: string) => boolean, most: number): readonly string[] | null {
  const names = [...new Set(readNames(text))];
  return names.length <= most && names.every(accepts) ? names : null;
}

/** By the columns' own names, also where a link has an alias. */
export function parseColumns(text: string): readonly string[] | null {
  if (text === "none") return [];
  const names = parseNames(text, (name) => findColumn(name) !== undefined, 30);
  return names === null ? null : [...new Set(names.map((name) => findColumn(name)?.id ?? name))];
}

export const parseGroups = (text: string) => parseNames(text, (name) => runFields.find(name)?.isGroupable === true, maxGroupColumns);

const same = (one: readonly string[], other: readonly string[]) => writeNames(one) === writeNames(other);

/** Active runs, as the home page counts them. */
export const activeRuns = "state IN (running, queued)";

/** The views that every member has. */
export const runViews: readonly BuiltInView[] = [
  { key: "all", label: "All", search: "" },
  { key: "running", label: "Active", search: activeRuns },
  { key: "mine", label: "Mine", search: "by = me" },
  { key: "archived", label: "Archived", search: "archived = true" },
];

export const usualState: ListState = { search: "", columns: defaultColumns, groupBy: [], sort: writeSort(defaultSort) };

export const viewParsers = {
  view: parseAsString,
  q: parseAsString.withDefault(""),
  sort: sortParserOf(parseSort, defaultSort),
  columns: createParser({
    parse: parseColumns,
    serialize: (names: readonly string[]) => (names.length === 0 ? "none" : writeNames(names)),
    eq: same,
  }).withDefault(defaultColumns),
  group: createParser({ parse: parseGroups, serialize: writeNames, eq: same }).withDefault([]),
  rows: parseAsWholeNumber.withDefault(rowsOfPage),
};

/** How many rows are shown: whole pages, and not more than a page can draw. */
export const shownRows = (rows: number): number => Math.min(maxShown, Math.max(1, Math.ceil(rows / rowsOfPage)) * rowsOfPage);

export const viewRules: readonly AddressRule[] = [
  {
    name: "view",
    accepts: (text) => isViewKey(text, runViews),
    wanted: "one of all, running, mine, archived, or the key of a view such as VIEW-7",
    instead: "no view is open",
  },
  { name: "q", accepts: (text) => text.length <= maxSearchLength, wanted: "at most 1,000 characters", instead: "nothing is searched" },
  {
    name: "sort",
    accepts: (text) => parseSort(text) !== null,
    wanted: "a sortable column, such as -median",
    instead: "the newest are first",
  },
  { name: "columns", accepts: (text) => parseColumns(text) !== null, wanted: "names of columns", instead: "the usual columns are shown" },
  { name: "group", accepts: (text) => parseGroups(text) !== null, wanted: "up to 4 groupable columns", instead: "runs are not grouped" },
  { name: "rows", accepts: isWholeNumber, wanted: "a whole number", instead: "the first rows are shown" },
];
