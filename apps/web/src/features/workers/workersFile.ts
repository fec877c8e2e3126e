/** Workers, clean-ups and waiting analyses as files: their columns, and the GraphQL queries for the same data. */
import type { AnalysisQueueQuery, WorkersQuery } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";
import { workerSpeed } from "./workerSpeed.ts";

export const workersFile: Readonly<Record<string, (row: WorkersQuery["workers"][number]) => CsvValue>> = {
  worker: ({ id }) => id,
  host: ({ host }) => host,
  alive: ({ alive }) => (alive ? "yes" : "no"),
  heartbeat: ({ heartbeatAt }) => heartbeatAt,
  evaluations_per_second: workerSpeed,
  run: ({ run }) => run?.key ?? null,
  started: ({ startedAt }) => startedAt,
  engine: ({ engine }) => engine,
};

export const workersQuery = `{
  workers { id host alive heartbeatAt speed run { key } startedAt engine }
}`;

export const cleanUpsFile: Readonly<Record<string, (row: WorkersQuery["cleanUps"][number]) => CsvValue>> = {
  kind: ({ title }) => title,
  grace_seconds: ({ graceSeconds }) => graceSeconds,
  removed: ({ removedCount }) => removedCount,
  removed_bytes: ({ removedBytes }) => removedBytes,
  removed_at: ({ removedAt }) => removedAt ?? null,
  waiting: ({ waitingCount }) => waitingCount,
  waiting_bytes: ({ waitingBytes }) => waitingBytes,
  checked: ({ cleanedAt }) => cleanedAt,
  failure: ({ failure }) => failure ?? null,
};

export const cleanUpsQuery = `{
  cleanUps { kind title graceSeconds removedCount removedBytes removedAt waitingCount waitingBytes cleanedAt failure }
}`;

export const analysisQueueFile: Readonly<Record<string, (row: AnalysisQueueQuery["analyses"]["nodes"][number]) => CsvValue>> = {
  analysis: ({ id }) => id,
  kind: ({ kindLabel }) => kindLabel,
  state: ({ state }) => state,
  done: ({ done }) => done,
  total: ({ total }) => total ?? null,
  run: ({ run }) => run?.key ?? null,
  started: ({ createdAt }) => createdAt,
};

export const analysisQueueQuery = `{
  analyses(first: 100, filter: { state: [QUEUED, RUNNING] }) {
    nodes { id kindLabel state done total run { key } createdAt }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`;
