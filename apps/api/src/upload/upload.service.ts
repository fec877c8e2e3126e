/**
 * Uploads: a file is requested, which reserves its size in the workspace's quota; then sent with a presigned form, to the object store or
 * to the API; then finished, which measures and hashes the file that arrived. Its content is checked later, when a model or photo is
 * created from it.
 */
import { createHash, randomUUID } from "node:crypto";
import type { Actor, MemberActor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { formatByteSize } from "@pareidolia/core/byteSize";
import { largestPhotoFile } from "@pareidolia/images/decodePhoto";
import { appendAuditEntry } from "@pareidolia/persistence/audit/appendAuditEntry";
import type { Database } from "@pareidolia/persistence/database/database";
import { cleanUpGraceMilliseconds, fileKey, largestFile, type ObjectStore } from "@pareidolia/persistence/objectStores/objectStore";
import { isUploadId, wrongSize } from "@pareidolia/persistence/objectStores/postedFiles";
import type { ReceivedFile } from "@pareidolia/persistence/objectStores/receivedFile";
import { defaultLargestImport } from "@pareidolia/persistence/quotas/readQuotas";
import { type QuotaDefaults, withinQuotas } from "@pareidolia/persistence/quotas/withinQuotas";
import { deleteUpload } from "@pareidolia/persistence/uploads/deleteUpload";
import {
  countUnclaimedUploads,
  type FinishedUpload,
  findPendingUpload,
  findUpload,
  isFinished,
  listUnclaimedUploads,
  type UploadKind,
  type UploadRecord,
} from "@pareidolia/persistence/uploads/readUploads";
import {
  type ArrivedPart,
  countParts,
  countReceivedPart,
  lengthOfPart,
  listParts,
  readParts,
  requireInOrder,
  uploadPartBytes,
  writeUploadPart,
} from "@pareidolia/persistence/uploads/uploadParts";
import { createUpload, finishUpload } from "@pareidolia/persistence/uploads/writeUploads";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ForwardArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import { checkText } from "../text.ts";
import { type BodyDeadlines, withDeadlines } from "./bodyDeadlines.ts";
import { readMultipartForm } from "./multipartForm.ts";
import { readExactly } from "./readExactly.ts";
import { storedZip, type ZipPart } from "./storedZip.ts";
import type { RequestUploadInput } from "./upload.input.ts";
import { type IssuedUpload, toFormType } from "./upload.type.ts";
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
  perUser: 2,
  total: 16,
  idleMilliseconds: minute / 2,
  totalMilliseconds: 15 * minute,
  slowestRate: 256 * 1024,
  formMilliseconds: 15 * minute,
};

const byCreation: CursorShape = { name: "uploads.createdAt", values: ["time", "text"] };
const longestName = 200;
const uploadField = "input.uploadId";
const usedFor: Readonly<Record<UploadKind, string>> = { MODEL: "a model", PHOTO: "a photo", IMPORT: "an import" };

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
  readonly quotas: QuotaDefaults;
  /** Bytes of the file of an import. */
  readonly largestImport?: number | undefined;
  readonly limits?: UploadLimits | undefined;
}

