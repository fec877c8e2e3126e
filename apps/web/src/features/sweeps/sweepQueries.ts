/** The GraphQL queries that a sweep's charts show, with the fields of their data. */

export function resultsQuery(key: string): string {
  return `query {
  sweep(id: "${key}") {
    axes { path label values }
    results {
      points {
        index
        values
        count
        median { estimate low high }
        mean { estimate low high }
        runs { key seed state stoppedBy median nines }
      }
    }
  }
}`;
}

export function importanceQuery(key: string): string {
  return `query {
  sweep(id: "${key}") {
    importance {
      isExact
      runs
      shares { path label share low high }
    }
  }
}`;
}
