/** The query of an ascent's trajectories, for their "Query" button. */
export function trajectoriesQuery(runId: string, configuration: number | null): string {
  const which = configuration === null ? "" : `, configurations: [${configuration}]`;
  return `query {\n  node(id: ${JSON.stringify(runId)}) {\n    ... on AscentRun {\n      key\n      trajectories(first: 100${which}) {\n        nodes { class label start curve { step searchConfidence storedConfidence norm } milestones { level step image { url } } }\n      }\n    }\n  }\n}`;
}
