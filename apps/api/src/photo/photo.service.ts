/** Creates photos from uploads, and reads them. Stores a PNG encoded from the decoded pixels, never the uploaded file. */
import { createHash } from "node:crypto";
import type { Actor, MemberActor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { PlanSource } from "@pareidolia/core/runKinds/planSource";
import { topClass } from "@pareidolia/core/topClass";
import { decodePhoto } from "@pareidolia/images/decodePhoto";
import { encodePngInBackground } from "@pareidolia/images/png";
import { appendAuditEntries, appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import { createPhotosOnce, type NewPhoto } from "@pareidolia/persistence/lab/photos/createPhoto";
import { countRunsFromPhotos, deletePhoto } from "@pareidolia/persistence/lab/photos/deletePhoto";
import { countPhotos, findPhotos, listPhotos, type PhotoRecord } from "@pareidolia/persistence/lab/photos/readPhotos";
import { findScoresByModel } from "@pareidolia/persistence/lab/scores/readScores";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import type { FinishedUpload } from "@pareidolia/persistence/server/uploads/readUploads";
import { claimUploads } from "@pareidolia/persistence/server/uploads/writeUploads";
import { type QuotaDefaults, withinQuotas } from "@pareidolia/persistence/workspace/quotas/withinQuotas";
import { parseIdOf, parseReference } from "../globalId/globalId.ts";
import type { ImageService } from "../image/image.service.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import { requireBatch, type Settled, settleTogether } from "../settled.ts";
import { checkLine, readIdempotencyKey } from "../text.ts";
import type { UploadService } from "../upload/upload.service.ts";
import type { PhotoFileInput, UploadImageInput } from "./photo.input.ts";

const byCreation: CursorShape = { name: "photos.createdAt", values: ["time", "text"] };
const maxNameLength = 200;

/** A photo whose image is stored, but not its row. */
interface StoredFile extends Pick<NewPhoto, "name" | "label" | "image" | "idempotencyKey"> {
  readonly upload: FinishedUpload;
}

/** @throws AppError INVALID_INPUT naming a field below `at`. */
function readNamesOf(input: PhotoFileInput, at: string): Pick<NewPhoto, "name" | "label"> {
  const field = `${at}.name`;
  const name = checkLine(input.name, { field, label: "A name", longest: maxNameLength });
  if (name === "") throw new AppError("INVALID_INPUT", "The name of a photo cannot be empty.", { field });
  const label = input.label == null ? null : checkLine(input.label, { field: `${at}.label`, label: "A label", longest: maxNameLength });
  return { name, label };
}

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

  async list(actor: Actor, args: ConnectionArguments): Promise<Connection<PhotoRecord>> {
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

  /** The network's label of a source image, if its score is stored; null if not, and for a part of the image. The API runs no model. */
  async findClassOfSource(modelId: string, { sha256, crop }: PlanSource): Promise<number | null> {
    if (crop !== null) return null;
    const [score] = await findScoresByModel(this.#database.connection, { modelId, hashes: [sha256] });
    return score == null ? null : topClass(score.probabilities);
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
    const names = readNamesOf(input, "input");
    const idempotencyKey = readIdempotencyKey(input.idempotencyKey);
    const field = "input.uploadId";
    const upload = await this.#uploads.getFinished(actor, input.uploadId, { kind: "PHOTO", field });
    const image = await this.#storeImage(upload, field);
    const [photo] = await this.#record(actor, [{ ...names, upload, image, idempotencyKey }]);
    return photo as PhotoRecord;
  }

  /**
   * Finishes uploads and creates a photo from each. What is refused leaves the others.
   * @throws AppError INVALID_INPUT, and as `UploadService.useMany`.
   */
  async storeMany(actor: Actor, inputs: readonly PhotoFileInput[]): Promise<Settled<PhotoRecord>[]> {
    policy.requireInWorkspace(actor, "photo:create");
    const field = "input.photos";
    requireBatch(inputs, field);
    const ids = inputs.map(({ uploadId }) => uploadId);
    if (new Set(ids).size < ids.length) throw new AppError("INVALID_INPUT", "Give each upload once.", { field });
    const fieldOf = (i: number): string => `${field}.${i}.uploadId`;
    const stored = await this.#uploads.useMany(actor, ids, { kind: "PHOTO", fieldOf }, async (upload, i): Promise<StoredFile> => {
      const names = readNamesOf(inputs[i] as PhotoFileInput, `${field}.${i}`);
      // A repeated request finds the photo by the upload.
      return { ...names, upload, image: await this.#storeImage(upload, fieldOf(i)), idempotencyKey: upload.id };
    });
    return settleTogether(stored, (files) => this.#record(actor, files));
  }

  async #storeImage(upload: FinishedUpload, field: string): Promise<NewPhoto["image"]> {
    const decoded = await decodePhoto(await this.#uploads.read(upload)).catch((error: unknown) => {
      if (error instanceof AppError && error.code === "CORRUPT_DATA") throw new AppError("INVALID_INPUT", error.message, { field });
      throw error;
    });
    const png = await encodePngInBackground(decoded);
    const sha256 = createHash("sha256").update(png).digest("hex");
    await this.#objectStore.put(imageKey(sha256), png, { contentType: "image/png" });
    const { width, height, channels } = decoded;
    return { sha256, width, height, channels, byteLength: png.length };
  }

  /** Finishes the uploads, unless they are finished, and creates the photos in one transaction. */
  async #record(actor: MemberActor, files: readonly StoredFile[]): Promise<PhotoRecord[]> {
    const { workspaceId, userId } = actor;
    const about = { createdById: userId, licence: "", source: "" };
    const rows = files.map(({ name, label, image, idempotencyKey }) => ({ name, label, image, idempotencyKey, ...about }));
    const uploads = files.map(({ upload }) => upload);
    const { ids, unneeded } = await this.#database.transaction(async (transaction) => {
      const { connection } = transaction;
      const [finished, photos] = await withinQuotas(transaction, { workspaceId, defaults: this.#quotas }, async () => {
        const recorded = await this.#uploads.finisher.record(connection, uploads);
        await claimUploads(
          connection,
          uploads.map(({ id }) => id),
        );
        return [recorded, await createPhotosOnce(transaction, workspaceId, rows)] as const;
      });
      const entries = photos.flatMap(({ id, created }, i) => {
        const { name, label, image } = files[i] as StoredFile;
        const { sha256, width, height } = image;
        const entry = { action: "photo:create", subjectType: "Photo", subjectId: id, subjectName: name };
        return created ? [{ ...entry, before: null, after: { name, label, sha256, width, height } }] : [];
      });
      await appendAuditEntries(connection, actor, [...finished.entries, ...entries]);
      return { ids: photos.map(({ id }) => id), unneeded: finished.files };
    });
    await this.#uploads.finisher.discard(unneeded);
    return (await this.load(actor, ids)).map((photo) => {
      if (photo === null) throw new AppError("NOT_FOUND", "There is no such photo.");
      return photo;
    });
  }
}
