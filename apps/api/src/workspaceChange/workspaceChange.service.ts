/** Follows what members change in the actor's workspace. */
import type { Actor } from "@pareidolia/core/actor";
import { encodeGlobalId } from "../globalId/globalId.ts";
import type { Followers } from "../live/followers.ts";
import { policy } from "../policy/policy.ts";
import type { ChangeBell } from "./openWorkspaceChanges.ts";
import type { WorkspaceChange } from "./workspaceChange.type.ts";

const everything: WorkspaceChange = { everything: true, runIds: [], experimentIds: [] };

async function* read(bell: ChangeBell): AsyncGenerator<WorkspaceChange, void, undefined> {
  yield everything;
  for (;;) {
    await bell.wait();
    if (bell.takenDown) return;
    const changed = bell.take();
    if (changed === null) yield everything;
    else
      yield {
        everything: false,
        runIds: changed.runIds.map((id) => encodeGlobalId("Run", id)),
        experimentIds: changed.experimentIds.map((id) => encodeGlobalId("Experiment", id)),
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
