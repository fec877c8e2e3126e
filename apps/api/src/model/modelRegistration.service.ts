/** Registers user models and has them checked. Never opens their files: a worker does so in a separate process. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { isPlainPath } from "@pareidolia/core/plainPath";
import { checkPreprocessing, type Preprocessing } from "@pareidolia/core/preprocessing";
import type { Queue } from "@pareidolia/jobs/queue";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import { createModel, markModelChecking } from "@pareidolia/persistence/lab/models/createModel";
import { labelSpaceOf } from "@pareidolia/persistence/lab/models/labelSpace";
import type { ModelRecord } from "@pareidolia/persistence/lab/models/readModels";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { FinishedUpload } from "@pareidolia/persistence/server/uploads/readUploads";
import { claimUploads } from "@pareidolia/persistence/server/uploads/writeUploads";
import { type QuotaDefaults, withinQuotas } from "@pareidolia/persistence/workspace/quotas/withinQuotas";
import { policy } from "../policy/policy.ts";
import { checkLine, checkText, readIdempotencyKey } from "../text.ts";
import type { NamedUpload, UploadService } from "../upload/upload.service.ts";
import { maxLabels, type PreprocessingInput, type RegisterModelInput } from "./model.input.ts";
import type { ModelService } from "./model.service.ts";
import { readModelAddress } from "./modelAddress.ts";

export interface ModelRegistrationServiceOptions {
  readonly database: Database;
  readonly queue: Queue;
  readonly quotas: QuotaDefaults;
  readonly models: ModelService;
  readonly uploads: UploadService;
}

const maxNameLength = 200;
const maxTextLength = 2_000;
const maxDataFiles = 64;
const modelName = /^(?:[^/]+\.onnx|model\.json)$/i;

function readLabels(given: readonly string[]): string[] {
  const field = "input.labels";
  if (given.length < 2 || given.length > maxLabels)
    throw new AppError("INVALID_INPUT", `Give 2 to ${maxLabels} labels, one per class.`, { field });
  return given.map((label, i) => {
    const text = checkLine(label, { field: `${field}.${i}`, label: "A label", longest: maxNameLength });
    if (text === "") throw new AppError("INVALID_INPUT", "A label cannot be empty.", { field: `${field}.${i}` });
    return text;
  });
}

/** Checks the path by which the model refers to a file. @throws AppError INVALID_INPUT naming `field`. */
function readFileName(name: string, field: string): string {
  if (isPlainPath(name)) return name;
  throw new AppError("INVALID_INPUT", `${JSON.stringify(name.slice(0, 80))} is not a plain file name such as "net.onnx.data".`, { field });
}

function readPreprocessing(input: PreprocessingInput): Preprocessing {
  const { channels } = input;
  if (channels !== 1 && channels !== 3)
    throw new AppError("INVALID_INPUT", "A network's input has 1 channel (grey) or 3 (colour).", { field: "input.preprocessing.channels" });
  try {
    const { width, height, channelOrder, layout, mean, deviation } = input;
    return checkPreprocessing({ width, height, channels, channelOrder, layout, mean, deviation });
  } catch (error) {
    if (error instanceof AppError && error.field !== undefined)
      throw new AppError(error.code, error.message, { field: `input.${error.field}` });
    throw error;
  }
}

export class ModelRegistrationService {
  readonly #options: ModelRegistrationServiceOptions;

  constructor(options: ModelRegistrationServiceOptions) {
    this.#options = options;
  }

