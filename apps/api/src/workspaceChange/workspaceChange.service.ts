/**
 * Follows changes in the actor's workspace through the log of changes; announcements only say when to read it. Progress of many runs is
 * combined into few events.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { ChangedSubjects } from "@pareidolia/persistence/lab/tracking/notifyChanges";
import { type LogPlace, readChanges, readPlace } from "@pareidolia/persistence/lab/tracking/readChanges";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { Scope } from "@pareidolia/persistence/server/scope/scope";
import { encodeGlobalId } from "../globalId/globalId.ts";
import type { Bell, Followers } from "../live/followers.ts";
import { policy } from "../policy/policy.ts";
import { mayManage } from "../webhook/mayManage.ts";
import { collectChanges } from "./collectChanges.ts";
import type { WorkspaceChange } from "./workspaceChange.type.ts";

/** The pause between two events, so that a workspace with many runs does not send an event for each checkpoint. */
const pauseMilliseconds = 250;
/** The most rows of the log to read at a time. If there are more, anything may have changed. */
const maxRows = 1_000;

interface Changes extends LogPlace {
  /** Null if anything may have changed. */
  readonly changed: ChangedSubjects | null;
}

const nothing: Omit<WorkspaceChange, "seq" | "everything"> = {
  runIds: [],
  experimentIds: [],
  sweepIds: [],
  savedComparisonIds: [],
  webhookIds: [],
  bulkQueryIds: [],
};

/** The changes that the actor may see. */
function describeTo(actor: Actor, { changed, position: seq }: Changes): WorkspaceChange {
  if (changed === null) return { seq, everything: true, ...nothing };
  const webhooks = changed.webhooks.filter(({ ownerId }) => mayManage(actor, { createdById: ownerId }));
  const isReader = policy.grants(actor, "bulkQuery:inspect");
  const bulkQueries = changed.bulkQueries.filter(({ ownerId }) => isReader && ownerId === actor.userId);
  return {
    seq,
    everything: false,
    runIds: changed.runIds.map((id) => encodeGlobalId("Run", id)),
    experimentIds: changed.experimentIds.map((id) => encodeGlobalId("Experiment", id)),
    sweepIds: changed.sweepIds.map((id) => encodeGlobalId("Sweep", id)),
    savedComparisonIds: changed.savedComparisonIds.map((id) => encodeGlobalId("SavedComparison", id)),
    webhookIds: webhooks.map(({ id }) => encodeGlobalId("Webhook", id)),
    bulkQueryIds: bulkQueries.map(({ id }) => encodeGlobalId("BulkQuery", id)),
  };
}

function isEmpty(change: WorkspaceChange): boolean {
  const { seq: _, everything, ...ids } = change;
  return !everything && Object.values(ids).every(({ length }) => length === 0);
}

function refuse(message: string): never {
  throw new AppError("INVALID_INPUT", message, { field: "since" });
}

export class WorkspaceChangeService {
  readonly #database: Database;
  readonly #changes: Followers<Bell>;

  constructor(options: { readonly database: Database; readonly changes: Followers<Bell> }) {
    this.#database = options.database;
    this.#changes = options.changes;
  }

  /** The number to follow from, for a client that reads its data next. @throws AppError FORBIDDEN. */
  async readSeq(actor: Actor): Promise<number> {
    policy.scope(actor, "workspaceChange:read");
    return (await readPlace(this.#database.connection)).position;
  }

  /** @param since Null for a client that loads everything at the first event. @throws AppError FORBIDDEN; INVALID_INPUT. */
  async follow(actor: Actor, since: number | null): Promise<AsyncIterable<WorkspaceChange>> {
    const scope = policy.scope(actor, "workspaceChange:read");
    if (since !== null) await this.#requireLogged(since);
    return this.#changes.follow(scope.workspaceId, (bell) => this.#read(actor, scope, since, bell));
  }

  async *#read(actor: Actor, scope: Scope, since: number | null, bell: Bell): AsyncGenerator<WorkspaceChange, void, undefined> {
    let changes = since === null ? await this.#start() : await this.#readLog(scope, { position: since, snapshot: null });
    // Sent even if nothing has changed, so that the client gets its new number.
    yield describeTo(actor, changes);
    for (;;) {
      await bell.wait();
      if (bell.takenDown) return;
      await sleep(pauseMilliseconds);
      if (bell.takenDown) return;
      changes = await this.#readLog(scope, changes);
      const described = describeTo(actor, changes);
      if (!isEmpty(described)) yield described;
    }
  }

  async #start(): Promise<Changes> {
    return { ...(await readPlace(this.#database.connection)), changed: null };
  }

  /** If the log no longer has every change since `since`, anything may have changed. */
  async #readLog(scope: Scope, since: LogPlace): Promise<Changes> {
    const { floor, changes, ...place } = await readChanges(this.#database.connection, scope, { since, most: maxRows + 1 });
    return { ...place, changed: since.position < floor || changes.length > maxRows ? null : collectChanges(changes) };
  }

  /** Requires that the log still has every change after `since`, so that the client misses none. @throws AppError INVALID_INPUT. */
  async #requireLogged(since: number): Promise<void> {
    if (!Number.isSafeInteger(since) || since < 0) refuse('"since" must be a `seq` that this subscription has sent.');
    const { position, floor } = await readPlace(this.#database.connection);
    if (since > position) refuse(`"since" is at most ${position}. Load the page again without since.`);
    if (since < floor) refuse(`Changes before number ${floor} are no longer logged. Load the page again without since.`);
  }
}
