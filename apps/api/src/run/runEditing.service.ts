/** Renames and annotates runs. Locked runs refuse it. */
import type { Actor } from "@pareidolia/core/actor";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { assignRuns, renameRun, setRunNotes } from "@pareidolia/persistence/lab/tracking/editRuns";
import { refuseLocked, type Subject } from "@pareidolia/persistence/lab/tracking/lockSubjects";
import { notifyChanges } from "@pareidolia/persistence/lab/tracking/notifyChanges";
import type { Database, Connection as SqlConnection } from "@pareidolia/persistence/server/database/database";
import type { MemberAction } from "../policy/actions.ts";
import { policy } from "../policy/policy.ts";
import { assigneeChange, readAssignee } from "../tracking/assignee.ts";
import { auditSubject, lockSubject, objectOf } from "../tracking/lockSubject.ts";
import { type ChangedObject, requireUnchanged } from "../tracking/requireUnchanged.ts";
import { readMarkdown, readName, readPreviousNotes } from "../tracking/texts.ts";
import type { RunService } from "./run.service.ts";
import type { RenameRunInput, UpdateRunInput } from "./runEditing.input.ts";

/** Old and new values; null if nothing has changed. */
export type Change = { readonly before: Record<string, unknown>; readonly after: Record<string, unknown> } | null;

export class RunEditingService {
  readonly #database: Database;
  readonly #runs: RunService;

  constructor(options: { readonly database: Database; readonly runs: RunService }) {
    this.#database = options.database;
    this.#runs = options.runs;
  }

  /** @throws AppError INVALID_INPUT; NOT_FOUND; FORBIDDEN; CONFLICT for a locked run. */
  rename(actor: Actor, input: RenameRunInput): Promise<RunRecord> {
    return this.#edit(actor, "run:rename", input.runId, async (connection, run, object) => {
      const name = readName(input.name, "input.name");
      if (name === run.name) return null;
      await requireUnchanged(connection, object, [
        { field: "name", stored: run.name, wanted: name, previous: input.previousName ?? undefined },
      ]);
      await renameRun(connection, { id: run.id, name });
      return { before: { name: run.name }, after: { name } };
    });
  }

  /** @throws AppError as `rename`, and CONFLICT if the notes have changed since they were read. */
  update(actor: Actor, input: UpdateRunInput): Promise<RunRecord> {
    return this.#edit(actor, "run:update", input.runId, async (connection, run, object) => {
      policy.requireInWorkspace(actor, "run:update");
      const assigneeId = await readAssignee(connection, actor, input.assigneeId, "input.assigneeId");
      const notes = input.notes == null ? run.notes : readMarkdown(input.notes, { field: "input.notes", label: "Notes" });
      const changesNotes = notes !== run.notes;
      const changesAssignee = assigneeId !== undefined && assigneeId !== run.assigneeId;
      await requireUnchanged(connection, object, [
        { field: "notes", stored: run.notes, wanted: notes, previous: readPreviousNotes(input) },
        assigneeChange(run, assigneeId, input),
      ]);
      if (changesNotes) await setRunNotes(connection, { id: run.id, notes });
      if (changesAssignee) await assignRuns(connection, [{ id: run.id, assigneeId }]);
      if (!changesNotes && !changesAssignee) return null;
      return {
        before: { ...(changesNotes ? { notes: run.notes } : {}), ...(changesAssignee ? { assigneeId: run.assigneeId } : {}) },
        after: { ...(changesNotes ? { notes } : {}), ...(changesAssignee ? { assigneeId } : {}) },
      };
    });
  }

  async #edit(
    actor: Actor,
    action: MemberAction,
    reference: string,
    edit: (connection: SqlConnection, run: Subject, object: ChangedObject) => Promise<Change>,
  ): Promise<RunRecord> {
    const run = await this.#runs.getByReference(actor, reference, "input.runId");
    policy.require(actor, action, run);
    const scope = policy.scope(actor, action);
    await this.#database.transaction(async ({ connection }) => {
      const locked = await lockSubject(connection, scope, { kind: "Run", id: run.id });
      refuseLocked(locked);
      const change = await edit(connection, locked, objectOf(scope, locked));
      if (change === null) return;
      await notifyChanges(connection, scope, { runIds: [run.id] });
      await appendAuditEntry(connection, actor, { action, ...auditSubject(locked), ...change });
    });
    return this.#runs.get(actor, run.id);
  }
}
