/**
 * Ends connections whose user has lost access, or whose role, scopes or workspace have changed: at a notification from the database, every
 * three seconds in case one was lost or a session or key expired, and before each operation.
 */
import type { MemberActor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { type Access, findChangedAccess } from "@pareidolia/persistence/access/accounts/standingAccess";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { Logger } from "pino";
import type { AccessChanges, ChangedAccess } from "../identity/accessChanges.ts";

export interface WatchedConnection {
  readonly actor: MemberActor;
  /** Authenticates the client again, with the credentials that it sent. */
  authenticate(): Promise<MemberActor>;
  /** `refusal` is the reason why the client can no longer be authenticated; null if only its access has changed. */
  end(refusal: AppError | null): void;
}

export interface Watched {
  /** Whether the connection still has its access; ends it if not. */
  check(): Promise<boolean>;
  unwatch(): void;
}

export interface AccessWatchOptions {
  readonly database: Database;
  readonly logger: Logger;
  readonly changes: AccessChanges | null;
}

const millisecondsBetweenChecks = 3_000;

/** Null for an actor whose access does not come from a session or key: nothing can end it. */
function accessOf({ userId, workspaceId, workspaceSlug, role, sessionId, key }: MemberActor): Access | null {
  if (sessionId === undefined && key === undefined) return null;
  const credentials = { sessionId: sessionId ?? null, keyId: key?.id ?? null, scopes: key?.scopes ?? null };
  return { userId, workspaceId, role, ...credentials, isNamed: workspaceSlug !== undefined };
}

function describe({ userId, workspaceId, role, key }: MemberActor): string {
  return JSON.stringify([userId, workspaceId, role, key?.id, key?.scopes]);
}

function concerns(changed: ChangedAccess, { userId, workspaceId }: Access): boolean {
  if (changed === "all") return true;
  return "userId" in changed ? changed.userId === userId : changed.workspaceId === workspaceId;
}

interface Entry extends WatchedConnection {
  readonly access: Access;
  /** The check that is running, which operations that arrive meanwhile share. */
  checking: Promise<boolean> | null;
  ended: boolean;
}

export class AccessWatch {
  readonly #options: AccessWatchOptions;
  readonly #entries = new Set<Entry>();
  readonly #timer: NodeJS.Timeout;
  readonly #unsubscribe: () => void;
  #checkingAll = false;

  constructor(options: AccessWatchOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#checkAll(), millisecondsBetweenChecks);
    this.#unsubscribe = options.changes?.subscribe((changed) => void this.#checkChanged(changed)) ?? (() => undefined);
  }

  watch(connection: WatchedConnection): Watched {
    const access = accessOf(connection.actor);
    if (access === null) return { check: async () => true, unwatch: () => undefined };
    const entry: Entry = { ...connection, access, checking: null, ended: false };
    this.#entries.add(entry);
    return {
      check: () => {
        entry.checking ??= this.#check([entry])
          .then(() => !entry.ended)
          .finally(() => {
            entry.checking = null;
          });
        return entry.checking;
      },
      unwatch: () => {
        this.#entries.delete(entry);
      },
    };
  }

  close(): void {
    clearInterval(this.#timer);
    this.#unsubscribe();
  }

  async #checkAll(): Promise<void> {
    if (this.#checkingAll || this.#entries.size === 0) return;
    this.#checkingAll = true;
    await this.#checkQuietly([...this.#entries]);
    this.#checkingAll = false;
  }

  #checkChanged(changed: ChangedAccess): Promise<void> {
    return this.#checkQuietly([...this.#entries].filter(({ access }) => concerns(changed, access)));
  }

  /** While the database does not answer, connections stay open; they get no data either. The next check looks again. */
  async #checkQuietly(entries: readonly Entry[]): Promise<void> {
    if (entries.length === 0) return;
    await this.#check(entries).catch((error: unknown) => {
      this.#options.logger.warn({ err: error }, "The access of open connections could not be checked. It is checked again in 3 seconds.");
    });
  }

  /** @throws AppError UNAVAILABLE. */
  async #check(entries: readonly Entry[]): Promise<void> {
    const changed = await findChangedAccess(
      this.#options.database.connection,
      entries.map(({ access }) => access),
    );
    const suspects = entries.filter((entry, i) => changed.has(i) && !entry.ended);
    await Promise.all(suspects.map((entry) => this.#authenticateAgain(entry)));
  }

  async #authenticateAgain(entry: Entry): Promise<void> {
    try {
      const actor = await entry.authenticate();
      if (describe(actor) !== describe(entry.actor)) this.#end(entry, null);
    } catch (error) {
      if (!(error instanceof AppError) || (error.code !== "UNAUTHENTICATED" && error.code !== "NO_WORKSPACE")) throw error;
      this.#end(entry, error);
    }
  }

  #end(entry: Entry, refusal: AppError | null): void {
    entry.ended = true;
    this.#entries.delete(entry);
    entry.end(refusal);
  }
}
