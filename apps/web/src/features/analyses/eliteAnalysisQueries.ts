/** The queries of an elite's analyses, for their "Query" buttons. */
export function survivalQuery(eliteId: string): string {
  return `query {\n  node(id: ${JSON.stringify(eliteId)}) {\n    ... on Elite {\n      survival { state survival { confidence curves { distortion halfGoneAt points { level confidence topClass topLabel } } } }\n    }\n  }\n}`;
}

export const ablationQuery = (eliteId: string): string =>
  `query {\n  node(id: ${JSON.stringify(eliteId)}) {\n    ... on Elite {\n      ablation { state ablation { confidence loweredShare countedDrop regions { x y width height confidence drop } } }\n    }\n  }\n}`;
