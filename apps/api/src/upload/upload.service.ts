/** Receives files. Their content is checked later, when a model or a photo is made from them. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { Database } from "@pareidolia/persistence/database";
import { fileKey, type ObjectStore } from "@pareidolia/persistence/objectStores/objectStore";
import { claimUpload, createUpload, findUpload, type UploadRecord } from "@pareidolia/persistence/queries/uploadQueries";
import { policy } from "../policy/policy.ts";
import { type BodyDeadlines, withDeadlines } from "./bodyDeadlines.ts";
import { type SlotLimits, UploadSlots } from "./uploadSlots.ts";

/** The largest networks of the ONNX Model Zoo's classification shelf that anybody evolves against have 244 MB. */
export const largestUpload = 256 * 1024 * 1024;

export interface UploadLimits extends BodyDeadlines, SlotLimits {}

export const usualLimits: UploadLimits = { forEachUser: 2, inAll: 16, idleMilliseconds: 30_000, totalMilliseconds: 15 * 60_000 };

const uploadId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export class UploadService {
  readonly #database: Database;
  readonly #objectStore: ObjectStore;
  readonly #limits: UploadLimits;
  readonly #slots: UploadSlots;

  constructor(options: { database: Database; objectStore: ObjectStore; limits?: UploadLimits | undefined }) {
    this.#database = options.database;
    this.#objectStore = options.objectStore;
    this.#limits = options.limits ?? usualLimits;
    this.#slots = new UploadSlots(this.#limits);
  }

  /**
   * @throws AppError INVALID_INPUT when the body is empty, longer than `largestUpload` or cut off; UNAVAILABLE when no slot is free or
   * the body stalls.
   */
  async receive(actor: Actor, body: AsyncIterable<Uint8Array>): Promise<UploadRecord> {
    policy.require(actor, "upload:create", actor);
    const release = this.#slots.take(actor.userId);
    try {
      const file = await this.#objectStore.receiveFile(withDeadlines(body, this.#limits), { longest: largestUpload });
      if (file.byteLength === 0) throw new AppError("INVALID_INPUT", "The body is empty: send the file's bytes.", { field: "body" });
      return await createUpload(this.#database.connection, { workspaceId: actor.workspaceId, createdById: actor.userId, ...file });
    } finally {
      release();
    }
  }

  /** @throws AppError INVALID_INPUT or NOT_FOUND, naming `field`. */
  async get(actor: Actor, id: string, field: string): Promise<UploadRecord> {
    if (!uploadId.test(id)) throw new AppError("INVALID_INPUT", "This is no upload's id: POST the file to /uploads first.", { field });
    const upload = await findUpload(this.#database.connection, id);
    if (upload === null || !policy.allows(actor, "upload:create", upload))
      throw new AppError("NOT_FOUND", "There is no such upload.", { field });
    return upload;
  }

  read(upload: UploadRecord): Promise<Uint8Array> {
    return this.#objectStore.get(fileKey(upload.sha256));
  }

  claim(actor: Actor, upload: UploadRecord): Promise<void> {
    policy.require(actor, "upload:create", upload);
    return claimUpload(this.#database.connection, upload.id);
  }
}
