/** Follows what changes in the actor's workspace. Progress of many runs arrives in few events. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Actor } from "@pareidolia/core/actor";
import { encodeGlobalId } from "../globalId/globalId.ts";
import type { Followers } from "../live/followers.ts";
import { policy } from "../policy/policy.ts";
import type { ChangeBell } from "./openWorkspaceChanges.ts";
import type { WorkspaceChange } from "./workspaceChange.type.ts";

const everything: WorkspaceChange = { everything: true, runIds: [], experimentIds: [], sweepIds: [], savedComparisonIds: [] };
/** Between two events, so that a workspace with many runs does not send one for each checkpoint. */
const pauseMilliseconds = 250;

async function* read(bell: ChangeBell): AsyncGenerator<WorkspaceChange, void, undefined> {
  yield everything;
  for (;;) {
    await bell.wait();
    if (bell.takenDown) return;
    await sleep(pauseMilliseconds);
    if (bell.takenDown) return;
    const changed = bell.take();
    if (changed === null) yield everything;
    else
      yield {
        everything: false,
        runIds: changed.runIds.map((id) => encodeGlobalId("Run", id)),
        experimentIds: changed.experimentIds.map((id) => encodeGlobalId("Experiment", id)),
        sweepIds: changed.sweepIds.map((id) => encodeGlobalId("Sweep", id)),
        savedComparisonIds: changed.savedComparisonIds.map((id) => encodeGlobalId("SavedComparison", id)),
      };
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
    return this.#changes.follow(workspaceId, read);
  }
}
