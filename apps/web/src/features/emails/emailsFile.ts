/** The outbox as a file: its columns, and the GraphQL query for the same data. */
import type { EmailRowFragment } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";

export const emailsFile: Readonly<Record<string, (row: EmailRowFragment) => CsvValue>> = {
  subject: ({ subject }) => subject,
  to: ({ to }) => to,
  state: ({ state }) => state,
  written: ({ createdAt }) => createdAt,
  sent: ({ sentAt }) => sentAt ?? null,
  attempts: ({ attempts }) => attempts,
  failure: ({ failure }) => failure ?? null,
};

export const emailsQuery = `{
  emails(first: 100) {
    nodes { subject to state createdAt sentAt attempts failure }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`;
