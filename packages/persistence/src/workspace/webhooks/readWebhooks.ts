/** Reads webhooks and their deliveries, never their secrets. */
import type { NotificationKind } from "@pareidolia/core/notifications/notificationKinds";
import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import type { Scope } from "../../server/scope/scope.ts";

export interface WebhookRecord {
  readonly id: string;
  readonly workspaceId: string;
  /** The member whose notifications it gets; null for one of the workspace. */
  readonly createdById: string | null;
  readonly name: string;
  readonly url: string;
  readonly kinds: readonly NotificationKind[];
  /** GraphQL, whose answer each message contains; null for none. */
  readonly query: string | null;
  readonly createdAt: Date;
  readonly pausedAt: Date | null;
  readonly disabledAt: Date | null;
  readonly failingSince: Date | null;
  /** Until when the secret before the last rotation signs too; null without one. */
  readonly previousUntil: Date | null;
}

/** WAITING for its first or another attempt, DELIVERED, or FAILED for good. */
export type DeliveryState = "WAITING" | "DELIVERED" | "FAILED";

export interface DeliveryRecord {
  readonly id: string;
  readonly workspaceId: string;
  /** As of its webhook. */
  readonly createdById: string | null;
  readonly webhookId: string;
  readonly kind: string;
  readonly state: DeliveryState;
  readonly body: string | null;
  readonly createdAt: Date;
  readonly nextAttemptAt: Date | null;
  readonly attempts: number;
  readonly deliveredAt: Date | null;
  readonly status: number | null;
  readonly durationMs: number | null;
  readonly excerpt: string | null;
  readonly failure: string | null;
}

export interface WebhookFilter {
  readonly scope: Scope;
  /** The member whose own webhooks are listed, after those of the workspace if `ofWorkspace`. */
  readonly userId: string;
  readonly ofWorkspace: boolean;
}

const select = Prisma.sql`
  SELECT h.id, h.workspace_id AS "workspaceId", h.owner_id AS "createdById", h.name, h.url, h.kinds, h.query, h.created_at AS "createdAt",
    h.paused_at AS "pausedAt", h.disabled_at AS "disabledAt", h.failing_since AS "failingSince",
    CASE WHEN h.previous_until > now() THEN h.previous_until END AS "previousUntil"
  FROM webhooks h`;

const selectDelivery = Prisma.sql`
  SELECT d.id, h.workspace_id AS "workspaceId", h.owner_id AS "createdById", d.webhook_id AS "webhookId", d.kind, d.body,
    d.created_at AS "createdAt", d.next_attempt_at AS "nextAttemptAt", d.attempts, d.delivered_at AS "deliveredAt", d.status,
    d.duration_ms AS "durationMs", d.excerpt, d.failure,
    CASE WHEN d.next_attempt_at IS NOT NULL THEN 'WAITING' WHEN d.delivered_at IS NOT NULL THEN 'DELIVERED' ELSE 'FAILED' END AS state
  FROM webhook_deliveries d JOIN webhooks h ON h.id = d.webhook_id`;

/** Oldest first. There are at most 50 of a workspace or a member. */
export function listWebhooks(connection: Connection, { scope, userId, ofWorkspace }: WebhookFilter): Promise<WebhookRecord[]> {
  return connection.$queryRaw<WebhookRecord[]>(Prisma.sql`
    ${select} WHERE h.workspace_id = ${scope.workspaceId} AND (h.owner_id = ${userId} OR (${ofWorkspace} AND h.owner_id IS NULL))
    ORDER BY h.created_at, h.id`);
}

export async function findWebhooks(connection: Connection, ids: readonly string[]): Promise<(WebhookRecord | null)[]> {
  const rows = await connection.$queryRaw<WebhookRecord[]>(Prisma.sql`${select} WHERE h.id = ANY (${[...ids]})`);
  return inOrderOf(ids, rows, ({ id }) => id);
}

/** Latest first. */
export function listDeliveries(connection: Connection, webhookId: string, page: PageRequest): Promise<Page<DeliveryRecord>> {
  return selectPage<DeliveryRecord, DeliveryRecord>(connection, {
    select: selectDelivery,
    conditions: [Prisma.sql`d.webhook_id = ${webhookId}`],
    ordering: {
      columns: [
        { sql: Prisma.sql`d.created_at`, type: "timestamptz" },
        { sql: Prisma.sql`d.id`, type: "text" },
      ],
      direction: "DESC",
    },
    page,
    toRow: (row) => row,
    positionOf: ({ createdAt, id }) => [createdAt.toISOString(), id],
  });
}

export function countDeliveries(request: CountRequest, webhookId: string): Promise<number> {
  return countRows(request, Prisma.sql`FROM webhook_deliveries d`, [Prisma.sql`d.webhook_id = ${webhookId}`]);
}

export async function findDeliveries(connection: Connection, ids: readonly string[]): Promise<(DeliveryRecord | null)[]> {
  const rows = await connection.$queryRaw<DeliveryRecord[]>(Prisma.sql`${selectDelivery} WHERE d.id = ANY (${[...ids]})`);
  return inOrderOf(ids, rows, ({ id }) => id);
}
