/** Reads the stored results of a study for a page, kind by kind: a damaged one leaves the others readable. */

import type { Figure, OrReason } from "@pareidolia/perception/study/results/figure";
import { parseResult, type ResultKindId, resultKindIds, type StudyResult } from "@pareidolia/perception/study/studyResults";
import type { StudyResultKind } from "../../graphql/generated/graphql.ts";
import { namesOfPopulations } from "./resultFormats.ts";

export interface StoredResult {
  readonly kind: StudyResultKind;
  readonly voteCount: number;
  readonly computedAt: string;
  readonly result: unknown;
}

export interface ResultsOfStudy {
  readonly results: { readonly [Kind in ResultKindId]?: StudyResult<Kind> };
  /** What is wrong with results that could not be read. */
  readonly problems: readonly string[];
  /** Votes from which all of them were computed: of the oldest. */
  readonly voteCount: number;
  /** When the oldest was computed. */
  readonly computedAt: Date;
}

/** @returns null if nothing has been computed yet. */
export function readResults(stored: readonly StoredResult[]): ResultsOfStudy | null {
  if (stored.length === 0) return null;
  const problems: string[] = [];
  const results: Partial<Record<ResultKindId, StudyResult>> = {};
  for (const { kind, result } of stored) {
    const id = resultKindIds.find((known) => known.toUpperCase() === kind);
    if (id === undefined) continue;
    try {
      results[id] = parseResult(id, result);
    } catch (error) {
      problems.push((error as Error).message);
    }
  }
  return {
    results: results as ResultsOfStudy["results"],
    problems,
    voteCount: Math.min(...stored.map(({ voteCount }) => voteCount)),
    computedAt: new Date(Math.min(...stored.map(({ computedAt }) => Date.parse(computedAt)))),
  };
}

export type { Figure };
export type FigureOrReason = OrReason<Figure>;

/** What a chart draws of a figure: the estimate and its interval, or the estimate without one. */
export function drawnValues(figure: FigureOrReason): readonly number[] {
  if (figure.defined) return [figure.estimate, figure.low, figure.high];
  return figure.estimate === undefined ? [] : [figure.estimate];
}

/** The query that loads some kinds of results, for researchers who copy it. */
export function resultQuery(studyKey: string, ...kinds: readonly ResultKindId[]): string {
  return `query {\n  node(id: ${JSON.stringify(studyKey)}) {\n    ... on Study {\n      results(kinds: [${kinds.map((kind) => kind.toUpperCase()).join(", ")}]) { voteCount computedAt result }\n    }\n  }\n}`;
}

/** The cells of a figure in a table or CSV file: estimate, low, high, over what they generalise, n; empty with the reason if undefined. */
export function figureCells(figure: FigureOrReason | Figure): (number | string | null)[] {
  if ("defined" in figure && !figure.defined) return [figure.estimate ?? null, null, null, null, null, figure.reason];
  const { estimate, low, high, over, n } = figure as Figure;
  return [estimate, low, high, namesOfPopulations[over], n, ""];
}
export const figureColumns = ["estimate", "low", "high", "interval for", "n", "reason"] as const;
