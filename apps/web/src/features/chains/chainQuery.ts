/** The query of a chain's links, for the "Query" button of its chart. */
export const chainQuery = (chainId: string): string =>
  `query {\n  chain(id: ${JSON.stringify(chainId)}) {\n    links { iteration state testError medianConfidence foolingShare foolingImages elites { niche storedConfidence } }\n  }\n}`;
