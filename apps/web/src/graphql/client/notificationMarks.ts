/**
 * Marks notifications in the cache before the API answers. The cache takes an optimistic mark back with the answer, so an error leaves the
 * notifications as they were.
 */
import type { Cache, OptimisticMutationConfig, UpdateResolver } from "@urql/exchange-graphcache";
import { gql } from "urql";
import type {
  MarkAllNotificationsReadMutation,
  MarkAllNotificationsReadMutationVariables,
  MarkNotificationsMutationVariables,
} from "../generated/graphql.ts";

const Mark = gql`
  fragment MarkedNotification on Notification {
    id
    readAt
  }
`;

/** The keys of all cached notifications that are unread and not later than a time. */
function findUnread(cache: Cache, until: number): readonly string[] {
  const lists = cache.inspectFields("Query").filter(({ fieldName }) => fieldName === "notifications");
  const keys = lists.flatMap(({ fieldKey }) => {
    const connection = cache.resolve("Query", fieldKey);
    const nodes = typeof connection === "string" ? cache.resolve(connection, "nodes") : null;
    return Array.isArray(nodes) ? (nodes as readonly string[]) : [];
  });
  return [...new Set(keys)].filter((key) => {
    const createdAt = cache.resolve(key, "createdAt");
    return cache.resolve(key, "readAt") === null && typeof createdAt === "string" && Date.parse(createdAt) <= until;
  });
}

const now = (): string => new Date().toISOString();

/** The expected answers. The number of unread notifications is not in the cache: `notificationFeed` counts it. */
export const optimisticMarks: OptimisticMutationConfig = {
  markNotifications({ input: { notificationIds, read } }: MarkNotificationsMutationVariables) {
    const readAt = read ? now() : null;
    const notifications = notificationIds.map((id) => ({ __typename: "Notification", id, readAt }));
    return { __typename: "MarkNotificationsSuccess", notifications, unread: 0 };
  },
  markAllNotificationsRead: () => ({ __typename: "MarkAllNotificationsReadSuccess", ids: [], unread: 0 }),
};

/** Of an optimistic answer and of the API's. */
export const markAllInCache: UpdateResolver<MarkAllNotificationsReadMutation, MarkAllNotificationsReadMutationVariables> = (
  { markAllNotificationsRead: answer },
  { input: { until } },
  cache,
) => {
  if (answer.__typename !== "MarkAllNotificationsReadSuccess") return;
  for (const key of findUnread(cache, Date.parse(until))) {
    cache.writeFragment(Mark, { __typename: "Notification", id: cache.resolve(key, "id"), readAt: now() });
  }
};
