/** Creates, reads and changes webhooks. Members manage their own, owners those of the workspace too. */
import { randomUUID } from "node:crypto";
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { type NotificationKind, notificationKinds } from "@pareidolia/core/notifications/notificationKinds";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import type { AuditedChange } from "@pareidolia/persistence/access/audit/auditEntry";
import { lockFieldsOf } from "@pareidolia/persistence/access/audit/lastChange";
import type { Database, Connection as SqlConnection } from "@pareidolia/persistence/server/database/database";
import { replayDelivery, replayFailed } from "@pareidolia/persistence/workspace/webhooks/deliveryWork";
import {
  countDeliveries,
  type DeliveryRecord,
  findDeliveries,
  findWebhooks,
  listDeliveries,
  listWebhooks,
  type WebhookRecord,
} from "@pareidolia/persistence/workspace/webhooks/readWebhooks";
import { createWebhookSecret, sealSecret } from "@pareidolia/persistence/workspace/webhooks/sealedSecret";
import {
  changeWebhook,
  countWebhooks,
  createWebhook,
  deleteWebhook,
  queueTest,
  rotateSecret,
} from "@pareidolia/persistence/workspace/webhooks/writeWebhooks";
import { refuseReceiver } from "@pareidolia/server/receiverAddress";
import type { GraphQLSchema } from "graphql";
import { parseIdOf } from "../globalId/globalId.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import type { MemberAction } from "../policy/actions.ts";
import { policy } from "../policy/policy.ts";
import { checkLine } from "../text.ts";
import { type FieldChange, readPrevious, requireUnchanged } from "../tracking/requireUnchanged.ts";
import { mayManage } from "./mayManage.ts";
import type { ChangeWebhookInput, CreateWebhookInput } from "./webhook.input.ts";
import { readWebhookQuery } from "./webhookQuery.ts";

const byCreation: CursorShape = { name: "deliveries.createdAt", values: ["time", "text"] };
const maxNameLength = 100;
const maxUrlLength = 2_000;
/** Of a workspace, and of each member. */
const maxWebhooks = 20;

interface Created {
  readonly webhook: WebhookRecord;
  readonly secret: string;
}

export interface WebhookOptions {
  readonly database: Database;
  /** Seals the secrets of webhooks; null for an installation without webhooks. */
  readonly secret: string | null;
  /** Whether webhooks may post to this machine. */
  readonly allowLoopback: boolean;
}

/** A key's answers would outlive its revocation, and a query reads all that its writer may read. @throws AppError FORBIDDEN. */
function requirePerson(actor: Actor, field: string): void {
  if (actor.key !== undefined)
    throw new AppError("FORBIDDEN", "No API key may write the query of a webhook, or send its answers elsewhere. Sign in to do it.", {
      field,
    });
}

export class WebhookService {
  readonly #options: WebhookOptions;

  constructor(options: WebhookOptions) {
    this.#options = options;
  }

