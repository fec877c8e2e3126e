/** The columns of an evolution's statistics, and the query that loads them. */
export const statisticsColumns = ["generation", "median", "mean", "minimum", "maximum", "jumps", "filled", "evaluations"] as const;

export function statisticsQuery(runId: string): string {
  return `query {\n  node(id: ${JSON.stringify(runId)}) {\n    ... on EvolutionRun {\n      key\n      statistics { ${statisticsColumns.join(" ")} }\n    }\n  }\n}`;
}
