/** The queries of webhooks that wait for an answer, and what a process of the API answers. */
import type { Role } from "@pareidolia/core/actor";
import type { Connection } from "../../server/database/database.ts";
import type { DeliveryFacts } from "./deliveryWork.ts";

export interface PendingWebhookQuery {
  readonly deliveryId: string;
  readonly workspaceId: string;
  readonly facts: DeliveryFacts;
  readonly query: string;
  /** The member who wrote the query; null for one who has left or is suspended. */
  readonly userId: string | null;
  readonly role: Role | null;
}

/** Of deliveries that no worker has attempted yet: the workspaces take turns, so that one with many queries does not delay the others'. */
export function findPendingQueries(connection: Connection, most: number): Promise<PendingWebhookQuery[]> {
  return connection.$queryRaw<PendingWebhookQuery[]>`
    SELECT d.id AS "deliveryId", h.workspace_id AS "workspaceId", d.facts, h.query, m.user_id AS "userId", m.role::text AS role
    FROM webhook_deliveries d JOIN webhooks h ON h.id = d.webhook_id
      LEFT JOIN memberships m ON m.workspace_id = h.workspace_id AND m.user_id = h.query_by_id AND m.suspended_at IS NULL
    WHERE d.next_attempt_at <= now() AND d.answer IS NULL AND d.body IS NULL AND h.query IS NOT NULL AND h.paused_at IS NULL
      AND h.disabled_at IS NULL
    ORDER BY row_number() OVER (PARTITION BY h.workspace_id ORDER BY d.next_attempt_at), d.next_attempt_at LIMIT ${most}`;
}

/** The first answer counts: several processes may answer the same query. */
export async function storeAnswer(connection: Connection, deliveryId: string, answer: string): Promise<void> {
  await connection.webhookDelivery.updateMany({ where: { id: deliveryId, answer: null, body: null }, data: { answer } });
}
