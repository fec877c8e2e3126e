/** Marks the notifications in the cache that the API has marked as read: its answer gives only their IDs. */
import type { UpdateResolver } from "@urql/exchange-graphcache";
import { gql } from "urql";
import type { MarkAllNotificationsReadMutation } from "../generated/graphql.ts";

const Mark = gql`
  fragment MarkedNotification on Notification {
    id
    readAt
  }
`;

export const markAllInCache: UpdateResolver<MarkAllNotificationsReadMutation> = ({ markAllNotificationsRead: answer }, _input, cache) => {
  if (answer.__typename !== "MarkAllNotificationsReadSuccess") return;
  const readAt = new Date().toISOString();
  for (const id of answer.ids) cache.writeFragment(Mark, { __typename: "Notification", id, readAt });
};
