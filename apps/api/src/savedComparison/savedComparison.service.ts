/** Saves comparisons as they are, and reads, edits, deletes and restores them. Their figures and images never change. */
import type { Actor, MemberActor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { ComparisonSnapshot } from "@pareidolia/core/comparisonSnapshot";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import {
  countSavedComparisons,
  findDeletedComparison,
  findSavedComparisons,
  findSavedComparisonsByNumber,
  listSavedComparisons,
  readComparisonSnapshots,
  type SavedComparisonRecord,
} from "@pareidolia/persistence/lab/savedComparisons/readSavedComparisons";
import {
  createSavedComparison,
  deleteSavedComparison,
  editSavedComparison,
  lockSavedComparison,
  restoreSavedComparison,
  secondsToRestoreComparison,
} from "@pareidolia/persistence/lab/savedComparisons/writeSavedComparisons";
import type { Database, Connection as SqlConnection } from "@pareidolia/persistence/server/database/database";
import type { ComparisonService } from "../comparison/comparison.service.ts";
import { parseIdOfKeyed, parseReferenceTo } from "../globalId/globalId.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import type { MemberAction } from "../policy/actions.ts";
import { policy } from "../policy/policy.ts";
import { readIdempotencyKey } from "../text.ts";
import { requireUnchanged } from "../tracking/requireUnchanged.ts";
import { readMarkdown, readName, readPreviousNotes } from "../tracking/texts.ts";
import type { EditSavedComparisonInput, SaveComparisonInput } from "./savedComparison.input.ts";
import { entriesOf, takeSnapshot } from "./takeSnapshot.ts";

const byCreation: CursorShape = { name: "savedComparisons.createdAt", values: ["time", "text"] };

interface SavedComparisonServiceOptions {
  readonly database: Database;
  readonly comparisons: ComparisonService;
}

/** Characters of JSON: each field of a saved comparison reads all of its snapshot. */
const maxSnapshotLength = 4_000_000;

export class SavedComparisonService {
  readonly #options: SavedComparisonServiceOptions;

  constructor(options: SavedComparisonServiceOptions) {
    this.#options = options;
  }

  get #connection() {
    return this.#options.database.connection;
  }

  async load(actor: Actor, ids: readonly string[]): Promise<(SavedComparisonRecord | null)[]> {
    return policy.only(actor, "savedComparison:read", await findSavedComparisons(this.#connection, ids));
  }

  async loadByNumber(actor: Actor, numbers: readonly number[]): Promise<(SavedComparisonRecord | null)[]> {
    return findSavedComparisonsByNumber(this.#connection, policy.scope(actor, "savedComparison:read"), numbers);
  }

  async loadSnapshots(actor: Actor, rows: readonly SavedComparisonRecord[]): Promise<ComparisonSnapshot[]> {
    for (const row of rows) policy.require(actor, "savedComparison:read", row);
    return readComparisonSnapshots(
      this.#connection,
      rows.map(({ id }) => id),
    );
  }

  /** Newest first. */
  async list(actor: Actor, args: ConnectionArguments): Promise<Connection<SavedComparisonRecord>> {
    const scope = policy.scope(actor, "savedComparison:read");
    const page = await listSavedComparisons(this.#connection, { scope, page: readPage(args, byCreation) });
    return toConnection(
      page,
      byCreation,
      counterOf(this.#options.database, (request) => countSavedComparisons(request, scope)),
    );
  }

  mayEdit(actor: Actor, row: SavedComparisonRecord): boolean {
    return policy.allows(actor, "savedComparison:change", row);
  }

  /** @throws AppError INVALID_INPUT or NOT_FOUND as a comparison; FORBIDDEN. */
  async save(actor: Actor, input: SaveComparisonInput): Promise<SavedComparisonRecord> {
    policy.requireInWorkspace(actor, "savedComparison:create");
    const scope = policy.scope(actor, "savedComparison:create");
    const { comparisons, database } = this.#options;
    const title = readTitle(input.title);
    const notes = readMarkdown(input.notes ?? "", { field: "input.notes", label: "Notes" });
    const idempotencyKey = readIdempotencyKey(input.idempotencyKey);
    const baseline = input.baseline ?? null;
    const { opened, snapshot } = await inInput(async () => {
      const compared = await comparisons.open(actor, input.entries, input.generation);
      const { first, offset, contains } = input;
      const rows = { first, offset, contains };
      return {
        opened: compared,
        snapshot: await takeSnapshot(actor, compared, { comparisons, connection: this.#connection, rows, baseline }),
      };
    });
    if (JSON.stringify(snapshot).length > maxSnapshotLength)
      throw new AppError("INVALID_INPUT", "This comparison is too large to be saved. Compare fewer runs, groups or classes.", {
        field: "input.entries",
      });
    const { generation } = opened;
    const entries = entriesOf(opened);
    const id = await database.transaction(async ({ connection }) => {
      const comparison = { title, notes, entries, generation, baseline, snapshot, idempotencyKey };
      const saved = await createSavedComparison(connection, { scope, createdById: actor.userId, comparison });
      const after = { title, notes, generation, baseline, entries: entries.map(({ name, runs }) => `${name} (${runs.length})`) };
      if (saved.created) await log(connection, actor, "savedComparison:create", { id: saved.id, title, before: null, after });
      return saved.id;
    });
    return this.#get(actor, id);
  }

  /** @throws AppError NOT_FOUND; INVALID_INPUT; FORBIDDEN; CONFLICT if the title or the notes have changed since they were read. */
  async edit(actor: Actor, input: EditSavedComparisonInput): Promise<SavedComparisonRecord> {
    policy.requireInWorkspace(actor, "savedComparison:change");
    const { id } = await this.#getToChange(actor, "savedComparison:change", input.savedComparisonId);
    await this.#options.database.transaction(async ({ connection }) => {
      const stored = await lockSavedComparison(connection, id);
      if (stored === null) throw missing();
      const title = input.title == null ? stored.title : readTitle(input.title);
      const notes = input.notes == null ? stored.notes : readMarkdown(input.notes, { field: "input.notes", label: "Notes" });
      if (title === stored.title && notes === stored.notes) return;
      await requireUnchanged(connection, { workspaceId: actor.workspaceId, subjectId: id }, [
        { field: "title", stored: stored.title, wanted: title, previous: input.previousTitle ?? undefined },
        { field: "notes", stored: stored.notes, wanted: notes, previous: readPreviousNotes(input) },
      ]);
      await editSavedComparison(connection, id, { title, notes });
      await log(connection, actor, "savedComparison:change", { id, title, before: stored, after: { title, notes } });
    });
    return this.#get(actor, id);
  }

  /** @throws AppError NOT_FOUND; FORBIDDEN. */
  async delete(actor: Actor, reference: string): Promise<SavedComparisonRecord> {
    policy.requireInWorkspace(actor, "savedComparison:delete");
    const row = await this.#getToChange(actor, "savedComparison:delete", reference);
    await this.#options.database.transaction(async ({ connection }) => {
      if (!(await deleteSavedComparison(connection, row.id))) throw missing();
      const { id, title, notes } = row;
      await log(connection, actor, "savedComparison:delete", { id, title, before: { title, notes }, after: null });
    });
    return row;
  }

  /** @throws AppError NOT_FOUND an hour after the deletion; FORBIDDEN. */
  async restore(actor: Actor, reference: string): Promise<SavedComparisonRecord> {
    policy.requireInWorkspace(actor, "savedComparison:restore");
    const id = parseIdOfKeyed("SavedComparison", reference, "input.savedComparisonId");
    const row = await findDeletedComparison(this.#connection, id, new Date(Date.now() - secondsToRestoreComparison * 1000));
    if (row === null || !policy.allows(actor, "savedComparison:restore", row)) throw missing();
    const { title } = row;
    await this.#options.database.transaction(async ({ connection }) => {
      await restoreSavedComparison(connection, id);
      await log(connection, actor, "savedComparison:restore", { id, title, before: null, after: { title } });
    });
    return this.#get(actor, id);
  }

  async #getToChange(
    actor: Actor,
    action: "savedComparison:change" | "savedComparison:delete",
    text: string,
  ): Promise<SavedComparisonRecord> {
    const reference = parseReferenceTo("SavedComparison", text, "input.savedComparisonId");
    const [row] = "number" in reference ? await this.loadByNumber(actor, [reference.number]) : await this.load(actor, [reference.id]);
    if (row == null) throw missing();
    policy.require(actor, action, row);
    return row;
  }

  async #get(actor: Actor, id: string): Promise<SavedComparisonRecord> {
    const [row] = await this.load(actor, [id]);
    if (row == null) throw missing();
    return row;
  }
}

function log(
  connection: SqlConnection,
  actor: MemberActor,
  action: MemberAction,
  { id, title, before, after }: { id: string; title: string; before: object | null; after: object | null },
): Promise<unknown> {
  return appendAuditEntry(connection, actor, {
    action,
    subjectType: "SavedComparison",
    subjectId: id,
    subjectName: title,
    before: before as Record<string, unknown> | null,
    after: after as Record<string, unknown> | null,
  });
}

/** The comparison names fields of its query; here they are fields of the input. */
async function inInput<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof AppError) || error.field === undefined) throw error;
    throw new AppError(error.code, error.message, { field: `input.${error.field}` });
  }
}

function readTitle(text: string): string {
  const title = readName(text, "input.title");
  if (title === "") throw new AppError("INVALID_INPUT", "Give the comparison a title.", { field: "input.title" });
  return title;
}

function missing(): AppError {
  return new AppError("NOT_FOUND", "There is no such saved comparison.", { field: "input.savedComparisonId" });
}
