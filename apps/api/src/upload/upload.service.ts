/** Receives files. Their content is checked later, when a model or photo is created from them. */
import { createHash } from "node:crypto";
import type { Actor, MemberActor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { appendAuditEntry } from "@pareidolia/persistence/audit/appendAuditEntry";
import type { Database } from "@pareidolia/persistence/database/database";
import { fileKey, type ObjectStore } from "@pareidolia/persistence/objectStores/objectStore";
import { deleteUpload } from "@pareidolia/persistence/uploads/deleteUpload";
import { countUnclaimedUploads, findUpload, listUnclaimedUploads, type UploadRecord } from "@pareidolia/persistence/uploads/readUploads";
import { claimUpload, createUpload } from "@pareidolia/persistence/uploads/writeUploads";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ForwardArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import { type BodyDeadlines, withDeadlines } from "./bodyDeadlines.ts";
import { storedZip, type ZipPart } from "./storedZip.ts";
import { type SlotLimits, UploadSlots } from "./uploadSlots.ts";

export interface NamedUpload {
  readonly name: string;
  readonly upload: UploadRecord;
}

/** In bytes. The largest classification networks of the ONNX Model Zoo that runs commonly target have 244 MB. */
export const largestUpload = 256 * 1024 * 1024;

export interface UploadLimits extends BodyDeadlines, SlotLimits {}

export const defaultLimits: UploadLimits = { perUser: 2, total: 16, idleMilliseconds: 30_000, totalMilliseconds: 15 * 60_000 };

const byCreation: CursorShape = { name: "uploads.createdAt", values: ["time", "text"] };
const uploadId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const megabytes = (bytes: number): number => Math.ceil(bytes / 1024 / 1024);

export class UploadService {
  readonly #database: Database;
  readonly #objectStore: ObjectStore;
  readonly #limits: UploadLimits;
  readonly #slots: UploadSlots;

  constructor(options: { database: Database; objectStore: ObjectStore; limits?: UploadLimits | undefined }) {
    this.#database = options.database;
    this.#objectStore = options.objectStore;
    this.#limits = options.limits ?? defaultLimits;
    this.#slots = new UploadSlots(this.#limits);
  }

  /**
   * @throws AppError INVALID_INPUT when the body is empty, longer than `largestUpload` or interrupted; UNAVAILABLE when no slot is free or
   * the body stalls.
   */
  async receive(actor: Actor, body: AsyncIterable<Uint8Array>): Promise<UploadRecord> {
    policy.requireInWorkspace(actor, "upload:create");
    return this.#withSlot(actor, async () => {
      const file = await this.#objectStore.receiveFile(withDeadlines(body, this.#limits), { longest: largestUpload });
      if (file.byteLength === 0) throw new AppError("INVALID_INPUT", "The body is empty. Send the bytes of the file.", { field: "body" });
      const row = { workspaceId: actor.workspaceId, createdById: actor.userId, ...file };
      return this.#database.transaction(async ({ connection }) => {
        const upload = await createUpload(connection, row);
        const entry = { action: "upload:create", subjectType: "Upload", subjectId: upload.id };
        await appendAuditEntry(connection, actor, { ...entry, before: null, after: { ...file } });
        return upload;
      });
    });
  }

  /** @throws AppError INVALID_INPUT or NOT_FOUND, naming `field`. */
  async get(actor: Actor, id: string, field: string): Promise<UploadRecord> {
    if (!uploadId.test(id))
      throw new AppError("INVALID_INPUT", "This is not the ID of an upload. POST the file to /uploads first.", { field });
    const upload = await findUpload(this.#database.connection, id);
    if (upload === null || !policy.allows(actor, "upload:create", upload))
      throw new AppError("NOT_FOUND", "There is no such upload.", { field });
    return upload;
  }

  /**
   * Stores several uploads as one ZIP archive, each under its name.
   * @throws AppError INVALID_INPUT when they are larger than one upload may be; UNAVAILABLE when no slot is free.
   */
  async pack(actor: MemberActor, files: readonly NamedUpload[]): Promise<Pick<UploadRecord, "sha256" | "byteLength">> {
    for (const { upload } of files) policy.require(actor, "upload:create", upload);
    const total = files.reduce((sum, { upload }) => sum + upload.byteLength, 0);
    if (total > largestUpload)
      throw new AppError("INVALID_INPUT", `These files total ${megabytes(total)} MB; the limit is ${megabytes(largestUpload)} MB.`, {
        field: "input.dataFiles",
      });
    return this.#withSlot(actor, async () => {
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
    const upload = await this.get(actor, id, "input.uploadId");
    policy.require(actor, "upload:delete", upload);
    const { workspaceId } = upload;
    await this.#database.transaction(async (transaction) => {
      await deleteUpload(transaction, { workspaceId, uploadId: upload.id });
      const entry = { action: "upload:delete", subjectType: "Upload", subjectId: upload.id };
      const { sha256, byteLength } = upload;
      await appendAuditEntry(transaction.connection, actor, { ...entry, before: { sha256, byteLength }, after: null });
    });
    return upload;
  }

  read(upload: UploadRecord): Promise<Uint8Array> {
    return this.#objectStore.get(fileKey(upload.sha256));
  }

  /** @throws AppError UNAVAILABLE when no slot is free; the slots bound the memory that uploads take. */
  async #withSlot<T>(actor: MemberActor, work: () => Promise<T>): Promise<T> {
    const release = this.#slots.take(actor.userId);
    try {
      return await work();
    } finally {
      release();
    }
  }

  claim(actor: Actor, upload: UploadRecord): Promise<void> {
    policy.require(actor, "upload:create", upload);
    return claimUpload(this.#database.connection, upload.id);
  }
}
