/** The query of a random search's configurations, for their "Query" button. */
export function configurationsQuery(runId: string): string {
  return `query {\n  node(id: ${JSON.stringify(runId)}) {\n    ... on AscentRun {\n      key\n      configurations {\n        index rank parameters stored ended foolingCount medianFoolingStep median\n        trajectories(first: 10) { class label start storedConfidence image { url } }\n      }\n    }\n  }\n}`;
}
