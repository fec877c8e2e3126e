/** The state of the results of a study in the page's address: whose votes, which question, and the brush. */
import { createParser, parseAsStringLiteral } from "nuqs";
import { oneOf, wholeNumberOf } from "../marks/addressProblems.ts";
import { parseAsWholeNumber } from "../marks/wholeNumberParser.ts";
import { parseBrush, serialiseBrush } from "./planeBrush.ts";

export const tabs = ["plane", "groups", "bias", "voters", "trials"] as const;
export type ResultsTab = (typeof tabs)[number];

export const tabNames: Readonly<Record<ResultsTab, string>> = {
  plane: "Plane",
  groups: "Groups",
  bias: "Counting and bias",
  voters: "Voters",
  trials: "Raw trials",
};

/** The address of the results of a study. */
export function studyResultsAddress(studyKey: string, tab: ResultsTab = "plane"): string {
  const page = `/studies/${encodeURIComponent(studyKey)}/results`;
  return tab === "plane" ? page : `${page}/${tab}`;
}

/** As planned, without the voters whom the plan excludes, or all voters. */
export const voterChoices = ["planned", "all"] as const;

/** Null for the usual choice: as planned, unless the plan leaves out every voter. */
export const votersParser = parseAsStringLiteral(voterChoices);
/** Of a study with several questions: its place in the plan, from 0. */
export const questionParser = parseAsWholeNumber.withDefault(0);
export const brushParser = createParser({
  parse: parseBrush,
  serialize: serialiseBrush,
  eq: (one, other) => serialiseBrush(one) === serialiseBrush(other),
});

/** What the tab of groups compares. */
export const measures = ["share", "confidence"] as const;
export type Measure = (typeof measures)[number];
export const measureParser = parseAsStringLiteral(measures).withDefault("share");

/** The parameter with the baseline of a grouping: its group's place, from 0. */
export const baselineName = {
  model: "network",
  source: "source",
  generation: "generation",
  group: "group",
  condition: "condition",
} as const;
export const baselineParser = parseAsWholeNumber.withDefault(0);

export const resultsRules = [
  oneOf("measure", measures, "share"),
  ...Object.values(baselineName).map((name) => wholeNumberOf(name, "the first group is the baseline")),
  oneOf("voters", voterChoices, "planned"),
  wholeNumberOf("question", "the first question is shown"),
  {
    name: "brush",
    accepts: (text: string) => parseBrush(text) !== null,
    wanted: "four numbers, from left, to right, from below and to above",
    instead: "no image is selected",
  },
];
