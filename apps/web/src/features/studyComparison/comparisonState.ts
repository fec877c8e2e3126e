/** The state of the comparison of studies in the page's address: the studies, whose votes count, and the two whose images are paired. */

import { maxComparedStudies } from "@pareidolia/perception/study/compareStudies";
import { createParser, parseAsBoolean, parseAsStringLiteral } from "nuqs";
import { oneOf, wholeNumberOf } from "../marks/addressProblems.ts";
import { parseAsWholeNumber } from "../marks/wholeNumberParser.ts";

export const maxStudies = maxComparedStudies;

const key = /^STU-[1-9]\d{0,9}$/;

/** Keys of studies, separated by commas; null if a part is no key, occurs twice, or there are too many. */
export function parseStudyKeys(text: string): readonly string[] | null {
  const keys = text
    .split(",")
    .map((part) => part.trim().toUpperCase())
    .filter((part) => part !== "");
  return keys.length <= maxStudies && keys.every((part) => key.test(part)) && new Set(keys).size === keys.length ? keys : null;
}

const none: readonly string[] = [];

export const studiesParser = createParser({
  parse: parseStudyKeys,
  serialize: (keys: readonly string[]) => keys.join(","),
  eq: (one, other) => one.join() === other.join(),
}).withDefault(none);

export const sideNames = ["planned", "all"] as const;
export const votersParser = parseAsStringLiteral(sideNames).withDefault("planned");
/** The place of a pair in the list of pairs. */
export const pairParser = parseAsWholeNumber.withDefault(0);
/** Whether the table of plans shows rules that are the same, too. */
export const sameParser = parseAsBoolean.withDefault(false);

export const comparisonRules = [
  {
    name: "studies",
    accepts: (text: string) => parseStudyKeys(text) !== null,
    wanted: `the keys of up to ${maxStudies} different studies, such as STU-1,STU-2`,
    instead: "no study is chosen",
  },
  oneOf("voters", sideNames, "planned"),
  wholeNumberOf("pair", "the first two studies are paired"),
  oneOf("same", ["true", "false"], "false"),
];

/** The address of the comparison of these studies. */
export function comparisonAddress(keys: readonly string[]): string {
  return `/studies/compare${keys.length === 0 ? "" : `?studies=${keys.join(",")}`}`;
}
