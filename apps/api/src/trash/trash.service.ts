/** Moves runs and experiments to the trash and back, deletes them for good, and lists the trash. */
import type { Actor, MemberActor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { Queue } from "@pareidolia/jobs/queue";
import { appendAuditEntries } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import { findTrashDays } from "@pareidolia/persistence/lab/retention/retentionRules";
import { type Discarded, discard, findAllTrashed } from "@pareidolia/persistence/lab/trash/discard";
import { previewTrash, type TrashPreview } from "@pareidolia/persistence/lab/trash/previewTrash";
import {
  countTrash,
  findChampions,
  findTrashItem,
  isInTrash,
  listTrash,
  type TrashItemRecord,
} from "@pareidolia/persistence/lab/trash/readTrash";
import {
  type ChangedExperiment,
  type ChangedRun,
  type Outcome,
  restoreExperiments,
  restoreRuns,
  type TrashChange,
  trashExperiments,
  trashRuns,
} from "@pareidolia/persistence/lab/trash/trash";
import type { Database, Transaction } from "@pareidolia/persistence/server/database/database";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import type { MemberAction } from "../policy/actions.ts";
import { policy } from "../policy/policy.ts";
import { readSubjects, type SubjectNoun, type Subjects } from "./subjects.ts";
import type { TrashChangeSuccess } from "./trash.type.ts";

export interface TrashServiceOptions {
  readonly database: Database;
  readonly queue: Queue;
}

const byTime: CursorShape = { name: "trash.trashedAt", values: ["time", "text"] };
const imagesOfItem = 4;

const unchanged = { changedIds: [], runCount: 0, cancelledCount: 0 };

type Change<Changed> = (transaction: Transaction, change: TrashChange) => Promise<Outcome<Changed>>;

const runsOfExperiments = (changed: readonly ChangedExperiment[]): readonly ChangedRun[] => changed.flatMap(({ runs }) => runs);

export class TrashService {
  readonly #options: TrashServiceOptions;

  constructor(options: TrashServiceOptions) {
    this.#options = options;
  }

  async list(actor: Actor, args: ConnectionArguments): Promise<Connection<TrashItemRecord>> {
    const scope = policy.scope(actor, "trash:read");
    const { database } = this.#options;
    const page = await listTrash(database.connection, { scope, page: readPage(args, byTime) });
    return toConnection(
      page,
      byTime,
      counterOf(database, (request) => countTrash(request, scope)),
    );
  }

  /** For a run that was trashed with its experiment, finds the experiment. @throws AppError INVALID_INPUT for an ID of another type. */
  async find(actor: Actor, text: string): Promise<TrashItemRecord | null> {
    const { database } = this.#options;
    const scope = policy.scope(actor, "trash:read");
    const { runIds, experimentIds } = await readSubjects(database, { scope, texts: [text], field: "id" });
    const [id] = [...runIds, ...experimentIds];
    return id === undefined ? null : findTrashItem(database.connection, { scope, id });
  }

  /** When a retention rule will permanently delete each item; null if none will. */
  async loadDeletions(actor: Actor, items: readonly TrashItemRecord[]): Promise<(Date | null)[]> {
    const days = await findTrashDays(this.#options.database.connection, policy.scope(actor, "trash:read"));
    return items.map(({ trashedAt }) => (days === null ? null : new Date(trashedAt.getTime() + days * 86_400_000)));
  }

  /** The most confident images of each item. */
  async loadImages(actor: Actor, items: readonly TrashItemRecord[]): Promise<string[][]> {
    const own = policy.only(actor, "trash:read", items).flatMap((item) => (item === null ? [] : [item.id]));
    const images = await findChampions(this.#options.database.connection, { itemIds: own, limit: imagesOfItem });
    const byId = new Map(own.map((id, i) => [id, images[i] ?? []]));
    return items.map(({ id }) => byId.get(id) ?? []);
  }

  /** Whether the image is in the trash and the actor may see it. */
  async shows(actor: Actor, sha256: string): Promise<boolean> {
    return (
      policy.grants(actor, "trash:read") &&
      isInTrash(this.#options.database.connection, { scope: policy.scope(actor, "trash:read"), sha256 })
    );
  }

  /**
   * Skips runs and experiments that no longer exist.
   * @throws AppError NOT_FOUND if none of them exists; INVALID_INPUT for IDs of other types, or more than 500 IDs.
   */
  async preview(actor: Actor, texts: readonly string[]): Promise<TrashPreview> {
    const { database } = this.#options;
    const subjects = await readSubjects(database, { scope: policy.scope(actor, "trash:read"), texts, field: "ids" });
    const [unknown] = subjects.refused([]);
    const isEmpty = subjects.runIds.length + subjects.experimentIds.length === 0;
    if (isEmpty && unknown !== undefined) throw new AppError("NOT_FOUND", unknown.message, { field: "ids" });
    return previewTrash(database.heavy, subjects);
  }

  trashRuns(actor: Actor, texts: readonly string[]): Promise<TrashChangeSuccess> {
    return this.#change(actor, { action: "trash:move", noun: "Run", texts, change: trashRuns, runsOf: (runs) => runs });
  }

  trashExperiments(actor: Actor, texts: readonly string[]): Promise<TrashChangeSuccess> {
    return this.#change(actor, { action: "trash:move", noun: "Experiment", texts, change: trashExperiments, runsOf: runsOfExperiments });
  }

  restoreRuns(actor: Actor, texts: readonly string[]): Promise<TrashChangeSuccess> {
    return this.#change(actor, { action: "trash:restore", noun: "Run", texts, change: restoreRuns, runsOf: (runs) => runs });
  }

  restoreExperiments(actor: Actor, texts: readonly string[]): Promise<TrashChangeSuccess> {
    return this.#change(actor, {
      action: "trash:restore",
      noun: "Experiment",
      texts,
      change: restoreExperiments,
      runsOf: runsOfExperiments,
    });
  }

  async deleteFromTrash(actor: Actor, texts: readonly string[]): Promise<TrashChangeSuccess> {
    policy.requireInWorkspace(actor, "trash:delete");
    const scope = policy.scope(actor, "trash:delete");
    const subjects = await readSubjects(this.#options.database, { scope, texts, field: "input.ids" });
    return this.#discard(actor, subjects, subjects);
  }

  /** Runs that are still being cancelled stay, and experiments with one are refused. */
  async emptyTrash(actor: Actor): Promise<TrashChangeSuccess> {
    policy.requireInWorkspace(actor, "trash:delete");
    return this.#discard(actor, await findAllTrashed(this.#options.database.connection, policy.scope(actor, "trash:delete")), null);
  }

  async #discard(
    actor: MemberActor,
    { runIds, experimentIds }: { readonly runIds: readonly string[]; readonly experimentIds: readonly string[] },
    subjects: Subjects | null,
  ): Promise<TrashChangeSuccess> {
    const { database, queue } = this.#options;
    const { workspaceId } = actor;
    if (runIds.length + experimentIds.length === 0) return { ...unchanged, refused: subjects?.refused([]) ?? [] };
    const discarded = await database.transaction(async (transaction): Promise<Discarded> => {
      const done = await discard(transaction, { workspaceId, runIds, experimentIds });
      await queue.enqueue(transaction.executor, "deleteDiscarded", { workspaceId });
      await appendAuditEntries(transaction.connection, actor, [
        ...done.experiments.map(({ id, number, name, runs }) => ({
          action: "trash:delete",
          subjectType: "Experiment",
          subjectId: id,
          subjectName: `EXP-${number}`,
          before: { name, runs },
          after: null,
        })),
        ...done.runs.map(({ id, number }) => ({
          action: "trash:delete",
          subjectType: "Run",
          subjectId: id,
          subjectName: `RUN-${number}`,
          before: { trashed: true },
          after: null,
        })),
      ]);
      return done;
    });
    const { experiments, runs, refused } = discarded;
    return {
      changedIds: [...experiments.map(({ id }) => encodeGlobalId("Experiment", id)), ...runs.map(({ id }) => encodeGlobalId("Run", id))],
      runCount: runs.length + experiments.reduce((sum, experiment) => sum + experiment.runs, 0),
      cancelledCount: 0,
      refused: subjects?.refused(refused) ?? [],
    };
  }

  async #change<Changed extends { readonly id: string; readonly number: number }>(
    actor: Actor,
    wanted: {
      readonly action: MemberAction & ("trash:move" | "trash:restore");
      readonly noun: SubjectNoun;
      readonly texts: readonly string[];
      readonly change: Change<Changed>;
      readonly runsOf: (changed: readonly Changed[]) => readonly ChangedRun[];
    },
  ): Promise<TrashChangeSuccess> {
    const { action, noun, texts, change, runsOf } = wanted;
    policy.requireInWorkspace(actor, action);
    const { database, queue } = this.#options;
    const field = noun === "Run" ? "input.runIds" : "input.experimentIds";
    const subjects = await readSubjects(database, { scope: policy.scope(actor, action), texts, field, noun });
    const { workspaceId, userId } = actor;
    const trashes = action === "trash:move";
    if (subjects.runIds.length + subjects.experimentIds.length === 0) return { ...unchanged, refused: subjects.refused([]) };
    const outcome = await database.transaction(async (transaction) => {
      const ids = noun === "Run" ? subjects.runIds : subjects.experimentIds;
      const done = await change(transaction, { workspaceId, userId, ids });
      if (!trashes)
        for (const run of runsOf(done.changed))
          if (run.state === "QUEUED") await queue.enqueue(transaction.executor, "carryOutRun", { runId: run.id });
      await appendAuditEntries(
        transaction.connection,
        actor,
        done.changed.map(({ id, number }) => ({
          action,
          subjectType: noun,
          subjectId: id,
          subjectName: `${noun === "Run" ? "RUN" : "EXP"}-${number}`,
          before: { trashed: !trashes },
          after: { trashed: trashes },
        })),
      );
      return done;
    });
    const runs = runsOf(outcome.changed);
    return {
      changedIds: outcome.changed.map(({ id }) => encodeGlobalId(noun, id)),
      runCount: runs.length,
      cancelledCount: trashes ? runs.filter(({ state }) => state === "RUNNING").length : 0,
      refused: subjects.refused(outcome.refused),
    };
  }
}