  async load(actor: Actor, ids: readonly string[]): Promise<(WebhookRecord | null)[]> {
    const rows = policy.only(actor, "webhook:read", await findWebhooks(this.#options.database.connection, ids));
    return rows.map((row) => (row !== null && mayManage(actor, row) ? row : null));
  }

  async loadDeliveries(actor: Actor, ids: readonly string[]): Promise<(DeliveryRecord | null)[]> {
    const rows = policy.only(actor, "webhook:read", await findDeliveries(this.#options.database.connection, ids));
    return rows.map((row) => (row !== null && mayManage(actor, row) ? row : null));
  }

  async list(actor: Actor): Promise<WebhookRecord[]> {
    policy.requireInWorkspace(actor, "webhook:read");
    const scope = policy.scope(actor, "webhook:read");
    const ofWorkspace = policy.grants(actor, "webhook:manage");
    return listWebhooks(this.#options.database.connection, { scope, userId: actor.userId, ofWorkspace });
  }

  async deliveries(actor: Actor, webhook: WebhookRecord, args: ConnectionArguments): Promise<Connection<DeliveryRecord>> {
    policy.require(actor, "webhook:read", webhook);
    if (!mayManage(actor, webhook)) throw missing("webhook");
    const { database } = this.#options;
    const page = await listDeliveries(database.connection, webhook.id, readPage(args, byCreation));
    return toConnection(
      page,
      byCreation,
      counterOf(database, (request) => countDeliveries(request, webhook.id)),
    );
  }

  /** @throws AppError INVALID_INPUT; FORBIDDEN for one of the workspace, unless the actor is an owner; CONFLICT for too many. */
  async create(actor: Actor, input: CreateWebhookInput, schema: GraphQLSchema): Promise<Created> {
    policy.requireInWorkspace(actor, "webhook:create");
    if (!input.personal) policy.requireInWorkspace(actor, "webhook:manage");
    const { workspaceId, userId } = actor;
    const ownerId = input.personal ? userId : null;
    const described = { name: readName(input.name), url: this.#readUrl(input.url), kinds: readKinds(input.kinds) };
    const query = readWebhookQuery(schema, input.query);
    if (query !== null) requirePerson(actor, "input.query");
    const queryById = query === null ? null : userId;
    const id = `webhook_${randomUUID()}`;
    const secret = createWebhookSecret();
    await this.#options.database.transaction(async ({ connection }) => {
      await createWebhook(connection, {
        id,
        workspaceId,
        ownerId,
        ...described,
        query,
        queryById,
        secret: sealSecret(this.#secret(), id, secret),
      });
      if ((await countWebhooks(connection, { workspaceId, ownerId })) > maxWebhooks)
        throw new AppError("CONFLICT", `There can be at most ${maxWebhooks} webhooks. Delete one of them first.`);
      const after = { ...described, url: originOf(described.url), query };
      await appendAuditEntry(connection, actor, { action: "webhook:create", ...subjectOf(id, described.name), before: null, after });
    });
    return { webhook: await this.#get(actor, id), secret };
  }

  async change(actor: Actor, input: ChangeWebhookInput, schema: GraphQLSchema): Promise<WebhookRecord> {
    const webhook = await this.#take(actor, "webhook:change", input.webhookId);
    const read = {
      name: readName,
      url: (text: string) => this.#readUrl(text),
      kinds: readKinds,
      query: (text: string) => readWebhookQuery(schema, text),
      paused: (paused: boolean) => paused,
    };
    await this.#write(actor, "webhook:change", webhook, async (connection) => {
      await lockFieldsOf(connection, webhook.id);
      const [stored] = await findWebhooks(connection, [webhook.id]);
      if (stored == null) throw missing("webhook");
      const before = fieldsOf(stored);
      const after: WebhookFields = {
        name: readPrevious(input.name, read.name) ?? before.name,
        url: readPrevious(input.url, read.url) ?? before.url,
        kinds: readPrevious(input.kinds, read.kinds) ?? before.kinds,
        query: input.query == null ? before.query : read.query(input.query),
        paused: input.paused ?? before.paused,
      };
      if (after.query !== null && after.query !== before.query) requirePerson(actor, "input.query");
      if (after.query !== null && after.url !== before.url) requirePerson(actor, "input.url");
      const change = (field: keyof WebhookFields, previous: unknown): FieldChange => ({
        field,
        stored: before[field],
        wanted: after[field],
        previous,
      });
      await requireUnchanged(connection, { workspaceId: webhook.workspaceId, subjectId: webhook.id }, [
        change("name", readPrevious(input.previousName, read.name)),
        // Not checked: a webhook from before the check may have an address that is refused today.
        change(
          "url",
          readPrevious(input.previousUrl, (text) => text),
        ),
        change("kinds", readPrevious(input.previousKinds, read.kinds)),
        { ...change("query", readPrevious(input.previousQuery, read.query)), show: (query: string | null) => query ?? "" },
        change("paused", input.previousPaused ?? undefined),
      ]);
      await changeWebhook(connection, webhook.id, { ...after, queryById: after.query === null ? null : actor.userId });
      return { before: { ...before, url: originOf(before.url) }, after: { ...after, url: originOf(after.url) } };
    });
    return this.#get(actor, webhook.id);
  }

  async rotate(actor: Actor, reference: string): Promise<Created> {
    const webhook = await this.#take(actor, "webhook:rotate", reference);
    const secret = createWebhookSecret();
    const sealed = sealSecret(this.#secret(), webhook.id, secret);
    await this.#write(actor, "webhook:rotate", webhook, (connection) => rotateSecret(connection, webhook.id, sealed));
    return { webhook: await this.#get(actor, webhook.id), secret };
  }

  /** Returns the row as it was. */
  async delete(actor: Actor, reference: string): Promise<WebhookRecord> {
    const webhook = await this.#take(actor, "webhook:delete", reference);
    await this.#write(actor, "webhook:delete", webhook, (connection) => deleteWebhook(connection, webhook.id));
    return webhook;
  }

  /** @throws AppError CONFLICT for one that is paused or turned off. */
  async test(actor: Actor, reference: string): Promise<DeliveryRecord> {
    const webhook = await this.#take(actor, "webhook:test", reference);
    requireOpen(webhook);
    let id = "";
    await this.#write(actor, "webhook:test", webhook, async (connection) => {
      id = await queueTest(connection, webhook.id);
    });
    return this.#getDelivery(actor, id);
  }

  /** @throws AppError CONFLICT for a delivery that waits anyway. */
  async replay(actor: Actor, reference: string): Promise<DeliveryRecord> {
    const delivery = await this.#getDelivery(actor, parseIdOf("WebhookDelivery", reference, "input.deliveryId"));
    const webhook = await this.#get(actor, delivery.webhookId);
    policy.require(actor, "webhook:replay", webhook);
    await this.#write(actor, "webhook:replay", webhook, async (connection) => {
      if (!(await replayDelivery(connection, delivery.id)))
        throw new AppError("CONFLICT", "This delivery waits for an attempt already.", { field: "input.deliveryId" });
    });
    return this.#getDelivery(actor, delivery.id);
  }

  /** Returns the number of deliveries that will be sent again. @throws AppError CONFLICT for a webhook that is paused or turned off. */
  async replayFailed(actor: Actor, reference: string, since: Date): Promise<{ webhook: WebhookRecord; count: number }> {
    const webhook = await this.#take(actor, "webhook:replay", reference);
    requireOpen(webhook);
    let count = 0;
    await this.#write(actor, "webhook:replay", webhook, async (connection) => {
      count = await replayFailed(connection, { webhookId: webhook.id, since });
      return { after: { since: since.toISOString() } };
    });
    return { webhook: await this.#get(actor, webhook.id), count };
  }

  /** @param write resolves to what the audit log says of the change */
  async #write(
    actor: Actor,
    action: MemberAction,
    webhook: WebhookRecord,
    write: (connection: SqlConnection) => Promise<Partial<Pick<AuditedChange, "before" | "after">> | void>,
  ): Promise<void> {
    policy.requireInWorkspace(actor, action);
    await this.#options.database.transaction(async ({ connection }) => {
      const { before = null, after = null } = (await write(connection)) ?? {};
      await appendAuditEntry(connection, actor, { action, ...subjectOf(webhook.id, webhook.name), before, after });
    });
  }

  async #take(actor: Actor, action: MemberAction, reference: string): Promise<WebhookRecord> {
    policy.requireInWorkspace(actor, action);
    const webhook = await this.#get(actor, parseIdOf("Webhook", reference, "input.webhookId"));
    policy.require(actor, action, webhook);
    return webhook;
  }

  async #get(actor: Actor, id: string): Promise<WebhookRecord> {
    const [webhook] = await this.load(actor, [id]);
    if (webhook == null) throw missing("webhook");
    return webhook;
  }

  async #getDelivery(actor: Actor, id: string): Promise<DeliveryRecord> {
    const [delivery] = await this.loadDeliveries(actor, [id]);
    if (delivery == null) throw missing("delivery");
    return delivery;
  }

  /** @throws AppError INVALID_INPUT for an address to which nothing would be posted. */
  #readUrl(text: string): string {
    const field = "input.url";
    const isReadable = text.length <= maxUrlLength && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
    if (!isReadable) throw new AppError("INVALID_INPUT", "Write the address as https://host/path.", { field });
    const url = new URL(text);
    const refusal = refuseReceiver(url, this.#options.allowLoopback);
    if (refusal !== null) throw new AppError("INVALID_INPUT", refusal, { field });
    return url.href;
  }

  #secret(): string {
    if (this.#options.secret === null)
      throw new AppError(
        "CONFLICT",
        "This system has no PAREIDOLIA_SECRET, with which the secrets of webhooks are encrypted. Its operator sets it.",
      );
    return this.#options.secret;
  }
}

