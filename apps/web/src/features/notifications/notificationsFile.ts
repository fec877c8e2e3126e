/** The list of notifications as a file: its columns, and the GraphQL query for the same data. */
import type { NotificationEntryFragment } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";

export const notificationsFile: Readonly<Record<string, (row: NotificationEntryFragment) => CsvValue>> = {
  kind: ({ kind }) => kind,
  subject: ({ subjectKey }) => subjectKey ?? null,
  name: ({ subjectName }) => subjectName,
  detail: ({ detail }) => detail,
  by: ({ by }) => by?.name ?? null,
  at: ({ createdAt }) => createdAt,
  read: ({ readAt }) => readAt ?? null,
};

/** @param unread True for the unread ones only. */
export function notificationsQuery(unread: boolean): string {
  return `{
  notifications(first: 100${unread ? ", filter: { unread: true }" : ""}) {
    nodes { kind subjectKey subjectName detail by { name } createdAt readAt }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`;
}
