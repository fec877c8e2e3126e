/** Deliveries as rows of a file, and the GraphQL query for programs that want them. */
import type { DeliveryEntryFragment } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";

export const deliveryColumns = [
  "webhook_id",
  "event",
  "state",
  "attempts",
  "status",
  "duration_ms",
  "created",
  "next_attempt",
  "failure",
  "response",
  "body",
] as const;

export function toRow(delivery: DeliveryEntryFragment): readonly CsvValue[] {
  const { messageId, kind, state, attempts, status, durationMs, createdAt, nextAttemptAt, failure, excerpt, body } = delivery;
  const values = [messageId, kind, state, attempts, status, durationMs, createdAt, nextAttemptAt, failure, excerpt, body];
  return values.map((value) => value ?? null);
}

export function deliveriesQuery(webhookId: string): string {
  return `{
  node(id: ${JSON.stringify(webhookId)}) {
    ... on Webhook {
      deliveries(first: 100) {
        nodes { messageId kind state attempts status durationMs createdAt nextAttemptAt failure excerpt body }
        pageInfo { hasNextPage endCursor }
        totalCount
      }
    }
  }
}`;
}

export const webhooksQuery = `{
  webhooks { id name url kinds query personal createdAt pausedAt disabledAt failingSince previousUntil }
}`;
