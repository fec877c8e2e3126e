/** Changes who may read an experiment, and reads those that are shared. Each change is written to the audit log. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { Visibility } from "@pareidolia/core/visibility";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import type { ExperimentRecord } from "@pareidolia/persistence/lab/experiments/readExperiments";
import {
  countPublicExperiments,
  listPublicExperiments,
  lockVisibility,
  setVisibility,
} from "@pareidolia/persistence/lab/experiments/sharedExperiments";
import { assertUnlocked } from "@pareidolia/persistence/lab/locks/assertUnlocked";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import { requireUnchanged } from "../tracking/requireUnchanged.ts";
import type { ExperimentService } from "./experiment.service.ts";
import type { SetExperimentVisibilityInput } from "./experimentSharing.input.ts";

const byPublication: CursorShape = { name: "publicExperiments.publishedAt", values: ["time", "text"] };
const missing = (field?: string): AppError =>
  new AppError("NOT_FOUND", "There is no such experiment.", field === undefined ? {} : { field });

export class ExperimentSharingService {
  readonly #database: Database;
  readonly #experiments: ExperimentService;

  constructor(options: { readonly database: Database; readonly experiments: ExperimentService }) {
    this.#database = options.database;
    this.#experiments = options.experiments;
  }

  /** @throws AppError NOT_FOUND; FORBIDDEN; CONFLICT for a locked experiment. */
  async setVisibility(actor: Actor, input: SetExperimentVisibilityInput): Promise<ExperimentRecord> {
    const experiment = await this.#experiments.getByReference(actor, input.experimentId, "input.experimentId");
    policy.require(actor, "experiment:share", experiment);
    const visibility = input.visibility as Visibility;
    await this.#database.transaction(async ({ connection }) => {
      await assertUnlocked(connection, { workspaceId: experiment.workspaceId, experimentIds: [experiment.id] });
      const before = await lockVisibility(connection, experiment.id);
      if (before === null) throw missing("input.experimentId");
      const renews = input.renewLink === true && visibility === "UNLISTED" && before === "UNLISTED";
      if (before === visibility && !renews) return;
      await requireUnchanged(connection, { workspaceId: experiment.workspaceId, subjectId: experiment.id }, [
        { field: "visibility", stored: before, wanted: visibility, previous: input.previousVisibility ?? undefined },
      ]);
      await setVisibility(connection, experiment.id, visibility);
      await appendAuditEntry(connection, actor, {
        action: "experiment:share",
        subjectType: "Experiment",
        subjectId: experiment.id,
        subjectName: `EXP-${experiment.number}`,
        before: { visibility: before },
        after: { visibility, ...(renews ? { renewedLink: true } : {}) },
      });
    });
    const [changed] = await this.#experiments.load(actor, [experiment.id]);
    if (changed == null) throw missing();
    return changed;
  }

  async listPublic(actor: Actor, args: ConnectionArguments): Promise<Connection<ExperimentRecord>> {
    policy.reach(actor, "experiment:read");
    const page = await listPublicExperiments(this.#database.connection, readPage(args, byPublication));
    return toConnection(page, byPublication, counterOf(this.#database, countPublicExperiments));
  }

  /** The experiment whose link came with the request; null without one. */
  async readLinked(actor: Actor): Promise<ExperimentRecord | null> {
    policy.reach(actor, "experiment:read");
    if (actor.shareLink === undefined) return null;
    const [experiment] = await this.#experiments.load(actor, [actor.shareLink.experimentId]);
    return experiment ?? null;
  }

  /** The secret part of the experiment's link; null for everyone but signed-in members, and unless it is unlisted. */
  shareTokenOf(actor: Actor, experiment: ExperimentRecord): string | null {
    return policy.isOwn(actor, experiment) && policy.grants(actor, "shareLink:read") ? experiment.shareToken : null;
  }
}
