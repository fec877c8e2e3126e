/** Public experiments, and the runs of one, as files: their columns, and the GraphQL queries for the same data. */
import type { PublicExperimentsQuery, PublicRunFragment } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";

type Listed = PublicExperimentsQuery["publicExperiments"]["nodes"][number];

export const publicExperimentsFile: Readonly<Record<string, (row: Listed) => CsvValue>> = {
  experiment: ({ id }) => id,
  key: ({ key }) => key,
  name: ({ name }) => name,
  workspace: ({ workspaceName }) => workspaceName ?? null,
  published: ({ publishedAt }) => publishedAt ?? null,
  runs: ({ runCount }) => runCount,
  models: ({ modelNames }) => modelNames.join(", "),
  description: ({ description }) => description,
};

export const publicExperimentsQuery = `{
  publicExperiments(first: 100) {
    nodes { id key name workspaceName publishedAt runCount modelNames description }
    pageInfo { hasNextPage endCursor }
  }
}`;

export const publicRunsFile: Readonly<Record<string, (row: PublicRunFragment) => CsvValue>> = {
  run: ({ key }) => key,
  name: ({ name }) => name,
  method: ({ methodLabel }) => methodLabel,
  model: ({ model }) => model.name,
  seed: ({ seed }) => seed,
  state: ({ state }) => state,
  median_confidence: ({ outcome }) => outcome.medianConfidence,
  reached: ({ outcome }) => (outcome.isMeasured ? outcome.reached : null),
  results: ({ outcome }) => outcome.total,
  measure: ({ outcome }) => `${outcome.unit} ${outcome.reachedMeans}`,
};

/** @param experimentId ID of an experiment that the reader may open. */
export function publicRunsQuery(experimentId: string): string {
  return `{
  node(id: ${JSON.stringify(experimentId)}) {
    ... on Experiment {
      runs(first: 100, orderBy: { field: CREATED_AT, direction: DESC }) {
        nodes { key name methodLabel model { name } seed state outcome { medianConfidence reached total unit reachedMeans } }
        pageInfo { hasNextPage endCursor }
        totalCount
      }
    }
  }
}`;
}
