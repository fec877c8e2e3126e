/** Requests, cancels, deletes, lists and opens exports. */
import { Readable } from "node:stream";
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { Queue } from "@pareidolia/jobs/queue";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import {
  countExports,
  type ExportFilter,
  type ExportRecord,
  findExportParts,
  findExports,
  findExportsByNumber,
  listExports,
} from "@pareidolia/persistence/files/exports/readExports";
import { cancelExport, createExportOnce, deleteExport, type NewExport } from "@pareidolia/persistence/files/exports/writeExports";
import type { ExperimentRecord } from "@pareidolia/persistence/lab/experiments/readExperiments";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { type QuotaDefaults, requireStorage } from "@pareidolia/persistence/workspace/quotas/withinQuotas";
import { readParts } from "../archives/readParts.ts";
import type { OpenedArchive } from "../archives/sendArchive.ts";
import type { ExperimentService } from "../experiment/experiment.service.ts";
import { experimentKey, parseIdOf, runKey } from "../globalId/globalId.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import type { RunService } from "../run/run.service.ts";
import { readIdempotencyKey } from "../text.ts";
import type { CancelExportInput, DeleteExportInput, StartExportInput } from "./export.input.ts";

const byNumber: CursorShape = { name: "exports.number", values: ["number"] };

export function exportKey(number: number): string {
  return `EXPORT-${number}`;
}

export interface ExportServiceOptions {
  readonly database: Database;
  readonly queue: Pick<Queue, "enqueue">;
  readonly objectStore: Pick<ObjectStore, "get">;
  readonly quotas: QuotaDefaults;
  readonly runs: RunService;
  readonly experiments: ExperimentService;
}

export class ExportService {
  readonly #options: ExportServiceOptions;

  constructor(options: ExportServiceOptions) {
    this.#options = options;
  }

