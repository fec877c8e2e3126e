/** Coefficients of agreement on the examples of their publications. */

import type { Coefficient } from "@pareidolia/perception/agreement/coefficient";
import { fleissKappa } from "@pareidolia/perception/agreement/fleissKappa";
import { type AlphaMetric, krippendorffAlpha } from "@pareidolia/perception/agreement/krippendorffAlpha";
import type { VoteTable } from "@pareidolia/perception/voteTable";
import type { ReportRow } from "../report.ts";
import { near } from "./row.ts";

/** A line for each voter, a character for each item, "." if missing; answers are numbered by `alphabet`. */
export function tableOf(lines: readonly string[], alphabet: string): VoteTable {
  const votes = lines.flatMap((line, voter) =>
    Array.from(line).flatMap((character, item) => (character === "." ? [] : [{ item, voter, answer: alphabet.indexOf(character) }])),
  );
  return {
    items: lines[0]?.length ?? 0,
    voters: lines.length,
    answers: alphabet.length,
    item: Int32Array.from(votes, ({ item }) => item),
    voter: Int32Array.from(votes, ({ voter }) => voter),
    answer: Int32Array.from(votes, ({ answer }) => answer),
  };
}

/** Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability": examples A, B and C. */
export const krippendorffBinary = tableOf(["0100000010", "1110010000"], "01");
export const krippendorffNominal = tableOf(["aabbdcccedda", "babbbccceddd"], "abcde");
export const krippendorffMissing = tableOf(["123321412...", "1233224125.3", ".3332342251.", "12332441251."], "12345");

/** Fourteen voters on ten items and five answers: the counts of the standard worked example of Fleiss' kappa. */
const fleissCounts = ["0000e", "02642", "00356", "03920", "22811", "77000", "32630", "25322", "65210", "02237"];

export function fleissExample(): VoteTable {
  const lines = Array.from({ length: 14 }, () => "");
  for (const counts of fleissCounts) {
    const answers = Array.from(counts).flatMap((count, answer) => Array.from({ length: Number.parseInt(count, 16) }, () => answer));
    for (const [voter, answer] of answers.entries()) lines[voter] = `${lines[voter]}${answer}`;
  }
  return tableOf(lines, "01234");
}

export const valueOf = (coefficient: Coefficient): number => (coefficient.defined ? coefficient.estimate : Number.NaN);

export function publishedGates(): readonly ReportRow[] {
  const source = "Krippendorff 2011";
  const values = [1, 2, 3, 4, 5];
  const missing: readonly (readonly [AlphaMetric, number])[] = [
    ["nominal", 0.743],
    ["ordinal", 0.815],
    ["interval", 0.849],
    ["ratio", 0.797],
  ];
  const alpha = (what: string, table: VoteTable, expected: number, metric: AlphaMetric = "nominal"): ReportRow =>
    near({
      id: "alpha",
      what: `${source}, ${what}`,
      figure: valueOf(krippendorffAlpha(table, { metric, ...(table.answers === 5 && { values }) })),
      expected,
      tolerance: 1e-3,
    });
  return [
    alpha("example A: two voters, binary", krippendorffBinary, 0.095),
    alpha("example B: two voters, nominal", krippendorffNominal, 0.692),
    ...missing.map(([metric, expected]) =>
      alpha(`example C: four voters, missing votes, ${metric}`, krippendorffMissing, expected, metric),
    ),
    near({
      id: "kappa",
      what: "Fleiss' kappa, worked example",
      figure: valueOf(fleissKappa(fleissExample())),
      expected: 0.21,
      tolerance: 1e-3,
    }),
  ];
}
