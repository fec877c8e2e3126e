/** Requests, maps, starts, cancels and undoes imports, and lists them. */
import type { Actor, MemberActor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { type ImportedPlan, readImportedCurve, readImportedHistories } from "@pareidolia/core/runKinds/imported";
import { importLimits } from "@pareidolia/exchange/imports/foreignData";
import { type ImportPreview, importPreviewShape } from "@pareidolia/exchange/imports/importPreview";
import { type ImportReport, importReportShape } from "@pareidolia/exchange/imports/importReport";
import type { Queue } from "@pareidolia/jobs/queue";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import {
  countImportedImages,
  findExperimentsOnlyOfImport,
  findImportedPlans,
  findRunIdsOfImport,
  type ImportedImageRecord,
  listImportedImages,
} from "@pareidolia/persistence/files/imports/readImportedImages";
import {
  countImports,
  findImportedRows,
  findImports,
  type ImportedRows,
  type ImportRecord,
  listImports,
} from "@pareidolia/persistence/files/imports/readImports";
import { cancelImport, chooseImportColumns, createImport, startImport } from "@pareidolia/persistence/files/imports/writeImports";
import { findRestoredFrom, findThumbnails, type RestoredFrom, type Thumbnail } from "@pareidolia/persistence/files/restoring/readRestored";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { Database, Transaction } from "@pareidolia/persistence/server/database/database";
import { claimUploads } from "@pareidolia/persistence/server/uploads/writeUploads";
import { type QuotaDefaults, withinQuotas } from "@pareidolia/persistence/workspace/quotas/withinQuotas";
import type { ExperimentService } from "../experiment/experiment.service.ts";
import { encodeGlobalId, parseIdOf } from "../globalId/globalId.ts";
import type { ModelService } from "../model/model.service.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import { checkLine, readIdempotencyKey } from "../text.ts";
import type { TrashService } from "../trash/trash.service.ts";
import type { TrashChangeSuccess } from "../trash/trash.type.ts";
import type { UploadService } from "../upload/upload.service.ts";
import type { MapImportColumnsInput, PreviewImportInput, StartImportInput } from "./import.input.ts";

interface ImportServiceOptions {
  readonly database: Database;
  readonly queue: Pick<Queue, "enqueue">;
  readonly quotas: QuotaDefaults;
  readonly uploads: UploadService;
  readonly experiments: ExperimentService;
  readonly models: ModelService;
  readonly trash: TrashService;
}

export type ImportedCurves = Pick<ImportedPlan, "curve" | "histories">;

export interface UndoneImport {
  readonly import: ImportRecord;
  readonly runCount: number;
  readonly refused: TrashChangeSuccess["refused"];
}

type Values = Readonly<Record<string, unknown>> | null;

const byCreation: CursorShape = { name: "imports.createdAt", values: ["time", "text"] };
const byIndex: CursorShape = { name: "importedImages.index", values: ["integer"] };
const importField = "input.importId";
const maxNameLength = 120;
/** Runs that are moved to the trash at a time. */
const atOnce = 500;

export class ImportService {
  readonly #options: ImportServiceOptions;

  constructor(options: ImportServiceOptions) {
    this.#options = options;
  }

  get #connection() {
    return this.#options.database.connection;
  }

  async load(actor: Actor, ids: readonly string[]): Promise<(ImportRecord | null)[]> {
    return policy.only(actor, "import:read", await findImports(this.#connection, ids));
  }

  async list(actor: Actor, args: ConnectionArguments): Promise<Connection<ImportRecord>> {
    const scope = policy.scope(actor, "import:read");
    const page = await listImports(this.#connection, { scope, page: readPage(args, byCreation) });
    return toConnection(
      page,
      byCreation,
      counterOf(this.#options.database, (request) => countImports(request, scope)),
    );
  }

  /** What each import has written, outside the trash. */
  async loadRows(actor: Actor, imports: readonly ImportRecord[]): Promise<ImportedRows[]> {
    const own = policy.only(actor, "import:read", imports).map((record) => record?.id ?? "");
    return findImportedRows(this.#connection, own);
  }

  /** Null until the file is read. @throws AppError CORRUPT_DATA. */
  previewOf({ preview }: ImportRecord): ImportPreview | null {
    return preview === null ? null : importPreviewShape(preview, "preview");
  }

  /** Null until the runs are stored. @throws AppError CORRUPT_DATA. */
  reportOf({ report }: ImportRecord): ImportReport | null {
    return report === null ? null : importReportShape(report, "report");
  }

  async listImages(actor: Actor, run: RunRecord, args: ConnectionArguments): Promise<Connection<ImportedImageRecord>> {
    const inScope = { scope: policy.scopeWithin(actor, "run:read", run), runId: run.id };
    const page = await listImportedImages(this.#connection, { ...inScope, page: readPage(args, byIndex) });
    return toConnection(
      page,
      byIndex,
      counterOf(this.#options.database, (request) => countImportedImages(request, inScope)),
    );
  }

  async loadThumbnails(actor: Actor, imports: readonly ImportRecord[]): Promise<(readonly Thumbnail[])[]> {
    return findThumbnails(
      this.#connection,
      policy.only(actor, "import:read", imports).map((record) => record?.id ?? ""),
    );
  }

  /** Null for visitors, who must not see the workspace names of other servers. */
  async loadRestoredFrom(actor: Actor, runs: readonly RunRecord[]): Promise<(RestoredFrom | null)[]> {
    return findRestoredFrom(
      this.#connection,
      policy.only(actor, "import:read", runs).map((run) => run?.id ?? ""),
    );
  }

  async loadCurves(actor: Actor, runs: readonly RunRecord[]): Promise<ImportedCurves[]> {
    const readable = policy.only(actor, "run:read", runs).map((run) => run?.id ?? "");
    const plans = await findImportedPlans(this.#connection, readable);
    return plans.map((plan) => ({
      curve: plan === null ? [] : readImportedCurve(plan),
      histories: plan === null ? [] : readImportedHistories(plan),
    }));
  }

  /** @throws AppError INVALID_INPUT; NOT_FOUND; CONFLICT; QUOTA_EXCEEDED. */
  async preview(actor: Actor, input: PreviewImportInput): Promise<ImportRecord> {
    policy.requireInWorkspace(actor, "import:create");
    const idempotencyKey = readIdempotencyKey(input.idempotencyKey);
    const upload = await this.#options.uploads.getFinished(actor, input.uploadId, { kind: "IMPORT", field: "input.uploadId" });
    const { fileName, sha256, byteLength } = upload;
    const { workspaceId, userId: createdById } = actor;
    const { database, quotas, queue } = this.#options;
    const id = await database.transaction(async (transaction) => {
      const made = await withinQuotas(transaction, { workspaceId, defaults: quotas }, async (connection) => {
        await claimUploads(connection, [upload.id]);
        return createImport(connection, { workspaceId, createdById, fileName, sha256, byteLength, idempotencyKey });
      });
      if (!made.created) return made.id;
      await queue.enqueue(transaction.executor, "importFile", { importId: made.id });
      await audit(transaction, actor, {
        action: "import:create",
        id: made.id,
        fileName,
        before: null,
        after: { fileName, sha256, byteLength },
      });
      return made.id;
    });
    return this.#get(actor, id);
  }

  /** @throws AppError INVALID_INPUT for a file without columns; NOT_FOUND; CONFLICT. */
  async mapColumns(actor: Actor, input: MapImportColumnsInput): Promise<ImportRecord> {
    policy.requireInWorkspace(actor, "import:create");
    const record = await this.#getOwn(actor, input.importId);
    const preview = this.previewOf(record);
    const field = "input.columns";
    if (input.columns.length > importLimits.columns)
      throw new AppError("INVALID_INPUT", `A table has at most ${importLimits.columns} columns.`, { field });
    if (preview !== null && preview.columns.length === 0)
      throw new AppError("INVALID_INPUT", "Only tables of runs have columns to map.", { field });
    const known = new Set(preview?.columns.map(({ column }) => column));
    const unknown = input.columns.findIndex(({ column }) => !known.has(column));
    if (preview !== null && unknown >= 0)
      throw new AppError("INVALID_INPUT", "The table has no such column.", { field: `${field}.${unknown}.column` });
    const columns = input.columns.map(({ column, use }) => ({ column, role: use }));
    await this.#options.database.transaction(async (transaction) => {
      await chooseImportColumns(transaction, { id: record.id, columns });
      await this.#options.queue.enqueue(transaction.executor, "importFile", { importId: record.id });
      const values = { before: { columns: record.columns }, after: { columns } };
      await audit(transaction, actor, { action: "import:create", id: record.id, fileName: record.fileName, ...values });
    });
    return this.#get(actor, record.id);
  }

  /** @throws AppError INVALID_INPUT; NOT_FOUND; CONFLICT unless the import is READY; QUOTA_EXCEEDED. */
  async start(actor: Actor, input: StartImportInput): Promise<ImportRecord> {
    policy.requireInWorkspace(actor, "import:create");
    const record = await this.#getOwn(actor, input.importId);
    const { experiments, models, database, queue, quotas } = this.#options;
    const preview = this.previewOf(record);
    if (input.experimentId != null && input.experimentName != null)
      throw new AppError("INVALID_INPUT", "Give an experiment, or the name of a new one.", { field: "input.experimentName" });
    const origin = preview?.origin ?? null;
    if (origin !== null) refuseTargets(input, origin);
    const experiment =
      input.experimentId == null ? null : await experiments.getByReference(actor, input.experimentId, "input.experimentId");
    const model = input.modelId == null ? null : await models.getByReference(actor, input.modelId, "input.modelId");
    const named = checkLine(input.experimentName ?? "", { field: "input.experimentName", label: "A name", longest: maxNameLength });
    const experimentName =
      experiment !== null || (origin !== null && origin.subject !== "run")
        ? null
        : named === ""
          ? (preview?.experimentName ?? null)
          : named;
    const target = { experimentName, experimentId: experiment?.id ?? null, modelId: model?.id ?? null };
    await database.transaction(async (transaction) => {
      const { workspaceId } = actor;
      const starting = () => startImport(transaction, { id: record.id, ...target });
      if (!(await withinQuotas(transaction, { workspaceId, defaults: quotas }, starting))) return;
      await queue.enqueue(transaction.executor, "importFile", { importId: record.id });
      const values = { before: { state: record.state }, after: { state: "WRITING", ...target } };
      await audit(transaction, actor, { action: "import:create", id: record.id, fileName: record.fileName, ...values });
    });
    return this.#get(actor, record.id);
  }

  /** @throws AppError NOT_FOUND; CONFLICT for an import that has ended. */
  async cancel(actor: Actor, reference: string): Promise<ImportRecord> {
    policy.requireInWorkspace(actor, "import:create");
    const record = await this.#getOwn(actor, reference);
    await this.#options.database.transaction(async (transaction) => {
      if (!(await cancelImport(transaction, record.id))) return;
      const values = { before: { state: record.state }, after: { state: "CANCELLED" } };
      await audit(transaction, actor, { action: "import:create", id: record.id, fileName: record.fileName, ...values });
    });
    return this.#get(actor, record.id);
  }

  /**
   * Moves the runs to the trash, with the experiments that the import made and that contain nothing else. Idempotent.
   * @throws AppError NOT_FOUND; CONFLICT unless the import has succeeded.
   */
  async undo(actor: Actor, reference: string): Promise<UndoneImport> {
    policy.requireInWorkspace(actor, "import:undo");
    const record = await this.#getOwn(actor, reference);
    const report = this.reportOf(record);
    if (report === null)
      throw new AppError("CONFLICT", "This import has stored nothing, so there is nothing to undo.", { field: importField });
    const { trash } = this.#options;
    const refused: TrashChangeSuccess["refused"][number][] = [];
    let runCount = 0;
    const note = (change: TrashChangeSuccess): void => {
      runCount += change.runCount;
      refused.push(...change.refused);
    };
    const importId = record.id;
    const experiments = await findExperimentsOnlyOfImport(this.#connection, { importId, experimentIds: report.createdExperimentIds });
    if (experiments.length > 0)
      note(
        await trash.trashExperiments(
          actor,
          experiments.map((id) => encodeGlobalId("Experiment", id)),
        ),
      );
    // Those of an experiment that is refused are refused for the same reason.
    const runs = refused.length > 0 ? [] : await findRunIdsOfImport(this.#connection, importId);
    for (let from = 0; from < runs.length; from += atOnce)
      note(
        await trash.trashRuns(
          actor,
          runs.slice(from, from + atOnce).map((id) => encodeGlobalId("Run", id)),
        ),
      );
    if (runCount > 0)
      await this.#options.database.transaction((transaction) =>
        audit(transaction, actor, {
          action: "import:undo",
          id: importId,
          fileName: record.fileName,
          before: { runs: runCount },
          after: null,
        }),
      );
    return { import: await this.#get(actor, importId), runCount, refused };
  }

  async #getOwn(actor: Actor, reference: string): Promise<ImportRecord> {
    const [record] = await this.load(actor, [parseIdOf("Import", reference, importField)]);
    if (record == null) throw new AppError("NOT_FOUND", "There is no such import.", { field: importField });
    return record;
  }

  async #get(actor: Actor, id: string): Promise<ImportRecord> {
    const [record] = await this.load(actor, [id]);
    if (record == null) throw new AppError("NOT_FOUND", "There is no such import.");
    return record;
  }
}

/** An export names its networks, and has its experiments unless it is of one run. @throws AppError INVALID_INPUT. */
function refuseTargets(
  { experimentId, experimentName, modelId }: StartImportInput,
  { subject }: NonNullable<ImportPreview["origin"]>,
): void {
  if (modelId != null)
    throw new AppError("INVALID_INPUT", "This export names its own networks. Start its import without a network.", {
      field: "input.modelId",
    });
  if (subject === "run") return;
  const field = experimentId != null ? "input.experimentId" : "input.experimentName";
  if (experimentId != null || experimentName != null)
    throw new AppError("INVALID_INPUT", "This export has its own experiments. Start its import without one of yours.", { field });
}

function audit(
  { connection }: Transaction,
  actor: MemberActor,
  { id, fileName, ...entry }: { action: "import:create" | "import:undo"; id: string; fileName: string; before: Values; after: Values },
): Promise<unknown> {
  return appendAuditEntry(connection, actor, { ...entry, subjectType: "Import", subjectId: id, subjectName: fileName });
}
