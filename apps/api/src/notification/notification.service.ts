/** Reads, follows and marks the actor's own notifications, and stores the actor's choices. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Actor, MemberActor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { markAllRead, markNotifications } from "@pareidolia/persistence/workspace/notifications/markNotifications";
import {
  type NotificationChoiceRecord,
  readChoices,
  writeChoice,
} from "@pareidolia/persistence/workspace/notifications/notificationChoices";
import {
  countNotifications,
  findNotifications,
  listNotifications,
  type NotificationRecord,
} from "@pareidolia/persistence/workspace/notifications/readNotifications";
import { parseIdOf } from "../globalId/globalId.ts";
import type { Bell, Followers } from "../live/followers.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import type { MemberAction } from "../policy/actions.ts";
import { policy } from "../policy/policy.ts";
import type { ChannelProblems } from "./channelProblems.ts";
import { type ChooseNotificationsInput, maxMarked, type NotificationArguments } from "./notification.input.ts";

const byCreation: CursorShape = { name: "notifications.createdAt", values: ["time", "text"] };
/** Where the bell stops counting. */
const maxUnread = 100;
/** Between two events, so that the end of a sweep's runs sends few. */
const pauseMilliseconds = 250;

export interface NotificationChange {
  readonly unread: number;
  readonly latest: NotificationRecord | null;
}

export interface NotificationSettings {
  readonly choices: readonly NotificationChoiceRecord[];
  readonly emailProblem: string | null;
  readonly webhookProblem: string | null;
}

export interface NotificationOptions {
  readonly database: Database;
  readonly changes: Followers<Bell>;
  /** Why e-mails or webhooks are not sent; null if they are. */
  readonly problems: ChannelProblems;
}

export class NotificationService {
  readonly #options: NotificationOptions;

  constructor(options: NotificationOptions) {
    this.#options = options;
  }

  /** Null for those of others. */
  async load(actor: Actor, ids: readonly string[]): Promise<(NotificationRecord | null)[]> {
    const rows = policy.only(actor, "notification:read", await findNotifications(this.#options.database.connection, ids));
    return rows.map((row) => (row !== null && row.createdById === actor.userId ? row : null));
  }

  async list(actor: Actor, args: NotificationArguments): Promise<Connection<NotificationRecord>> {
    const { database } = this.#options;
    const filter = { ...recipientOf(actor, "notification:read"), unread: args.filter?.unread ?? null };
    const page = await listNotifications(database.connection, filter, readPage(args, byCreation));
    return toConnection(
      page,
      byCreation,
      counterOf(database, (request) => countNotifications(request, filter)),
    );
  }

  /** The present state, and again after each change. */
  follow(actor: Actor): AsyncIterable<NotificationChange> {
    const { connection } = this.#options.database;
    const recipient = recipientOf(actor, "notification:read");
    const countUnread = () => this.#countUnread(recipient);
    return this.#options.changes.follow(`${recipient.scope.workspaceId} ${recipient.userId}`, async function* (bell) {
      for (;;) {
        if (bell.takenDown) return;
        const unread = await countUnread();
        const page = { limit: 1, backward: false, after: null, before: null };
        const { rows } = await listNotifications(connection, { ...recipient, unread: null }, page);
        yield { unread, latest: rows[0]?.node ?? null };
        await bell.wait();
        if (!bell.takenDown) await sleep(pauseMilliseconds);
      }
    });
  }

  /** @throws AppError INVALID_INPUT; NOT_FOUND, also for those of others; FORBIDDEN. */
  async mark(
    actor: Actor,
    { references, read }: { readonly references: readonly string[]; readonly read: boolean },
  ): Promise<{ readonly notifications: NotificationRecord[]; readonly unread: number }> {
    const recipient = recipientOf(actor, "notification:mark");
    if (references.length > maxMarked)
      throw new AppError("INVALID_INPUT", `Mark at most ${maxMarked} at once.`, { field: "input.notificationIds" });
    const ids = references.map((reference) => parseIdOf("Notification", reference, "input.notificationIds"));
    const rows = await this.load(actor, ids);
    if (rows.includes(null)) throw new AppError("NOT_FOUND", "There is no such notification.", { field: "input.notificationIds" });
    await markNotifications(this.#options.database.connection, recipient, { ids, read });
    const notifications = (await this.load(actor, ids)).filter((row) => row !== null);
    return { notifications, unread: await this.#countUnread(recipient) };
  }

  async markAllRead(actor: Actor, until: Date): Promise<{ readonly ids: readonly string[]; readonly unread: number }> {
    const recipient = recipientOf(actor, "notification:mark");
    const ids = await markAllRead(this.#options.database.connection, recipient, until);
    return { ids, unread: await this.#countUnread(recipient) };
  }

  async #countUnread(recipient: Recipient): Promise<number> {
    const request = { connection: this.#options.database.connection, most: maxUnread };
    // Infinite beyond the limit.
    return Math.min(maxUnread, await countNotifications(request, { ...recipient, unread: true }));
  }

  async settings(actor: Actor): Promise<NotificationSettings> {
    const { database, problems } = this.#options;
    const { scope, userId } = recipientOf(actor, "notification:read");
    const choices = await readChoices(database.connection, scope, userId);
    return { choices, emailProblem: problems.email, webhookProblem: problems.webhook };
  }

  async choose(actor: Actor, input: ChooseNotificationsInput): Promise<NotificationSettings> {
    const { scope, userId } = recipientOf(actor, "notification:choose");
    const { kind } = input;
    await this.#options.database.transaction(async ({ connection }) => {
      const before = (await readChoices(connection, scope, userId)).find((choice) => choice.kind === kind);
      if (before === undefined) throw new AppError("INVALID_INPUT", "There is no such kind.", { field: "input.kind" });
      const { product, email, webhook } = before;
      const after = { product: input.product ?? product, email: input.email ?? email, webhook: input.webhook ?? webhook };
      await writeChoice(connection, scope, { userId, kind, ...after });
    });
    return this.settings(actor);
  }
}

interface Recipient {
  readonly scope: ReturnType<typeof policy.scope>;
  readonly userId: string;
}

/** @throws AppError FORBIDDEN. */
function recipientOf(actor: Actor, action: MemberAction): Recipient {
  policy.requireInWorkspace(actor, action);
  const { userId }: MemberActor = actor;
  return { scope: policy.scope(actor, action), userId };
}
