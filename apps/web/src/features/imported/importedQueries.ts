/** The queries of an imported run's data, for its "Query" buttons. */
export const curveColumns = ["generation", "median", "mean", "minimum", "maximum"] as const;

function importedQuery(runId: string, fields: string): string {
  return `query {\n  node(id: ${JSON.stringify(runId)}) {\n    ... on ImportedRun {\n      key ${fields}\n    }\n  }\n}`;
}

export const importedMetricsQuery = (runId: string): string => importedQuery(runId, "metrics");

export const importedCurveQuery = (runId: string): string => importedQuery(runId, `curve { ${curveColumns.join(" ")} }`);

export const importedHistoriesQuery = (runId: string): string => importedQuery(runId, "histories { metric steps values }");

export const importedImagesQuery = (runId: string): string =>
  importedQuery(runId, "images(first: 100) { nodes { index niche label claimed image { url } } }");