function readSize({ kind, byteLength }: RequestUploadInput, largestOfKind: Readonly<Record<UploadKind, number>>): number {
  const field = "input.byteLength";
  if (byteLength === 0) throw new AppError("INVALID_INPUT", "The file is empty.", { field });
  if (!Number.isSafeInteger(byteLength) || byteLength < 0)
    throw new AppError("INVALID_INPUT", "The size of a file must be a whole number of bytes.", { field });
  const largest = largestOfKind[kind];
  if (byteLength > largest)
    throw new AppError("INVALID_INPUT", `The file of ${usedFor[kind]} must not exceed ${formatByteSize(largest)}.`, { field });
  return byteLength;
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
  /** Uploads whose files are being measured, by ID. */
  readonly #finishing = new Map<string, Promise<FinishedUpload>>();

  constructor({ database, objectStore, quotas, largestImport = defaultLargestImport, limits }: UploadServiceOptions) {
    this.#database = database;
    this.#objectStore = objectStore;
    this.#quotas = quotas;
    this.#largest = { MODEL: largestFile, PHOTO: largestPhotoFile, IMPORT: largestImport };
    this.#limits = limits ?? defaultLimits;
    this.#slots = new UploadSlots(this.#limits);
  }

  /** @throws AppError INVALID_INPUT; QUOTA_EXCEEDED. */
  async request(actor: Actor, input: RequestUploadInput): Promise<IssuedUpload> {
    policy.requireInWorkspace(actor, "upload:create");
    const { kind } = input;
    const { userId, workspaceId } = actor;
    const fileName = checkText(input.fileName, { field: "input.fileName", label: "The name of a file", longest: longestName });
    if (fileName === "") throw new AppError("INVALID_INPUT", "Give the name of the file.", { field: "input.fileName" });
    const byteLength = readSize(input, this.#largest);
    const expiresAt = new Date(Date.now() + this.#limits.formMilliseconds);
    const row = { workspaceId, createdById: userId, kind, fileName, byteLength, formExpiresAt: expiresAt };
    return this.#database.transaction(async (transaction) => {
      const upload = await withinQuotas(transaction, { workspaceId, defaults: this.#quotas }, (connection) =>
        createUpload(connection, row),
      );
      const form = await this.#objectStore.posted.presign({ id: upload.id, byteLength, expiresAt });
      const entry = { action: "upload:create", subjectType: "Upload", subjectId: upload.id, subjectName: fileName };
      await appendAuditEntry(transaction.connection, actor, { ...entry, before: null, after: { kind, fileName, byteLength } });
      return { upload, form: toFormType(form, expiresAt) };
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
      if (replaced !== null) await this.#discard([replaced]);
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
    const { posted } = this.#objectStore;
    const longest = this.#largest[upload.kind];
    const parts = await listParts(this.#database.connection, id);
    if (parts.length > 0 && parts.length < countParts(upload))
      throw new AppError("CONFLICT", `${parts.length} of ${countParts(upload)} parts of the file have arrived. Send the others first.`);
    const file = parts.length > 0 ? await this.#join(actor, id, { parts, longest }) : await posted.keep(id, { longest });
    if (file === null) {
      // Another process may have finished it meanwhile.
      const current = await this.#find(actor, id, uploadField);
      if (isFinished(current)) return current;
      throw new AppError("CONFLICT", "The file has not arrived. Send it with the form of the upload, then finish the upload.");
    }
    if (file.byteLength !== upload.byteLength) {
      await posted.discard(id);
      throw wrongSize(upload.byteLength);
    }
    const { sha256, byteLength } = file;
    const partFiles = await this.#database.transaction(async ({ connection }) => {
      const unneeded = await finishUpload(connection, id, sha256);
      if (unneeded === null) return [];
      const entry = { action: "upload:finish", subjectType: "Upload", subjectId: id, subjectName: upload.fileName };
      await appendAuditEntry(connection, actor, { ...entry, before: null, after: { sha256, byteLength } });
      return unneeded;
    });
    await this.#discard(partFiles);
    const finished = await this.#find(actor, id, uploadField);
    if (!isFinished(finished)) throw new AppError("NOT_FOUND", "There is no such upload.", { field: uploadField });
    // If this fails, a clean-up removes the file.
    await posted.discard(id).catch(() => undefined);
    return finished;
  }

  /** Joins the parts of a file; null if another process has done so and deleted them meanwhile. @throws AppError CONFLICT */
  async #join(
    actor: MemberActor,
    id: string,
    { parts, longest }: { readonly parts: readonly ArrivedPart[]; readonly longest: number },
  ): Promise<ReceivedFile | null> {
    try {
      return await this.#objectStore.receiveFile(readParts(this.#objectStore.posted, parts), { longest });
    } catch (error) {
      if (isFinished(await this.#find(actor, id, uploadField))) return null;
      throw error;
    }
  }

  /** Deletes files that no row names. If this fails, a clean-up deletes them. */
  async #discard(fileIds: readonly string[]): Promise<void> {
    for (const fileId of fileIds) await this.#objectStore.posted.discard(fileId).catch(() => undefined);
  }

  /** @throws AppError INVALID_INPUT for an unfinished upload or one of another kind, or NOT_FOUND; both name `field`. */
  async getFinished(actor: Actor, id: string, { kind, field }: { kind: UploadKind; field: string }): Promise<FinishedUpload> {
    const upload = await this.#find(actor, id, field);
    if (!isFinished(upload))
      throw new AppError("INVALID_INPUT", "This upload is unfinished. Send its file and call finishUpload first.", { field });
    if (upload.kind !== kind)
      throw new AppError("INVALID_INPUT", `This upload is for ${usedFor[upload.kind]}. Request an upload of kind ${kind}.`, { field });
    return upload;
  }

  /** @throws AppError INVALID_INPUT or NOT_FOUND, naming `field`. */
  async #find(actor: Actor, id: string, field: string): Promise<UploadRecord> {
    if (!isUploadId(id)) throw new AppError("INVALID_INPUT", "This is not the ID of an upload. Call requestUpload first.", { field });
    const upload = await findUpload(this.#database.connection, id);
    if (upload === null || !policy.allows(actor, "upload:read", upload))
      throw new AppError("NOT_FOUND", "There is no such upload.", { field });
    return upload;
  }

  /**
   * Stores several uploads as one ZIP archive, each under its name. `getFinished` has returned them for this actor.
   * @throws AppError INVALID_INPUT when they are larger than one upload may be; UNAVAILABLE when no slot is free.
   */
  async pack(actor: MemberActor, files: readonly NamedUpload[]): Promise<Pick<FinishedUpload, "sha256" | "byteLength">> {
    const total = files.reduce((sum, { upload }) => sum + upload.byteLength, 0);
    if (total > largestFile)
      throw new AppError("INVALID_INPUT", `These files total ${formatByteSize(total)}; the limit is ${formatByteSize(largestFile)}.`, {
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

  async listUnclaimed(actor: Actor, args: ForwardArguments): Promise<Connection<UploadRecord>> {
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
      const entry = { action: "upload:delete", subjectType: "Upload", subjectId: upload.id, subjectName: fileName };
      await appendAuditEntry(transaction.connection, actor, { ...entry, before: { kind, fileName, sha256, byteLength }, after: null });
      return unneeded;
    });
    await this.#discard(partFiles);
    // If this fails, a clean-up removes the file.
    if (!isFinished(upload)) await this.#objectStore.posted.discard(id).catch(() => undefined);
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
