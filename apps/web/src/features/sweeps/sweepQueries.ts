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
        median { estimate low high intervalReason }
        mean { estimate low high intervalReason }
        runs { key name seed state stoppedBy median nines }
      }
    }
  }
}`;
}

export function rungsQuery(key: string): string {
  return `query {
  sweep(id: "${key}") {
    rungs {
      number
      at
      entered
      kept
      reached
      decidedAt
      points { point nines runs rank kept }
    }
  }
}`;
}

export function bestImagesQuery(key: string, point: number | null): string {
  const ofPoint = point === null ? "" : `(point: ${point})`;
  return `query {
  sweep(id: "${key}") {
    bestElites${ofPoint} { label storedConfidence generation image { url } run { key } }
    bestTrajectories${ofPoint} { label storedConfidence image { url } run { key } }
    bestPerturbations${ofPoint} { originalLabel storedLabel storedConfidence bound linf l2 image { url } run { key } }
  }
}`;
}

export function recipeQuery(key: string): string {
  return `query {
  sweep(id: "${key}") {
    kind
    base
    axes { path label values valueLabels scale }
    sampler
    seeds
    earlyStopping { plateauGenerations plateauDelta medianAfter halving { minimum eta } }
    priority
    concurrency
    maxEvaluations
    maxSeconds
  }
}`;
}

export function logQuery(key: string): string {
  return `query {
  sweep(id: "${key}") {
    log(first: 100) {
      nodes { createdAt change { to reason } run { key seed } }
    }
  }
}`;
}

export function importanceQuery(key: string): string {
  return `query {
  sweep(id: "${key}") {
    importance {
      isExact
      intervalReason
      runs
      shares { path label share low high }
    }
  }
}`;
}
