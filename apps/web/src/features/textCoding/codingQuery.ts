/** The query of the revealed codes of a study's texts, for its "Query" button. */
export function codingQuery(studyKey: string): string {
  return `query {\n  node(id: ${JSON.stringify(studyKey)}) {\n    ... on Study { textCoding { isComplete agreement { estimate low high texts codes reason } texts(show: REVEALED, first: 100) { text votes codes { coder code { kind label { name } } } decision { reason decidedAt } finalCode { kind label { name } } } } }\n  }\n}`;
}
