/** Creates photos from uploads, and reads them. Stores a PNG encoded from the decoded pixels, never the uploaded file. */
import { createHash } from "node:crypto";
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { decodePhoto } from "@pareidolia/images/decodePhoto";
import { encodePng } from "@pareidolia/images/png";
import { appendAuditEntry } from "@pareidolia/persistence/audit/appendAuditEntry";
import type { Database } from "@pareidolia/persistence/database/database";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/objectStores/objectStore";
import { createPhotoOnce } from "@pareidolia/persistence/photos/createPhoto";
import { countRunsFromPhotos, deletePhoto } from "@pareidolia/persistence/photos/deletePhoto";
import { countPhotos, findPhotos, listPhotos, type PhotoRecord } from "@pareidolia/persistence/photos/readPhotos";
import { type QuotaDefaults, withinQuotas } from "@pareidolia/persistence/quotas/withinQuotas";
import { claimUploads } from "@pareidolia/persistence/uploads/writeUploads";
import { parseIdOf, parseReference } from "../globalId/globalId.ts";
import type { ImageService } from "../image/image.service.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ForwardArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import { checkText, readIdempotencyKey } from "../text.ts";
import type { UploadService } from "../upload/upload.service.ts";
import type { UploadImageInput } from "./photo.input.ts";

const byCreation: CursorShape = { name: "photos.createdAt", values: ["time", "text"] };
const longestName = 200;

interface PhotoServiceOptions {
  readonly database: Database;
  readonly objectStore: ObjectStore;
  readonly quotas: QuotaDefaults;
  readonly uploads: UploadService;
  readonly images: ImageService;
}

export class PhotoService {
  readonly #database: Database;
  readonly #objectStore: ObjectStore;
  readonly #uploads: UploadService;
  readonly #images: ImageService;
  readonly #quotas: QuotaDefaults;

  constructor(options: PhotoServiceOptions) {
    this.#database = options.database;
    this.#quotas = options.quotas;
    this.#objectStore = options.objectStore;
    this.#uploads = options.uploads;
    this.#images = options.images;
  }

  async load(actor: Actor, ids: readonly string[]): Promise<(PhotoRecord | null)[]> {
    return policy.only(actor, "photo:read", await findPhotos(this.#database.connection, ids));
  }

  async list(actor: Actor, args: ForwardArguments): Promise<Connection<PhotoRecord>> {
    const scope = policy.scope(actor, "photo:read");
    const { connection } = this.#database;
    const page = await listPhotos(connection, { scope, page: readPage(args, byCreation) });
    return toConnection(
      page,
      byCreation,
      counterOf(this.#database, (request) => countPhotos(request, scope)),
    );
  }

  /** The SHA-256 of the image with a Photo's or an Image's ID. @throws AppError INVALID_INPUT or NOT_FOUND, naming `field`. */
  async findSource(actor: Actor, text: string, field: string): Promise<string> {
    const reference = parseReference(text, field);
    if (!("id" in reference) || (reference.type !== "Photo" && reference.type !== "Image"))
      throw new AppError("INVALID_INPUT", `This ID has type ${reference.type}. Give the ID of a Photo or an Image.`, { field });
    if (reference.type === "Photo") {
      const [photo] = await this.load(actor, [reference.id]);
      if (photo == null) throw new AppError("NOT_FOUND", "There is no such photo.", { field });
      return photo.image.sha256;
    }
    return (await this.#images.getByReference(actor, text, field)).sha256;
  }

  /** The number of runs started from each photo's image. */
  async countRuns(actor: Actor, photoIds: readonly string[]): Promise<number[]> {
    const scope = policy.scope(actor, "run:read");
    return countRunsFromPhotos(this.#database.connection, { scope, photoIds });
  }

  /** @throws AppError INVALID_INPUT; NOT_FOUND; FORBIDDEN; CONFLICT for a sample. */
  async delete(actor: Actor, reference: string): Promise<PhotoRecord> {
    const field = "input.photoId";
    const [photo] = await this.load(actor, [parseIdOf("Photo", reference, field)]);
    if (photo == null) throw new AppError("NOT_FOUND", "There is no such photo.", { field });
    const { id, workspaceId, name } = photo;
    if (workspaceId === null) throw new AppError("CONFLICT", `${name} is a sample that comes with Pareidolia and cannot be deleted.`);
    policy.require(actor, "photo:delete", photo);
    await this.#database.transaction(async (transaction) => {
      await deletePhoto(transaction, { workspaceId, photoId: id });
      const entry = { action: "photo:delete", subjectType: "Photo", subjectId: id, subjectName: name };
      await appendAuditEntry(transaction.connection, actor, { ...entry, before: { name, label: photo.label }, after: null });
    });
    return photo;
  }

  async store(actor: Actor, input: UploadImageInput): Promise<PhotoRecord> {
    policy.requireInWorkspace(actor, "photo:create");
    const name = checkText(input.name, { field: "input.name", label: "A name", longest: longestName });
    if (name === "") throw new AppError("INVALID_INPUT", "The name of a photo cannot be empty.", { field: "input.name" });
    const label = input.label == null ? null : checkText(input.label, { field: "input.label", label: "A label", longest: longestName });
    const idempotencyKey = readIdempotencyKey(input.idempotencyKey);
    const field = "input.uploadId";
    const upload = await this.#uploads.getFinished(actor, input.uploadId, { kind: "PHOTO", field });
    const decoded = await decodePhoto(await this.#uploads.read(upload)).catch((error: unknown) => {
      if (error instanceof AppError && error.code === "CORRUPT_DATA") throw new AppError("INVALID_INPUT", error.message, { field });
      throw error;
    });
    const png = encodePng(decoded);
    const sha256 = createHash("sha256").update(png).digest("hex");
    await this.#objectStore.put(imageKey(sha256), png, { contentType: "image/png" });
    const { width, height, channels } = decoded;
    const image = { sha256, width, height, channels, byteLength: png.length };
    const { workspaceId, userId } = actor;
    const row = { workspaceId, createdById: userId, name, label, licence: "", source: "", image, idempotencyKey };
    const id = await this.#database.transaction(async (transaction) => {
      const photo = await withinQuotas(transaction, { workspaceId, defaults: this.#quotas }, async (connection) => {
        await claimUploads(connection, [upload.id]);
        return createPhotoOnce(transaction, row);
      });
      const entry = { action: "photo:create", subjectType: "Photo", subjectId: photo.id, subjectName: name };
      if (photo.created)
        await appendAuditEntry(transaction.connection, actor, { ...entry, before: null, after: { name, label, sha256, width, height } });
      return photo.id;
    });
    const [photo] = await this.load(actor, [id]);
    if (photo == null) throw new AppError("NOT_FOUND", "There is no such photo.");
    return photo;
  }
}
