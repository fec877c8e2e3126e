/** The state of a comparison in the page's address. */
import { createParser, parseAsBoolean, parseAsString, parseAsStringLiteral } from "nuqs";
import { oneOf, wholeNumberOf } from "../marks/addressProblems.ts";
import { parseAsWholeNumber } from "../marks/wholeNumberParser.ts";
import { type ComparedNumbers, formatComparedRuns, maxRuns, mostEntries, parseComparedRuns } from "./comparedRuns.ts";

const none: readonly ComparedNumbers[] = [];

export const runsParser = createParser({
  parse: parseComparedRuns,
  serialize: formatComparedRuns,
  eq: (one, other) => formatComparedRuns(one) === formatComparedRuns(other),
}).withDefault(none);

/** The generation shown; null is the last one. */
export const generationParser = parseAsWholeNumber;
/** The place of the baseline; null without one. */
export const baselineParser = parseAsWholeNumber;
/** Whether settings that are the same are shown, too. */
export const sameParser = parseAsBoolean.withDefault(false);
/** Whether images other than the baseline's show their difference from it. */
export const differencesParser = parseAsBoolean.withDefault(false);
/** Classes whose label contains this text. */
export const classesParser = parseAsString.withDefault("");
/** The first class shown. */
export const offsetParser = parseAsWholeNumber.withDefault(0);

export const measures = ["MEDIAN", "FOOLING", "FIRST_REACHED"] as const;
export const measureParser = parseAsStringLiteral(measures).withDefault("MEDIAN");

export const comparisonRules = [
  {
    name: "runs",
    accepts: (text: string) => parseComparedRuns(text) !== null,
    wanted: `up to ${mostEntries} runs or groups with at most ${maxRuns} runs together, such as 142,144 or 1-9+12,20-29`,
    instead: "no run is chosen",
  },
  wholeNumberOf("gen", "the last generation is shown"),
  wholeNumberOf("baseline", "there is no baseline"),
  wholeNumberOf("from", "the first class comes first"),
  oneOf("same", ["true", "false"], "false"),
  oneOf("difference", ["true", "false"], "false"),
  oneOf("measure", measures, "MEDIAN"),
];
