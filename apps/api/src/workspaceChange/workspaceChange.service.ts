/** Follows what changes in the actor's workspace. Progress of many runs arrives in few events. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Actor } from "@pareidolia/core/actor";
import type { ChangedSubjects } from "@pareidolia/persistence/tracking/notifyChanges";
import { encodeGlobalId } from "../globalId/globalId.ts";
import type { Followers } from "../live/followers.ts";
import { policy } from "../policy/policy.ts";
import { mayManage } from "../webhook/mayManage.ts";
import type { ChangeBell } from "./openWorkspaceChanges.ts";
import type { WorkspaceChange } from "./workspaceChange.type.ts";

const everything: WorkspaceChange = {
  everything: true,
  runIds: [],
  experimentIds: [],
  sweepIds: [],
  savedComparisonIds: [],
  webhookIds: [],
  bulkQueryIds: [],
};
/** Between two events, so that a workspace with many runs does not send one for each checkpoint. */
const pauseMilliseconds = 250;

/** The part of the change that the actor may see; null for none. */
function describeTo(actor: Actor, changed: ChangedSubjects): WorkspaceChange | null {
  const webhooks = changed.webhooks.filter(({ ownerId }) => mayManage(actor, { createdById: ownerId }));
  const isReader = policy.grants(actor, "bulkQuery:inspect");
  const bulkQueries = changed.bulkQueries.filter(({ ownerId }) => isReader && ownerId === actor.userId);
  const described = {
    everything: false,
    runIds: changed.runIds.map((id) => encodeGlobalId("Run", id)),
    experimentIds: changed.experimentIds.map((id) => encodeGlobalId("Experiment", id)),
    sweepIds: changed.sweepIds.map((id) => encodeGlobalId("Sweep", id)),
    savedComparisonIds: changed.savedComparisonIds.map((id) => encodeGlobalId("SavedComparison", id)),
    webhookIds: webhooks.map(({ id }) => encodeGlobalId("Webhook", id)),
    bulkQueryIds: bulkQueries.map(({ id }) => encodeGlobalId("BulkQuery", id)),
  };
  const { everything: _, ...ids } = described;
  return Object.values(ids).every(({ length }) => length === 0) ? null : described;
}

async function* read(actor: Actor, bell: ChangeBell): AsyncGenerator<WorkspaceChange, void, undefined> {
  yield everything;
  for (;;) {
    await bell.wait();
    if (bell.takenDown) return;
    await sleep(pauseMilliseconds);
    if (bell.takenDown) return;
    const changed = bell.take();
    const described = changed === null ? everything : describeTo(actor, changed);
    if (described !== null) yield described;
  }
}

export class WorkspaceChangeService {
  readonly #changes: Followers<ChangeBell>;

  constructor(changes: Followers<ChangeBell>) {
    this.#changes = changes;
  }

  /** @throws AppError FORBIDDEN. */
  follow(actor: Actor): AsyncIterable<WorkspaceChange> {
    const { workspaceId } = policy.scope(actor, "workspaceChange:read");
    return this.#changes.follow(workspaceId, (bell) => read(actor, bell));
  }
}