interface WebhookFields {
  readonly name: string;
  readonly url: string;
  readonly kinds: readonly NotificationKind[];
  readonly query: string | null;
  readonly paused: boolean;
}

function fieldsOf({ name, url, kinds, query, pausedAt }: WebhookRecord): WebhookFields {
  return { name, url, kinds, query, paused: pausedAt !== null };
}

function requireOpen({ pausedAt, disabledAt }: WebhookRecord): void {
  if (pausedAt !== null || disabledAt !== null)
    throw new AppError("CONFLICT", "The webhook is paused or turned off. Resume it first.", { field: "input.webhookId" });
}

function missing(what: string): AppError {
  return new AppError("NOT_FOUND", `There is no such ${what}.`, { field: what === "webhook" ? "input.webhookId" : "input.deliveryId" });
}

function subjectOf(id: string, name: string) {
  return { subjectType: "Webhook", subjectId: id, subjectName: name };
}

/** For the audit log: an address may contain a secret in its path or query. */
function originOf(url: string): string {
  return new URL(url).origin;
}

function readName(text: string): string {
  const name = checkLine(text, { field: "input.name", label: "A name", longest: maxNameLength });
  if (name === "") throw new AppError("INVALID_INPUT", "Name the webhook, so that you recognise it later.", { field: "input.name" });
  return name;
}

function readKinds(kinds: readonly NotificationKind[]): readonly NotificationKind[] {
  const known = notificationKinds.filter((kind) => kinds.includes(kind) && kind !== "WEBHOOK_DISABLED");
  if (known.length === 0) throw new AppError("INVALID_INPUT", "Choose at least one kind of event.", { field: "input.kinds" });
  return known;
}
