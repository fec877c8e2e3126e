/** The query for the data of the plane, to copy. */
export function planeQuery(studyKey: string): string {
  return `query {
  node(id: "${studyKey}") {
    ... on Study {
      images(first: 100) {
        nodes { label source confidence votes agreeing image { sha256 url } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;
}

/** The query for computed statistics, to copy. */
export function resultsQuery(studyKey: string, kinds: readonly string[]): string {
  return `query {
  node(id: "${studyKey}") {
    ... on Study {
      results(kinds: [${kinds.join(", ")}]) { kind voteCount result computedAt }
    }
  }
}`;
}
