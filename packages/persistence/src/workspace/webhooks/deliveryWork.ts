/**
 * The work on deliveries. A worker claims those that are due for two minutes and then records the outcome; if it dies, the claim runs out and
 * another worker tries again with the same webhook-id, by which the receiver recognises a message that it has already.
 */
import type { NotificationKind } from "@pareidolia/core/notifications/notificationKinds";
import type { Connection, Database } from "../../server/database/database.ts";

/** TEST is a message that a member sends to see whether the webhook works. */
export type DeliveryKind = NotificationKind | "TEST";

export interface ClaimedDelivery {
  readonly id: string;
  readonly webhookId: string;
  readonly workspaceId: string;
  /** For the address of the subject's page. */
  readonly workspaceSlug: string;
  readonly kind: DeliveryKind;
  readonly facts: DeliveryFacts;
  readonly hasQuery: boolean;
  /** JSON that answers the webhook's query; null if no process of the API has answered it. */
  readonly answer: string | null;
  /** Null before the first attempt. */
  readonly body: string | null;
  readonly url: string;
  readonly secret: string;
  /** Null without a rotation within the last day. */
  readonly previousSecret: string | null;
  /** Including this one. */
  readonly attempts: number;
}

/** IDs of rows, as the triggers wrote them. */
export interface DeliveryFacts {
  readonly run?: string | null;
  readonly experiment?: string | null;
  readonly sweep?: string | null;
  readonly study?: string | null;
  readonly detail?: string;
  /** ID of the member who made the change. */
  readonly by?: string | null;
  readonly at?: string;
}

export interface DeliveryOutcome {
  readonly id: string;
  readonly webhookId: string;
  readonly attempts: number;
  readonly status: number | null;
  readonly durationMs: number;
  readonly excerpt: string;
  /** Null for a success. */
  readonly failure: string | null;
}

const secondsOfClaim = 120;
/** A message does not wait longer for the answer to its query. */
const secondsToAnswer = 60;
/** Seconds until the next attempt, after each failed one: the schedule that Standard Webhooks recommends. The last failure is final. */
export const retrySeconds = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;
/** Each pause is up to this share longer, so that messages that failed together are not retried together. */
export const maxJitter = 0.1;
/** Without any success for so long, a webhook is turned off. */
export const secondsUntilDisabled = 3 * 86_400;
/** The receiver wants nothing more (RFC 9110, section 15.5.11). */
const gone = 410;

/** The most deliveries that a worker sends at once. */
export interface DeliveryLimits {
  readonly all: number;
  readonly perWorkspace: number;
  readonly perWebhook: number;
}

/**
 * Claims as many due deliveries as the limits allow beside those that the worker is sending. The workspaces take turns, and so do the
 * webhooks of each, so that many messages to a slow receiver do not delay the others. Those of a suspended member wait.
 */
export async function claimDeliveries(
  connection: Connection,
  limits: DeliveryLimits,
  sending: readonly Pick<ClaimedDelivery, "webhookId" | "workspaceId">[],
): Promise<readonly ClaimedDelivery[]> {
  const webhookIds = sending.map(({ webhookId }) => webhookId);
  const workspaceIds = sending.map(({ workspaceId }) => workspaceId);
  return connection.$queryRaw<ClaimedDelivery[]>`
    UPDATE webhook_deliveries d SET attempts = d.attempts + 1, next_attempt_at = now() + ${secondsOfClaim} * interval '1 second'
    FROM webhooks h
    WHERE h.id = d.webhook_id AND d.id IN (
      SELECT claimed.id FROM webhook_deliveries claimed JOIN (
        SELECT id, row_number() OVER (PARTITION BY workspace_id ORDER BY place, next_attempt_at)
          + cardinality(array_positions(${workspaceIds}::text[], workspace_id)) AS turn
        FROM (
          SELECT due.id, of.workspace_id, due.next_attempt_at, row_number() OVER (PARTITION BY of.id ORDER BY due.next_attempt_at)
            + cardinality(array_positions(${webhookIds}::text[], of.id)) AS place
          FROM webhook_deliveries due JOIN webhooks of ON of.id = due.webhook_id JOIN workspaces w ON w.id = of.workspace_id
          WHERE due.next_attempt_at <= now() AND of.paused_at IS NULL AND of.disabled_at IS NULL AND w.deleted_at IS NULL
            AND (of.owner_id IS NULL OR EXISTS (
              SELECT 1 FROM memberships m WHERE m.workspace_id = of.workspace_id AND m.user_id = of.owner_id AND m.suspended_at IS NULL))
            AND (of.query IS NULL OR due.body IS NOT NULL OR due.answer IS NOT NULL
              OR due.created_at < now() - ${secondsToAnswer} * interval '1 second')
        ) AS placed WHERE place <= ${limits.perWebhook}
      ) AS turns ON turns.id = claimed.id
      WHERE claimed.next_attempt_at <= now() AND turns.turn <= ${limits.perWorkspace}
      ORDER BY turns.turn, claimed.next_attempt_at LIMIT ${limits.all - sending.length} FOR UPDATE OF claimed SKIP LOCKED)
    RETURNING d.id, d.webhook_id AS "webhookId", h.workspace_id AS "workspaceId", (SELECT slug FROM workspaces WHERE id = h.workspace_id) AS "workspaceSlug", d.kind, d.facts,
      h.query IS NOT NULL AS "hasQuery", d.answer, d.body, h.url, h.secret,
      CASE WHEN h.previous_until > now() THEN h.previous_secret END AS "previousSecret", d.attempts`;
}