  get #connection() {
    return this.#options.database.connection;
  }

  /** In the order of `ids`; null for an export that is unknown, expired or hidden from the actor. */
  async load(actor: Actor, ids: readonly string[]): Promise<(ExportRecord | null)[]> {
    return policy.only(actor, "export:inspect", await findExports(this.#connection, ids));
  }

  /** Of all subjects, latest first. @throws AppError FORBIDDEN. */
  async list(actor: Actor, args: ConnectionArguments): Promise<Connection<ExportRecord>> {
    return this.#page({ scope: policy.scope(actor, "export:inspect") }, args);
  }

  /** @throws AppError FORBIDDEN. */
  async listOfRun(actor: Actor, run: RunRecord, args: ConnectionArguments): Promise<Connection<ExportRecord>> {
    policy.requireOwn(actor, "export:inspect", run);
    return this.#page({ scope: policy.scope(actor, "export:inspect"), runId: run.id }, args);
  }

  /** @throws AppError FORBIDDEN. */
  async listOfExperiment(actor: Actor, experiment: ExperimentRecord, args: ConnectionArguments): Promise<Connection<ExportRecord>> {
    policy.requireOwn(actor, "export:inspect", experiment);
    return this.#page({ scope: policy.scope(actor, "export:inspect"), experimentId: experiment.id }, args);
  }

  async #page(filter: ExportFilter, args: ConnectionArguments): Promise<Connection<ExportRecord>> {
    const page = await listExports(this.#connection, filter, readPage(args, byNumber));
    return toConnection(
      page,
      byNumber,
      counterOf(this.#options.database, (request) => countExports(request, filter)),
    );
  }

  /** @throws AppError INVALID_INPUT naming the field; NOT_FOUND; CONFLICT as `createExportOnce`; QUOTA_EXCEEDED; FORBIDDEN. */
  async start(actor: Actor, input: StartExportInput): Promise<ExportRecord> {
    policy.requireInWorkspace(actor, "export:start");
    const { database, queue, quotas } = this.#options;
    const { workspaceId, userId } = actor;
    const subject = await this.#readSubject(actor, input);
    const formats = [...new Set(input.formats)].sort();
    if (formats.length === 0) throw new AppError("INVALID_INPUT", "Choose at least one format.", { field: "input.formats" });
    const parts = [...new Set(input.parts)].sort();
    const idempotencyKey = readIdempotencyKey(input.idempotencyKey);
    await requireStorage(this.#connection, { workspaceId, defaults: quotas });
    const id = await database.transaction(async (transaction) => {
      const made = await createExportOnce(transaction, { workspaceId, createdById: userId, ...subject, parts, formats, idempotencyKey });
      if (!made.created) return made.id;
      await queue.enqueue(transaction.executor, "makeExport", { exportId: made.id });
      await appendAuditEntry(transaction.connection, actor, {
        action: "export:start",
        ...entryOf(made),
        before: null,
        after: { subject: subject.subject, subjectKey: subject.subjectKey, parts, formats },
      });
      return made.id;
    });
    return this.#get(actor, id);
  }

  /** @throws AppError NOT_FOUND; CONFLICT for an export that has ended. */
  async cancel(actor: Actor, { exportId }: CancelExportInput): Promise<ExportRecord> {
    const found = await this.#get(actor, parseIdOf("Export", exportId, "input.exportId"), "input.exportId");
    policy.requireOwn(actor, "export:cancel", found);
    await this.#options.database.transaction(async (transaction) => {
      await cancelExport(transaction, found.id);
      const values = { before: { state: found.state }, after: { state: "CANCELLED" } };
      await appendAuditEntry(transaction.connection, actor, { action: "export:cancel", ...entryOf(found), ...values });
    });
    return this.#get(actor, found.id);
  }

  /** Returns its key. @throws AppError NOT_FOUND; CONFLICT for an export that is being made. */
  async delete(actor: Actor, { exportId }: DeleteExportInput): Promise<string> {
    const found = await this.#get(actor, parseIdOf("Export", exportId, "input.exportId"), "input.exportId");
    policy.requireOwn(actor, "export:delete", found);
    await this.#options.database.transaction(async (transaction) => {
      await deleteExport(transaction, found.id);
      const values = { before: { state: found.state, sha256: found.sha256 }, after: null };
      await appendAuditEntry(transaction.connection, actor, { action: "export:delete", ...entryOf(found), ...values });
    });
    return exportKey(found.number);
  }

  /** @throws AppError NOT_FOUND for an export that is unknown, expired or not made yet; FORBIDDEN. */
  async open(actor: Actor, number: number): Promise<OpenedArchive> {
    policy.requireInWorkspace(actor, "export:download");
    const [found] = await findExportsByNumber(this.#connection, { scope: policy.scope(actor, "export:download"), numbers: [number] });
    if (found?.sha256 == null || found.byteLength === null || found.endedAt === null)
      throw new AppError("NOT_FOUND", `There is no ${exportKey(number)} to download. Exports are deleted after seven days.`);
    const parts = await findExportParts(this.#connection, found.id);
    const { sha256, byteLength, endedAt } = found;
    return {
      sha256,
      byteLength,
      endedAt,
      contentType: "application/zip",
      fileName: `${found.subjectKey ?? "workspace"}-${exportKey(number)}.zip`,
      read: (range) => Readable.from(readParts(this.#options.objectStore, parts, range), { objectMode: false }),
      noteDownload: () =>
        this.#options.database.transaction((transaction) =>
          appendAuditEntry(transaction.connection, actor, {
            action: "export:download",
            ...entryOf(found),
            before: null,
            after: { sha256 },
          }),
        ),
    };
  }

  /** @throws AppError INVALID_INPUT or NOT_FOUND. */
  async #readSubject(
    actor: Actor,
    { subject, subjectId }: StartExportInput,
  ): Promise<Pick<NewExport, "subject" | "runId" | "experimentId" | "subjectKey">> {
    const field = "input.subjectId";
    if (subject === "workspace") {
      if (subjectId != null) throw new AppError("INVALID_INPUT", "The export of the workspace has no run or experiment.", { field });
      return { subject, runId: null, experimentId: null, subjectKey: null };
    }
    if (subjectId == null) throw new AppError("INVALID_INPUT", `Give the ID or key of the ${subject}.`, { field });
    if (subject === "run") {
      const run = await this.#options.runs.getByReference(actor, subjectId, field);
      return { subject, runId: run.id, experimentId: null, subjectKey: runKey(run.number) };
    }
    const experiment = await this.#options.experiments.getByReference(actor, subjectId, field);
    return { subject, runId: null, experimentId: experiment.id, subjectKey: experimentKey(experiment.number) };
  }

  async #get(actor: Actor, id: string, field?: string): Promise<ExportRecord> {
    const [found] = await this.load(actor, [id]);
    if (found == null) throw new AppError("NOT_FOUND", "There is no such export.", field === undefined ? {} : { field });
    return found;
  }
}

function entryOf({ id, number }: { readonly id: string; readonly number: number }) {
  return { subjectType: "Export", subjectId: id, subjectName: exportKey(number) };
}
