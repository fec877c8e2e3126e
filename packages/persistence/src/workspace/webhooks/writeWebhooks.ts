/** Creates, changes and deletes webhooks, and queues test deliveries. */
import { randomUUID } from "node:crypto";
import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";

export interface NewWebhook {
  readonly id: string;
  readonly workspaceId: string;
  /** The member whose notifications it gets; null for one of the workspace. */
  readonly ownerId: string | null;
  readonly name: string;
  readonly url: string;
  readonly kinds: readonly string[];
  readonly query: string | null;
  /** Who wrote the query; null without one. */
  readonly queryById: string | null;
  /** Sealed. */
  readonly secret: string;
}

/** Until the transaction ends, no other webhook of the workspace is created. */
export async function lockWebhooks(connection: Connection, workspaceId: string): Promise<void> {
  await connection.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`webhooks ${workspaceId}`}, 0))`;
}

/** A count that follows in the transaction is exact. */
export async function createWebhook(connection: Connection, webhook: NewWebhook): Promise<void> {
  await lockWebhooks(connection, webhook.workspaceId);
  await connection.webhook.create({ data: { ...webhook, kinds: [...webhook.kinds] } });
}

export function countWebhooks(
  connection: Connection,
  { workspaceId, ownerId }: Pick<NewWebhook, "ownerId" | "workspaceId">,
): Promise<number> {
  return connection.webhook.count({ where: { workspaceId, ownerId } });
}

export interface WebhookChange {
  readonly name: string;
  readonly url: string;
  readonly kinds: readonly string[];
  readonly query: string | null;
  /** Who wrote the query, if it is a new one. */
  readonly queryById: string | null;
  readonly paused: boolean;
}

/** One that is not paused starts over: it is on again if it was turned off. */
export async function changeWebhook(connection: Connection, id: string, change: WebhookChange): Promise<void> {
  const { name, url, kinds, query, queryById, paused } = change;
  await connection.$executeRaw(Prisma.sql`
    UPDATE webhooks SET name = ${name}, url = ${url}, kinds = ${[...kinds]}, query = ${query}::text,
      query_by_id = CASE WHEN query IS DISTINCT FROM ${query}::text THEN ${queryById}::text ELSE query_by_id END,
      paused_at = CASE WHEN ${paused} THEN coalesce(paused_at, now()) END,
      disabled_at = CASE WHEN ${paused} THEN disabled_at END, failing_since = CASE WHEN ${paused} THEN failing_since END
    WHERE id = ${id}`);
}

/** The present secret signs too for a day. */
export async function rotateSecret(connection: Connection, id: string, sealed: string): Promise<void> {
  await connection.$executeRaw`
    UPDATE webhooks SET previous_secret = secret, previous_until = now() + interval '1 day', secret = ${sealed} WHERE id = ${id}`;
}

export async function deleteWebhook(connection: Connection, id: string): Promise<void> {
  await connection.webhook.deleteMany({ where: { id } });
}

/** Returns the id of the delivery. */
export async function queueTest(connection: Connection, webhookId: string): Promise<string> {
  const id = `msg_${randomUUID().replaceAll("-", "")}`;
  const facts = { detail: "This is a test.", at: new Date().toISOString() };
  await connection.webhookDelivery.create({ data: { id, webhookId, event: `test:${id}`, kind: "TEST", facts } });
  return id;
}
