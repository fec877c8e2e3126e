/** The queries of a run's analyses, for their "Query" buttons. */
function relatednessQuery(runId: string, fields: string): string {
  return `query {\n  node(id: ${JSON.stringify(runId)}) {\n    ... on EvolutionRun {\n      relatedness { ${fields} }\n    }\n  }\n}`;
}

export function labelDistanceQuery(runId: string): string {
  const fields = "label pairs distance { lower median upper }";
  return relatednessQuery(runId, `bands { ${fields} } all { ${fields} }`);
}

export const relatedPairsQuery = (runId: string): string =>
  relatednessQuery(runId, "pairs(limit: 100) { first second relatedness labelDistance }");

export const goalSwitchesQuery = (runId: string): string =>
  `query {\n  node(id: ${JSON.stringify(runId)}) {\n    ... on EvolutionRun {\n      phylogeny { goalSwitchShare nodeCount goalSwitches { generation niche from child } nodes { generation parents niches current confidence imageUrl } }\n    }\n  }\n}`;

export const difficultyQuery = (runId: string): string =>
  `query {\n  node(id: ${JSON.stringify(runId)}) {\n    ... on EvolutionRun {\n      difficulty { competition classes { niche label confidence rivalLabel rivalConfidence neighbours } }\n    }\n  }\n}`;

export const detectorsQuery = (runId: string): string =>
  `query {\n  analyses(filter: { runId: ${JSON.stringify(runId)}, kind: "detectors" }, first: 5) {\n    nodes { state detectors { generation detector label auroc aurocLow aurocHigh falsePositiveRate falsePositiveRateLow falsePositiveRateHigh intervalReason } }\n  }\n}`;
