/**
 * Uploads: a file is requested, which reserves its size in the workspace's quota; then sent with a presigned form, to the object store or
 * to the API; then finished, which measures and hashes the file that arrived. Its content is checked later, when a model or photo is
 * created from it.
 */
import { createHash, randomUUID } from "node:crypto";
import type { Actor, MemberActor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { formatByteSize } from "@pareidolia/core/byteSize";
import { maxPhotoFileSize } from "@pareidolia/images/decodePhoto";
import { appendAuditEntries, appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { cleanUpGraceMilliseconds, fileKey, maxFileSize, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { isUploadId } from "@pareidolia/persistence/server/objectStores/postedFiles";
import { deleteUpload } from "@pareidolia/persistence/server/uploads/deleteUpload";
import {
  countUnclaimedUploads,
  type FinishedUpload,
  findPendingUpload,
  findUploads,
  isFinished,
  listUnclaimedUploads,
  type UploadKind,
  type UploadRecord,
} from "@pareidolia/persistence/server/uploads/readUploads";
import {
  countParts,
  countReceivedPart,
  lengthOfPart,
  listParts,
  listPartsOf,
  requireInOrder,
  uploadPartBytes,
  writeUploadPart,
} from "@pareidolia/persistence/server/uploads/uploadParts";
import { createUploads } from "@pareidolia/persistence/server/uploads/writeUploads";
import { defaultLargestImport } from "@pareidolia/persistence/workspace/quotas/readQuotas";
import { type QuotaDefaults, withinQuotas } from "@pareidolia/persistence/workspace/quotas/withinQuotas";
import type { Logger } from "pino";
import { addressFor } from "../http/workspaceAddress.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import { requireBatch, type Settled, settleAll, settleTogether } from "../settled.ts";
import { type AnnouncedFile, readAnnouncedFile, requireKind } from "./announcedFile.ts";
import { type BodyDeadlines, withDeadlines } from "./bodyDeadlines.ts";
import { readMultipartForm } from "./multipartForm.ts";
import { readExactly } from "./readExactly.ts";
import { storedZip, type ZipPart } from "./storedZip.ts";
import type { FileInput } from "./upload.input.ts";
import { type IssuedUpload, toFormType } from "./upload.type.ts";
import { UploadFinisher } from "./uploadFinisher.ts";
import { type SlotLimits, UploadSlots } from "./uploadSlots.ts";

export interface NamedUpload {
  readonly name: string;
  readonly upload: FinishedUpload;
}

export interface UploadLimits extends BodyDeadlines, SlotLimits {
  /** How long the form of an upload can be sent. */
  readonly formMilliseconds: number;
}

const minute = 60_000;

export const defaultLimits: UploadLimits = {
  // The pages send as many photographs at once.
  perUser: 4,
  total: 16,
  idleMilliseconds: minute / 2,
  totalMilliseconds: 15 * minute,
  slowestRate: 256 * 1024,
  formMilliseconds: 15 * minute,
};

const byCreation: CursorShape = { name: "uploads.createdAt", values: ["time", "text"] };
const uploadField = "input.uploadId";

interface SentForm {
  readonly body: AsyncIterable<Uint8Array>;
  readonly contentType: string | undefined;
}

interface SentPart {
  readonly uploadId: string;
  /** Zero-based. */
  readonly index: number;
  /** The sender's own hash, in hexadecimal; null if it sent none. */
  readonly sha256: string | null;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Which parts of a file have arrived. */
export interface ArrivedParts {
  readonly partBytes: number;
  readonly partCount: number;
  /** Hashes of the parts that have arrived, in order. */
  readonly sha256s: readonly string[];
  readonly expiresAt: Date;
}

interface UploadServiceOptions {
  readonly database: Database;
  readonly objectStore: ObjectStore;
  readonly logger: Logger;
  readonly quotas: QuotaDefaults;
  /** Bytes of the file of an import. */
  readonly largestImport?: number | undefined;
  readonly limits?: UploadLimits | undefined;
}

function entryOf(action: string, { id, fileName }: Pick<UploadRecord, "id" | "fileName">) {
  return { action, subjectType: "Upload", subjectId: id, subjectName: fileName };
}

/** The deadline for the parts of its file; a clean-up deletes the upload after that. */
const expiryOf = ({ createdAt }: UploadRecord): Date => new Date(createdAt.getTime() + cleanUpGraceMilliseconds);

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

export class UploadService {
  readonly #database: Database;
  readonly #objectStore: ObjectStore;
  readonly #quotas: QuotaDefaults;
  readonly #largest: Readonly<Record<UploadKind, number>>;
  readonly #limits: UploadLimits;
  readonly #slots: UploadSlots;
  /** For services that finish uploads in a transaction of their own. */
  readonly finisher: UploadFinisher;
  /** Uploads whose files are being measured, by ID. */
  readonly #finishing = new Map<string, Promise<FinishedUpload>>();

  constructor({ database, objectStore, logger, quotas, largestImport = defaultLargestImport, limits }: UploadServiceOptions) {
    this.#database = database;
    this.#objectStore = objectStore;
    this.#quotas = quotas;
    this.#largest = { MODEL: maxFileSize, PHOTO: maxPhotoFileSize, IMPORT: largestImport };
    this.#limits = limits ?? defaultLimits;
    this.finisher = new UploadFinisher({ database, objectStore, logger, largest: this.#largest });
    this.#slots = new UploadSlots(this.#limits);
  }

  /** @throws AppError INVALID_INPUT; QUOTA_EXCEEDED. */
  async request(actor: Actor, input: FileInput): Promise<IssuedUpload> {
    policy.requireInWorkspace(actor, "upload:create");
    const [issued] = await this.#reserve(actor, [readAnnouncedFile(input, "input", this.#largest)]);
    return issued as IssuedUpload;
  }

  /** Requests several uploads in one transaction. What is refused leaves the others. @throws AppError INVALID_INPUT */
  async requestMany(actor: Actor, inputs: readonly FileInput[]): Promise<Settled<IssuedUpload>[]> {
    policy.requireInWorkspace(actor, "upload:create");
    requireBatch(inputs, "input.files");
    const files = await settleAll(inputs, async (input, i) => readAnnouncedFile(input, `input.files.${i}`, this.#largest));
    return settleTogether(files, (accepted) => this.#reserve(actor, accepted));
  }

  async #reserve(actor: MemberActor, files: readonly AnnouncedFile[]): Promise<IssuedUpload[]> {
    const { userId, workspaceId } = actor;
    const formExpiresAt = new Date(Date.now() + this.#limits.formMilliseconds);
    const rows = files.map((file) => ({ workspaceId, createdById: userId, ...file, formExpiresAt }));
    return this.#database.transaction(async (transaction) => {
      const uploads = await withinQuotas(transaction, { workspaceId, defaults: this.#quotas }, (connection) =>
        createUploads(connection, rows),
      );
      const issued: IssuedUpload[] = [];
      for (const upload of uploads) {
        const form = await this.#objectStore.posted.presign({ ...upload, expiresAt: formExpiresAt });
        issued.push({ upload, form: toFormType({ ...form, url: addressFor(actor, form.url) }, formExpiresAt) });
      }
      const entries = uploads.map(({ id, kind, fileName, byteLength }) => ({
        ...entryOf("upload:create", { id, fileName }),
        before: null,
        after: { kind, fileName, byteLength },
      }));
      await appendAuditEntries(transaction.connection, actor, entries);
      return issued;
    });
  }

  /**
   * Receives the file of a form that was sent to the API.
   * @throws AppError INVALID_INPUT when the body is malformed, interrupted or of another size; FORBIDDEN when the form is invalid, has
   * expired or belongs to another workspace; UNAVAILABLE when no slot is free or the body stalls.
   */
  async receive(actor: Actor, { body, contentType }: SentForm): Promise<void> {
    const scope = policy.scope(actor, "upload:create");
    const { posted } = this.#objectStore;
    const { fields, file } = await readMultipartForm(withDeadlines(body, this.#limits), contentType);
    const terms = await posted.verify(fields);
    const upload = await findPendingUpload(this.#database.connection, { scope, id: terms.id });
    if (upload === null)
      throw new AppError("FORBIDDEN", "This upload is finished or deleted, so its form is no longer valid. Request another upload.");
    await this.#withSlot(upload.createdById, () => posted.receive(terms, file));
  }

  /** Which parts of an unfinished upload have arrived. @throws AppError INVALID_INPUT, NOT_FOUND or FORBIDDEN. */
  async findParts(actor: Actor, uploadId: string): Promise<ArrivedParts> {
    const upload = await this.#findContinued(actor, uploadId);
    const sha256s = (await listParts(this.#database.connection, uploadId)).map(({ sha256 }) => sha256);
    return { partBytes: uploadPartBytes, partCount: countParts(upload), sha256s, expiresAt: expiryOf(upload) };
  }

  /**
   * Receives one part of a file. Parts arrive in order; a part that has arrived may be sent again.
   * @throws AppError INVALID_INPUT if the part does not exist, or its length or hash is wrong; FORBIDDEN for another sender or an expired
   * upload; CONFLICT if an earlier part is missing; QUOTA_EXCEEDED if replaced parts exceed what the workspace may send; UNAVAILABLE if no
   * slot is free or the body stalls.
   */
  async receivePart(actor: Actor, { uploadId, index, sha256, body }: SentPart): Promise<{ readonly sha256: string }> {
    const upload = await this.#findContinued(actor, uploadId);
    const length = lengthOfPart(upload, index);
    if (length === null)
      throw new AppError("INVALID_INPUT", `This file has the parts 0 to ${countParts(upload) - 1} of ${uploadPartBytes} bytes.`, {
        field: "index",
      });
    requireInOrder(index, (await listParts(this.#database.connection, uploadId)).length);
    return this.#withSlot(upload.createdById, async () => {
      const bytes = await readExactly(withDeadlines(body, this.#limits), length);
      const found = createHash("sha256").update(bytes).digest("hex");
      if (sha256 !== null && sha256 !== found)
        throw new AppError("INVALID_INPUT", "The part was damaged in transit: its SHA-256 differs. Send it again.", { field: "body" });
      const part = { uploadId, index, sha256: found, fileId: randomUUID() };
      const quotas = { workspaceId: upload.workspaceId, defaults: this.#quotas };
      // Before the store has it, so that a refused part takes no space.
      await this.#database.transaction((transaction) =>
        withinQuotas(transaction, quotas, (connection) => countReceivedPart(connection, part, length)),
      );
      const { posted } = this.#objectStore;
      await posted.receive({ id: part.fileId, byteLength: length, expiresAt: expiryOf(upload) }, oneChunk(bytes));
      // The file of a part that is refused is left to a clean-up: after a lost connection, the row may be stored.
      const replaced = await this.#database.transaction((transaction) => writeUploadPart(transaction, part));
      if (replaced !== null) await this.finisher.discard([replaced]);
      return { sha256: found };
    });
  }

  /** An unfinished upload. Only the member who requested it can continue it: no other member has the file. */
  async #findContinued(actor: Actor, id: string): Promise<UploadRecord> {
    policy.requireInWorkspace(actor, "upload:create");
    const upload = await this.#find(actor, id, "uploadId");
    if (upload.createdById !== actor.userId)
      throw new AppError("FORBIDDEN", "Only the member who requested this upload can continue it. Request an upload of your own.");
    if (isFinished(upload)) throw new AppError("FORBIDDEN", "This upload is finished.");
    if (Date.now() >= expiryOf(upload).getTime())
      throw new AppError("FORBIDDEN", "This upload has expired, a day after it was requested. Request another upload.");
    return upload;
  }

  /**
   * Measures and hashes the file that has arrived.
   * @throws AppError INVALID_INPUT for another size than announced; NOT_FOUND; CONFLICT when no file has arrived; UNAVAILABLE when no slot
   * is free.
   */
  async finish(actor: Actor, id: string): Promise<FinishedUpload> {
    const upload = await this.#find(actor, id, uploadField);
    policy.require(actor, "upload:finish", upload);
    if (isFinished(upload)) return upload;
    // A large file in a slow store can take longer than a request may: the next request for it joins the work in progress.
    const running = this.#finishing.get(id) ?? this.#withSlot(actor.userId, () => this.#measure(actor, upload));
    this.#finishing.set(id, running);
    try {
      return await running;
    } finally {
      this.#finishing.delete(id);
    }
  }

  async #measure(actor: MemberActor, upload: UploadRecord): Promise<FinishedUpload> {
    const { id } = upload;
    const hashed = await this.finisher.hash(upload, await listParts(this.#database.connection, id));
    const unneeded = await this.#database.transaction(async ({ connection }) => {
      const { entries, files } = await this.finisher.record(connection, [hashed]);
      await appendAuditEntries(connection, actor, entries);
      return files;
    });
    const finished = await this.#find(actor, id, uploadField);
    if (!isFinished(finished)) throw new AppError("NOT_FOUND", "There is no such upload.", { field: uploadField });
    await this.finisher.discard(unneeded);
    return finished;
  }

  /**
   * Hashes the files of several uploads, and calls `use` with each; the caller then finishes them with `finisher`. Refusals leave the other files.
   * @throws AppError INVALID_INPUT or NOT_FOUND for an ID that is not of an upload in this workspace; UNAVAILABLE when no slot is free.
   */
  async useMany<T>(
    actor: Actor,
    ids: readonly string[],
    { kind, fieldOf }: { readonly kind: UploadKind; readonly fieldOf: (index: number) => string },
    use: (upload: FinishedUpload, index: number) => Promise<T>,
  ): Promise<Settled<T>[]> {
    const uploads = await this.#findAll(actor, ids, fieldOf);
    for (const upload of uploads) policy.require(actor, "upload:finish", upload);
    policy.requireInWorkspace(actor, "upload:finish");
    const { userId } = actor;
    const parts = await listPartsOf(this.#database.connection, ids);
    const hashAndUse = async (upload: UploadRecord, i: number): Promise<T> => {
      requireKind(upload, kind, fieldOf(i));
      return use(isFinished(upload) ? upload : await this.finisher.hash(upload, parts[i] ?? []), i);
    };
    return this.#withSlot(userId, () => settleAll(uploads, hashAndUse, { atOnce: 2 }));
  }

  /** @throws AppError INVALID_INPUT for an unfinished upload or one of another kind, or NOT_FOUND; both name `field`. */
  async getFinished(actor: Actor, id: string, { kind, field }: { kind: UploadKind; field: string }): Promise<FinishedUpload> {
    const upload = await this.#find(actor, id, field);
    if (!isFinished(upload))
      throw new AppError("INVALID_INPUT", "This upload is unfinished. Send its file and call finishUpload first.", { field });
    requireKind(upload, kind, field);
    return upload;
  }

  /** @throws AppError INVALID_INPUT or NOT_FOUND, naming `field`. */
  async #find(actor: Actor, id: string, field: string): Promise<UploadRecord> {
    const [upload] = await this.#findAll(actor, [id], () => field);
    return upload as UploadRecord;
  }

  async #findAll(actor: Actor, ids: readonly string[], fieldOf: (index: number) => string): Promise<UploadRecord[]> {
    const unfit = ids.findIndex((id) => !isUploadId(id));
    if (unfit >= 0)
      throw new AppError("INVALID_INPUT", "This is not the ID of an upload. Call requestUpload first.", { field: fieldOf(unfit) });
    return (await findUploads(this.#database.connection, ids)).map((upload, i) => {
      if (upload !== null && policy.allows(actor, "upload:read", upload)) return upload;
      throw new AppError("NOT_FOUND", "There is no such upload.", { field: fieldOf(i) });
    });
  }

  /**
   * Stores several uploads as one ZIP archive, each under its name. `getFinished` has returned them for this actor.
   * @throws AppError INVALID_INPUT when they are larger than one upload may be; UNAVAILABLE when no slot is free.
   */
  async pack(actor: MemberActor, files: readonly NamedUpload[]): Promise<Pick<FinishedUpload, "sha256" | "byteLength">> {
    const total = files.reduce((sum, { upload }) => sum + upload.byteLength, 0);
    if (total > maxFileSize)
      throw new AppError("INVALID_INPUT", `These files total ${formatByteSize(total)}; the limit is ${formatByteSize(maxFileSize)}.`, {
        field: "input.dataFiles",
      });
    return this.#withSlot(actor.userId, async () => {
      const parts: ZipPart[] = [];
      for (const { name, upload } of files) parts.push({ name, content: await this.read(upload) });
      const archive = storedZip(parts);
      const sha256 = createHash("sha256").update(archive).digest("hex");
      await this.#objectStore.put(fileKey(sha256), archive, { contentType: "application/zip" });
      return { sha256, byteLength: archive.length };
    });
  }

  async listUnclaimed(actor: Actor, args: ConnectionArguments): Promise<Connection<UploadRecord>> {
    const scope = policy.scope(actor, "upload:read");
    const { connection } = this.#database;
    const page = await listUnclaimedUploads(connection, { scope, page: readPage(args, byCreation) });
    return toConnection(
      page,
      byCreation,
      counterOf(this.#database, (request) => countUnclaimedUploads(request, scope)),
    );
  }

  /** @throws AppError INVALID_INPUT or NOT_FOUND. */
  async delete(actor: Actor, id: string): Promise<UploadRecord> {
    const upload = await this.#find(actor, id, uploadField);
    policy.require(actor, "upload:delete", upload);
    const { workspaceId, kind, fileName, sha256, byteLength } = upload;
    const partFiles = await this.#database.transaction(async (transaction) => {
      const unneeded = await deleteUpload(transaction, { workspaceId, uploadId: upload.id });
      const change = { before: { kind, fileName, sha256, byteLength }, after: null };
      await appendAuditEntry(transaction.connection, actor, { ...entryOf("upload:delete", upload), ...change });
      return unneeded;
    });
    await this.finisher.discard(partFiles);
    if (!isFinished(upload)) await this.finisher.discard([id]);
    return upload;
  }

  read(upload: FinishedUpload): Promise<Uint8Array> {
    return this.#objectStore.get(fileKey(upload.sha256));
  }

  /** @throws AppError UNAVAILABLE when no slot is free; the slots bound the memory that uploads take. */
  async #withSlot<T>(userId: string, work: () => Promise<T>): Promise<T> {
    const release = this.#slots.take(userId);
    try {
      return await work();
    } finally {
      release();
    }
  }
}
