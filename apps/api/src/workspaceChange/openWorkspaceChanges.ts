/** Followers of what members and runs change in a workspace, by the workspace's ID. */
import {
  type ChangedBulkQuery,
  type ChangedSubjects,
  type ChangedWebhook,
  changesChannel,
  readChanges,
} from "@pareidolia/persistence/tracking/notifyChanges";
import { Bell, type Followers, openFollowers } from "../live/followers.ts";

/** Remembers what has changed since the last call of `take`. A signal without rows, as after a lost connection, means that anything may have. */
export class ChangeBell extends Bell {
  readonly #runIds = new Set<string>();
  readonly #experimentIds = new Set<string>();
  readonly #sweepIds = new Set<string>();
  readonly #savedComparisonIds = new Set<string>();
  readonly #webhooks = new Map<string, ChangedWebhook>();
  readonly #bulkQueries = new Map<string, ChangedBulkQuery>();
  #everything = false;

  override ring(): void {
    this.#everything = true;
    super.ring();
  }

  ringOf(changed: ChangedSubjects): void {
    for (const id of changed.runIds) this.#runIds.add(id);
    for (const id of changed.experimentIds) this.#experimentIds.add(id);
    for (const id of changed.sweepIds) this.#sweepIds.add(id);
    for (const id of changed.savedComparisonIds) this.#savedComparisonIds.add(id);
    for (const webhook of changed.webhooks) this.#webhooks.set(webhook.id, webhook);
    for (const bulkQuery of changed.bulkQueries) this.#bulkQueries.set(bulkQuery.id, bulkQuery);
    super.ring();
  }

  /** Null if anything may have changed. */
  take(): ChangedSubjects | null {
    const taken = this.#everything
      ? null
      : {
          runIds: [...this.#runIds],
          experimentIds: [...this.#experimentIds],
          sweepIds: [...this.#sweepIds],
          savedComparisonIds: [...this.#savedComparisonIds],
          webhooks: [...this.#webhooks.values()],
          bulkQueries: [...this.#bulkQueries.values()],
        };
    this.#everything = false;
    this.#runIds.clear();
    this.#experimentIds.clear();
    this.#sweepIds.clear();
    this.#savedComparisonIds.clear();
    this.#webhooks.clear();
    this.#bulkQueries.clear();
    return taken;
  }
}

/** @throws AppError UNAVAILABLE. */
export function openWorkspaceChanges(url: string): Promise<Followers<ChangeBell>> {
  return openFollowers({
    url,
    channel: changesChannel,
    createBell: () => new ChangeBell(),
    keyOf: (payload) => readChanges(payload).workspaceId,
    ring: (bell, payload) => {
      const { changed } = readChanges(payload);
      if (changed === null) bell.ring();
      else bell.ringOf(changed);
    },
  });
}
