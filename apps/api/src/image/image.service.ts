/** Reads stored images and their bytes, if the actor may read them. */
import type { Readable } from "node:stream";
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import {
  countImages,
  findHashes,
  findImage,
  findImages,
  findReadableImages,
  type ImageRecord,
  listImages,
  type ReadableImage,
} from "@pareidolia/persistence/lab/images/readImages";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { parseIdOf } from "../globalId/globalId.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import { BoundedCache } from "../recall/boundedCache.ts";
import type { Changes } from "../recall/changes.ts";
import { ImageLookups } from "./imageLookups.ts";

const byCreation: CursorShape = { name: "images.createdAt", values: ["time", "text"] };

/** The digits of a SHA-256 in hexadecimal. */
const hashLength = 64;
/** Bytes of the images that are sent at once, as thumbnails are: a stream costs more time than it saves memory. */
const maxAtOnce = 64 * 1024;
/** Total bytes of all cached images. */
const cacheBytes = 16 * 1024 * 1024;

export class ImageService {
  readonly #database: Database;
  readonly #objectStore: ObjectStore;
  readonly #lookups: ImageLookups;
  /** Recently sent images by hash, such as a gallery's thumbnails. The bytes for a hash never change. */
  readonly #sent = new BoundedCache<Uint8Array>(cacheBytes, ({ length }) => length);

  constructor(options: { database: Database; objectStore: ObjectStore; changes: Changes }) {
    this.#database = options.database;
    this.#objectStore = options.objectStore;
    this.#lookups = new ImageLookups(options.database, options.changes);
  }

  /** By hash, or by the digits of a key; an error for digits that several images share. */
  async load(actor: Actor, given: readonly string[]): Promise<(ImageRecord | AppError | null)[]> {
    const reach = policy.reach(actor, "image:read");
    const hashes = await this.#hashesOf(actor, given);
    const found = await findImages(this.#database.connection, { reach, hashes: hashes.filter((hash) => typeof hash === "string") });
    const images = new Map(found.map((image) => [image?.sha256, image]));
    return hashes.map((hash) => (typeof hash === "string" ? (images.get(hash) ?? null) : hash));
  }

  /** An image of the actor's workspace. @throws AppError INVALID_INPUT or NOT_FOUND, naming `field`. */
  async getByReference(actor: Actor, text: string, field: string): Promise<ImageRecord> {
    const [image] = await this.getByReferences(actor, [text], field);
    return image as ImageRecord;
  }

  /** As `getByReference`, in one statement. */
  async getByReferences(actor: Actor, references: readonly string[], field: string): Promise<ImageRecord[]> {
    const given = references.map((reference) => parseIdOf("Image", reference, field));
    const hashes = (await this.#hashesOf(actor, given)).map((hash) => {
      if (hash instanceof AppError) throw new AppError(hash.code, hash.message, { field });
      return hash ?? "";
    });
    const images = await this.#find(actor, hashes);
    return images.map((image) => {
      if (image === null || !image.isOwn) throw new AppError("NOT_FOUND", "There is no such image.", { field });
      return image;
    });
  }

  async list(actor: Actor, args: ConnectionArguments): Promise<Connection<ImageRecord>> {
    const scope = policy.scope(actor, "image:read");
    const { connection } = this.#database;
    const page = await listImages(connection, { scope, page: readPage(args, byCreation) });
    return toConnection(
      page,
      byCreation,
      counterOf(this.#database, (request) => countImages(request, scope)),
    );
  }

  /** @throws AppError NOT_FOUND. */
  async get(actor: Actor, sha256: string): Promise<ReadableImage> {
    const image = await this.#lookups.find(policy.reach(actor, "image:read"), sha256);
    if (image === null) throw new AppError("NOT_FOUND", "There is no such image.");
    return image;
  }

  /** For an image that the actor may see in the trash. Browsers do not keep it. @throws AppError NOT_FOUND. */
  async getTrashed(sha256: string): Promise<ReadableImage> {
    const image = await findImage(this.#database.connection, sha256);
    if (image === null) throw new AppError("NOT_FOUND", "There is no such image.");
    return { ...image, isOwn: false, isPublic: false };
  }

  /** Reads an image that `get` returned: bytes for a small image, a stream for others. @throws AppError NOT_FOUND for lost bytes. */
  openBytes(actor: Actor, { sha256, byteLength }: ImageRecord): Promise<Uint8Array | Readable> {
    policy.reach(actor, "image:read");
    return byteLength <= maxAtOnce ? this.#readSmall(sha256) : this.#objectStore.openReadStream(imageKey(sha256));
  }

  /** A recently sent image is neither read from the object store nor hashed again. */
  async #readSmall(sha256: string): Promise<Uint8Array> {
    const known = this.#sent.get(sha256);
    if (known !== undefined) return known;
    const bytes = await this.#objectStore.get(imageKey(sha256));
    this.#sent.set(sha256, bytes);
    return bytes;
  }

  /** The hash that begins with the digits of a key; null for none, and an error for several. */
  async #hashesOf(actor: Actor, given: readonly string[]): Promise<(string | AppError | null)[]> {
    const digits = given.filter((hash) => hash.length < hashLength);
    if (digits.length === 0) return [...given];
    const found = await findHashes(this.#database.connection, { reach: policy.reach(actor, "image:read"), digits });
    return given.map((hash) => {
      if (hash.length >= hashLength) return hash;
      const [first, second] = found.filter((each) => each.digits === hash);
      const several = `Several images begin with IMG-${hash}. Add more digits.`;
      return second === undefined ? (first?.sha256 ?? null) : new AppError("INVALID_INPUT", several);
    });
  }

  #find(actor: Actor, hashes: readonly string[]): Promise<(ReadableImage | null)[]> {
    return findReadableImages(this.#database.connection, { reach: policy.reach(actor, "image:read"), hashes });
  }
}
