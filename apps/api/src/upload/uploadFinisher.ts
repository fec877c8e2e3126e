/** Finishes uploads: hashes the files that have arrived, stores them by their content, and records their hashes. */
import { AppError } from "@pareidolia/core/appError";
import type { AuditedChange } from "@pareidolia/persistence/access/audit/auditEntry";
import type { Connection, Database } from "@pareidolia/persistence/server/database/database";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { wrongSize } from "@pareidolia/persistence/server/objectStores/postedFiles";
import type { ReceivedFile } from "@pareidolia/persistence/server/objectStores/receivedFile";
import {
  type FinishedUpload,
  findUploads,
  isFinished,
  type UploadKind,
  type UploadRecord,
} from "@pareidolia/persistence/server/uploads/readUploads";
import { type ArrivedPart, countParts, readParts } from "@pareidolia/persistence/server/uploads/uploadParts";
import { finishUploads } from "@pareidolia/persistence/server/uploads/writeUploads";
import type { Logger } from "pino";
import { tolerateOutage } from "../tolerateOutage.ts";

interface UploadFinisherOptions {
  readonly database: Database;
  readonly objectStore: ObjectStore;
  readonly logger: Logger;
  /** Bytes of the file. */
  readonly largest: Readonly<Record<UploadKind, number>>;
}

/** What a transaction that finishes uploads leaves to its caller. */
export interface Recorded {
  /** To be appended to the audit log in the transaction. */
  readonly entries: readonly AuditedChange[];
  /** Not needed once the transaction is stored: to be discarded. */
  readonly files: readonly string[];
}

export class UploadFinisher {
  readonly #options: UploadFinisherOptions;

  constructor(options: UploadFinisherOptions) {
    this.#options = options;
  }

  /**
   * The upload with the hash of its file, which is stored.
   * @throws AppError INVALID_INPUT for another size than announced; CONFLICT when no file, or not each part of it, has arrived.
   */
  async hash(upload: UploadRecord, parts: readonly ArrivedPart[]): Promise<FinishedUpload> {
    const { id } = upload;
    const { posted } = this.#options.objectStore;
    const longest = this.#options.largest[upload.kind];
    if (parts.length > 0 && parts.length < countParts(upload))
      throw new AppError("CONFLICT", `${parts.length} of ${countParts(upload)} parts of the file have arrived. Send the others first.`);
    const file = parts.length > 0 ? await this.#join(id, { parts, longest }) : await posted.keep(id, { longest });
    if (file === null) {
      const current = await this.#findFinished(id);
      if (current !== null) return current;
      throw new AppError("CONFLICT", "The file has not arrived. Send it with the form of the upload, then finish the upload.");
    }
    if (file.byteLength !== upload.byteLength) {
      await posted.discard(id);
      throw wrongSize(upload.byteLength);
    }
    return { ...upload, sha256: file.sha256 };
  }

  /** Another process may have finished it meanwhile. */
  async #findFinished(id: string): Promise<FinishedUpload | null> {
    const [upload] = await findUploads(this.#options.database.connection, [id]);
    return upload != null && isFinished(upload) ? upload : null;
  }

  /** Joins the parts of a file; null if another process has done so and deleted them meanwhile. @throws AppError CONFLICT */
  async #join(
    id: string,
    { parts, longest }: { readonly parts: readonly ArrivedPart[]; readonly longest: number },
  ): Promise<ReceivedFile | null> {
    const { objectStore } = this.#options;
    try {
      return await objectStore.receiveFile(readParts(objectStore.posted, parts), { longest });
    } catch (error) {
      if ((await this.#findFinished(id)) !== null) return null;
      throw error;
    }
  }

  /** Finishes hashed uploads, and skips uploads that another request finished or deleted first. */
  async record(connection: Connection, hashed: readonly FinishedUpload[]): Promise<Recorded> {
    const { finished, partFiles } = await finishUploads(connection, hashed);
    const entries = hashed
      .filter(({ id }) => finished.has(id))
      .map(({ id, fileName, sha256, byteLength }) => ({
        action: "upload:finish",
        subjectType: "Upload",
        subjectId: id,
        subjectName: fileName,
        before: null,
        after: { sha256, byteLength },
      }));
    return { entries, files: [...partFiles, ...finished] };
  }

  /** Deletes files that are no longer needed. If this fails, a clean-up deletes them. */
  async discard(fileIds: readonly string[]): Promise<void> {
    const { objectStore, logger } = this.#options;
    const tolerate = tolerateOutage(logger, "A file that is no longer needed could not be deleted.");
    for (const fileId of fileIds) await objectStore.posted.discard(fileId).catch(tolerate);
  }
}