  async register(actor: Actor, input: RegisterModelInput): Promise<ModelRecord> {
    const { database, queue, quotas, models, uploads } = this.#options;
    policy.requireInWorkspace(actor, "model:register");
    const name = checkLine(input.name, { field: "input.name", label: "A name", longest: maxNameLength });
    if (name === "") throw new AppError("INVALID_INPUT", "Give the model a name.", { field: "input.name" });
    const description = checkText(input.description ?? "", { field: "input.description", label: "A description", longest: maxTextLength });
    const licence = checkText(input.licence ?? "", { field: "input.licence", label: "A licence", longest: maxTextLength });
    const labels = readLabels(input.labels);
    const preprocessing = readPreprocessing(input.preprocessing);
    const idempotencyKey = readIdempotencyKey(input.idempotencyKey);
    const url = input.url == null ? null : readModelAddress(input.url, "input.url");
    if ((url === null) === (input.uploadId == null))
      throw new AppError("INVALID_INPUT", 'Give either "uploadId" or "url".', {
        field: "input.url",
      });
    const upload =
      input.uploadId == null ? null : await uploads.getFinished(actor, input.uploadId, { kind: "MODEL", field: "input.uploadId" });
    const files = await this.#findFiles(actor, input, upload);
    // Several files are packed into one archive, which has one hash.
    const file = files.length > 1 ? await uploads.pack(actor, files) : upload;
    const labelSpace = await this.#findLabelSpace(actor, input.sameClassesAsId, labels);
    const { workspaceId, userId } = actor;
    const details = { name, description, licence, source: url ?? "Uploaded", file, url, labels, labelSpace, preprocessing };
    const id = await database.transaction(async (transaction) => {
      const model = await withinQuotas(transaction, { workspaceId, defaults: quotas }, async (connection) => {
        const uploadIds = files.map((named) => named.upload.id);
        await claimUploads(connection, uploadIds);
        return createModel(transaction, { workspaceId, createdById: userId, ...details, idempotencyKey });
      });
      if (model.created) {
        await queue.enqueue(transaction.executor, "checkModel", { modelId: model.id });
        const entry = { action: "model:register", subjectType: "Model", subjectId: model.id, subjectName: name };
        const after = { name, url, sha256: file?.sha256 ?? null, labels: labels.length, labelSpace };
        await appendAuditEntry(transaction.connection, actor, { ...entry, before: null, after });
      }
      return model.id;
    });
    return models.get(actor, id);
  }

  /** Queues a check of the model, unless one is pending. A refused model can be checked again. */
  async check(actor: Actor, reference: string): Promise<ModelRecord> {
    const { database, queue, quotas, models } = this.#options;
    const model = await models.getByReference(actor, reference, "input.modelId");
    // All workspaces share the zoo's files, and downloading one changes no results.
    policy.require(actor, "model:check", { ...model, workspaceId: model.workspaceId ?? actor.workspaceId });
    await database.transaction(async (transaction) => {
      // A file that has to be downloaded again counts while it is.
      const isMarked =
        model.workspaceId === null
          ? await markModelChecking(transaction, model.id)
          : await withinQuotas(transaction, { workspaceId: model.workspaceId, defaults: quotas }, () =>
              markModelChecking(transaction, model.id),
            );
      if (!isMarked) return;
      await queue.enqueue(transaction.executor, "checkModel", { modelId: model.id });
      const entry = { action: "model:check", subjectType: "Model", subjectId: model.id, subjectName: model.name };
      const values = { before: { state: model.state }, after: { state: "CHECKING" } };
      await appendAuditEntry(transaction.connection, actor, { ...entry, ...values });
    });
    return models.get(actor, model.id);
  }

  /** The uploaded file and its weight files. */
  async #findFiles(actor: Actor, input: RegisterModelInput, upload: FinishedUpload | null): Promise<readonly NamedUpload[]> {
    const dataFiles = input.dataFiles ?? [];
    if (dataFiles.length === 0) return upload === null ? [] : [{ name: input.fileName ?? "", upload }];
    const field = "input.dataFiles";
    if (upload === null) throw new AppError("INVALID_INPUT", "Only an uploaded model can have data files.", { field });
    if (dataFiles.length > maxDataFiles)
      throw new AppError("INVALID_INPUT", `A model has at most ${maxDataFiles} data files. Pack them into a ZIP archive.`, { field });
    const fileName = readFileName(input.fileName ?? "", "input.fileName");
    if (!modelName.test(fileName))
      throw new AppError("INVALID_INPUT", "Only an .onnx file or a model.json can have data files. Give the name of the model's file.", {
        field: "input.fileName",
      });
    const { uploads } = this.#options;
    const files: NamedUpload[] = [{ name: fileName, upload }];
    for (const [i, { name, uploadId }] of dataFiles.entries()) {
      const place = `${field}.${i}`;
      const path = readFileName(name, `${place}.name`);
      if (files.some((other) => other.name === path))
        throw new AppError("INVALID_INPUT", `Two files have the path "${path}".`, { field: `${place}.name` });
      files.push({ name: path, upload: await uploads.getFinished(actor, uploadId, { kind: "MODEL", field: `${place}.uploadId` }) });
    }
    return files;
  }

  async #findLabelSpace(actor: Actor, sameAs: string | null | undefined, labels: readonly string[]): Promise<string> {
    if (sameAs == null) return labelSpaceOf(labels);
    const field = "input.sameClassesAsId";
    const model = await this.#options.models.getByReference(actor, sameAs, field);
    if (model.labels.length !== labels.length)
      throw new AppError("INVALID_INPUT", `That model has ${model.labels.length} classes; this one has ${labels.length}.`, { field });
    return model.labelSpace;
  }
}
