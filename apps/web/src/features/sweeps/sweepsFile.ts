/** The list of sweeps as a file: its columns, and the GraphQL query for the same data. */
import type { SweepsQuery } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";
import { countEnded } from "./sweepOnPage.ts";

export const sweepsFile: Readonly<Record<string, (row: SweepsQuery["sweeps"]["nodes"][number]) => CsvValue>> = {
  sweep: ({ key }) => key,
  name: ({ name }) => name,
  kind: ({ kindLabel }) => kindLabel,
  experiment: ({ experiment }) => experiment.key,
  state: ({ state }) => state,
  points: ({ pointCount }) => pointCount,
  runs: ({ runCount }) => runCount,
  ended: ({ progress }) => countEnded(progress),
  created: ({ createdAt }) => createdAt,
};

export const sweepsQuery = `{
  sweeps(first: 100) {
    nodes { key name state kindLabel pointCount runCount progress { succeeded failed cancelled stoppedEarly } experiment { key } createdAt }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`;