/** The same body is sent by every attempt. */
export async function storeBody(connection: Connection, id: string, body: string): Promise<void> {
  await connection.webhookDelivery.updateMany({ where: { id, body: null }, data: { body } });
}

/** Turns the webhook off, and tells its owner or the workspace's owners, if it has failed for days or its receiver is gone. */
export async function recordOutcome(database: Database, outcome: DeliveryOutcome): Promise<void> {
  const { id, webhookId, attempts, status, durationMs, excerpt, failure } = outcome;
  const last = { status, durationMs, excerpt, failure };
  await database.transaction(async ({ connection }) => {
    if (failure === null) {
      await connection.webhookDelivery.updateMany({ where: { id }, data: { ...last, deliveredAt: new Date(), nextAttemptAt: null } });
      await connection.webhook.updateMany({ where: { id: webhookId }, data: { failingSince: null } });
      return;
    }
    const pause = retrySeconds[attempts - 1];
    const nextAttemptAt = pause === undefined ? null : new Date(Date.now() + pause * 1000 * (1 + Math.random() * maxJitter));
    await connection.webhookDelivery.updateMany({ where: { id }, data: { ...last, nextAttemptAt } });
    await disableFailing(connection, { webhookId, failure, isGone: status === gone });
  });
}

/** Exported for the test that prepares every statement. */
export async function disableFailing(
  connection: Connection,
  { webhookId, failure, isGone }: { readonly webhookId: string; readonly failure: string; readonly isGone: boolean },
): Promise<void> {
  await connection.$queryRaw`
    WITH failing AS (
      UPDATE webhooks SET failing_since = coalesce(failing_since, now()),
        disabled_at = CASE WHEN ${isGone} OR failing_since < now() - ${secondsUntilDisabled} * interval '1 second' THEN now() END
      WHERE id = ${webhookId} AND disabled_at IS NULL
      RETURNING id, workspace_id, owner_id, name, disabled_at
    )
    SELECT notify_members('WEBHOOK_DISABLED', concat_ws(':', 'webhook', f.id, extract(epoch FROM f.disabled_at)), f.workspace_id, '{}',
      f.name || ': ' || ${failure}, CASE WHEN f.owner_id IS NOT NULL THEN ARRAY[f.owner_id] ELSE ARRAY(
        SELECT user_id FROM memberships WHERE workspace_id = f.workspace_id AND role = 'OWNER') END)::text
    FROM failing f WHERE f.disabled_at IS NOT NULL`;
}

/** Sends a delivery again that is delivered or given up. False for one that waits anyway. */
export async function replayDelivery(connection: Connection, id: string): Promise<boolean> {
  const { count } = await connection.webhookDelivery.updateMany({
    where: { id, nextAttemptAt: null },
    data: { attempts: 0, nextAttemptAt: new Date(), deliveredAt: null, failure: null, status: null },
  });
  return count > 0;
}

/** Queues the deliveries that were given up and whose events happened since then. Returns their number. */
export async function replayFailed(
  connection: Connection,
  { webhookId, since }: { readonly webhookId: string; readonly since: Date },
): Promise<number> {
  const { count } = await connection.webhookDelivery.updateMany({
    where: { webhookId, createdAt: { gte: since }, nextAttemptAt: null, deliveredAt: null },
    data: { attempts: 0, nextAttemptAt: new Date(), failure: null, status: null },
  });
  return count;
}
