/** The query of a study's draft, for the "Query" button of its chart. */
export const draftQuery = (studyKey: string): string => `query {\n  node(id: "${studyKey}") {\n    ... on Study { seed draft }\n  }\n}`;
