/** Downloads the user's sessions: the file's columns, and the GraphQL query for the same data. */
import type { ListedSessionFragment } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";
import { describeDevice } from "./sessionList.ts";

export const sessionsFile: Readonly<Record<string, (row: ListedSessionFragment) => CsvValue>> = {
  device: describeDevice,
  user_agent: ({ userAgent }) => userAgent ?? null,
  address: ({ address }) => address ?? null,
  signed_in: ({ createdAt }) => createdAt,
  last_use: ({ lastUsedAt }) => lastUsedAt,
};

export const sessionsQuery = `{
  viewer {
    sessions(first: 100) {
      nodes { id browser device userAgent address createdAt lastUsedAt isCurrent }
      pageInfo { hasNextPage endCursor }
      totalCount
    }
  }
}`;
