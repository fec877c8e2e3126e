/** The columns of a run's perturbations, and the query that loads them. */
export const perturbationColumns = [
  "bound",
  "success",
  "linf",
  "l2",
  "l0",
  "steps",
  "originalLabel",
  "originalConfidence",
  "storedLabel",
  "storedConfidence",
  "storedTargetConfidence",
  "storedOriginalConfidence",
] as const;

export function perturbationsQuery(runId: string): string {
  return `query {\n  node(id: ${JSON.stringify(runId)}) {\n    ... on PerturbationRun {\n      key norm\n      perturbations(first: 100) {\n        nodes { ${perturbationColumns.join(" ")} image { url } original { url } }\n      }\n    }\n  }\n}`;
}
