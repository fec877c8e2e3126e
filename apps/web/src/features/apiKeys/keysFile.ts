/** A list of API keys as a file, without any secret: its columns, and the GraphQL query for the same data. */
import type { ApiKeyRowFragment } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";

export const keysFile: Readonly<Record<string, (row: ApiKeyRowFragment) => CsvValue>> = {
  starts_with: ({ prefix }) => prefix,
  name: ({ name }) => name,
  owner: ({ user }) => user?.name ?? null,
  scopes: ({ scopes }) => scopes.join(" "),
  created: ({ createdAt }) => createdAt,
  last_used: ({ lastUsedAt }) => lastUsedAt ?? null,
  expires: ({ expiresAt }) => expiresAt ?? null,
  revoked: ({ revokedAt }) => revokedAt ?? null,
};

/** @param valid True for the valid keys, false for those that are revoked or expired. */
export function keysQuery(valid: boolean): string {
  return `{
  apiKeys(first: 100, filter: { valid: ${valid} }) {
    nodes { prefix name user { name } scopes createdAt lastUsedAt expiresAt revokedAt }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`;
}
