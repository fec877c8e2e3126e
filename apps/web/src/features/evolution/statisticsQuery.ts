/** The columns of an evolution's statistics, on stored images and of the search, and the query that loads them. */
export const statisticsColumns = [
  "generation",
  "median",
  "mean",
  "minimum",
  "maximum",
  "searchMedian",
  "searchMean",
  "searchMinimum",
  "searchMaximum",
  "jumps",
  "filled",
  "evaluations",
] as const;

export function statisticsQuery(runId: string): string {
  return `query {\n  node(id: ${JSON.stringify(runId)}) {\n    ... on EvolutionRun {\n      key\n      statistics { ${statisticsColumns.join(" ")} }\n    }\n  }\n}`;
}
