/** The query for a study's images and their votes, to copy. */
export function imagesQuery(studyKey: string): string {
  return `query {
  node(id: "${studyKey}") {
    ... on Study {
      images(first: 100) {
        nodes { label source confidence votes agreeing image { sha256 url } decisions { room outcome choice { name } reason decidedAt decidedBy { name } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;
}
