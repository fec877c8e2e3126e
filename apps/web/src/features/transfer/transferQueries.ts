/** The queries of transfer between models, for their "Query" buttons. */
/** The key of an experiment, or keys of runs. */
export type TransferSelection = { readonly experimentId: string } | { readonly runIds: string[] };

export function transferQuery(selection: TransferSelection): string {
  const argument =
    "runIds" in selection ? `runIds: ${JSON.stringify(selection.runIds)}` : `experimentId: ${JSON.stringify(selection.experimentId)}`;
  return `query {\n  transferMatrix(${argument}) {\n    unscored\n    cells {\n      images\n      source { name }\n      other { name }\n      sameTop { estimate low high }\n      fooled { estimate low high }\n      confidentOnBoth { estimate low high }\n      otherConfidence { probability value }\n    }\n  }\n}`;
}

export const imageScoresQuery = (imageId: string): string =>
  `query {\n  node(id: ${JSON.stringify(imageId)}) {\n    ... on Image {\n      scores { topLabel topConfidence model { name } probabilities { label probability } }\n    }\n  }\n}`;
