/** The gallery's state in the URL: view, search, order, chosen elites and position. An invalid value is replaced by the default, and the page reports it. */
import { imageFields } from "@pareidolia/search/fields/imageFields";
import { maxSearchLength } from "@pareidolia/search/parseSearch";
import { createParser, parseAsString } from "nuqs";
import { type AddressRule, wholeNumberOf } from "../marks/addressProblems.ts";
import { parseAsWholeNumber } from "../marks/wholeNumberParser.ts";
import { type Sort, sortParserOf, sortReaderOf, writeSort } from "../views/listSort.ts";
import { type BuiltInView, isViewKey, type ListState } from "../views/listState.ts";

/** The views that every member has. */
export const galleryViews: readonly BuiltInView[] = [
  { key: "all", label: "All", search: "" },
  { key: "fooling", label: "Fooling", search: "reached = true" },
  { key: "mine", label: "Mine", search: "by = me" },
  { key: "replaced", label: "Replaced", search: "replaced = true" },
];

const defaultSort: Sort = { column: "created", direction: "DESC" };

export const parseSort = sortReaderOf(imageFields);

/** The grid has no columns. */
export const usualState: ListState = { search: "", columns: [], groupBy: [], sort: writeSort(defaultSort) };

/** Elites chosen elsewhere, such as on the plane of a study. */
export const maxIds = 100;
export function parseIds(text: string): readonly string[] | null {
  const ids = text.split(",").filter((id) => id !== "");
  return ids.length > 0 && ids.length <= maxIds && ids.every((id) => /^[\w-]{1,200}$/.test(id)) ? ids : null;
}

export const galleryParsers = {
  view: parseAsString,
  q: parseAsString.withDefault(""),
  sort: sortParserOf(parseSort, defaultSort),
  ids: createParser({
    parse: parseIds,
    serialize: (ids: readonly string[]) => ids.join(","),
    eq: (one, other) => one.join() === other.join(),
  }),
};

/** Index of the first image in view, to which Back and a shared link return. */
export const positionParser = parseAsWholeNumber.withDefault(0);

export const galleryRules: readonly AddressRule[] = [
  {
    name: "view",
    accepts: (text) => isViewKey(text, galleryViews),
    wanted: `one of ${galleryViews.map(({ key }) => key).join(", ")}, or the key of a view such as VIEW-7`,
    instead: "no view is open",
  },
  { name: "q", accepts: (text) => text.length <= maxSearchLength, wanted: "at most 1,000 characters", instead: "nothing is searched" },
  {
    name: "sort",
    accepts: (text) => parseSort(text) !== null,
    wanted: "created, confidence, recognised or votes, such as -confidence",
    instead: "the newest are first",
  },
  {
    name: "ids",
    accepts: (text) => parseIds(text) !== null,
    wanted: `IDs of up to ${maxIds} elites, separated by commas`,
    instead: "all images are shown",
  },
  wholeNumberOf("at", "the first images are shown"),
];

/** What is listed. */
export interface GalleryList {
  readonly search: string;
  readonly sort: Sort;
  readonly ids: readonly string[] | null;
}

export interface GalleryOrder {
  readonly sort: Sort;
  readonly label: string;
  /** Whether only those who may read what people say have it. */
  readonly ofPeople: boolean;
}

const order = (column: string, direction: Sort["direction"], label: string, ofPeople = false): GalleryOrder => ({
  sort: { column, direction },
  label,
  ofPeople,
});

export const galleryOrders: readonly GalleryOrder[] = [
  order("created", "DESC", "Newest first"),
  order("created", "ASC", "Oldest first"),
  order("confidence", "DESC", "Most confident first"),
  order("confidence", "ASC", "Least confident first"),
  order("recognised", "DESC", "Most recognised first", true),
  order("recognised", "ASC", "Least recognised first", true),
  order("votes", "DESC", "Most votes first", true),
];

export const isOrder = (one: Sort, other: Sort): boolean => writeSort(one) === writeSort(other);
