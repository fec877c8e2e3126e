/** The query of several runs' median confidence, for the "Query" button of a shared experiment. */
export function curvesQuery(ids: readonly string[]): string {
  return `query {\n  nodes(ids: ${JSON.stringify(ids)}) {\n    ... on EvolutionRun {\n      key\n      statistics { generation median }\n    }\n  }\n}`;
}
