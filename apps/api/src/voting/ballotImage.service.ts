/** Reads images for voters by their random addresses, enlarged and encoded again. Keeps recent ones in memory. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { enlargePng } from "@pareidolia/images/enlargePng";
import type { Database } from "@pareidolia/persistence/database/database";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/objectStores/objectStore";
import { type BallotImageRecord, findBallotImage } from "@pareidolia/persistence/voting/readBallotImage";
import { policy } from "../policy/policy.ts";
import { BoundedCache } from "../recall/boundedCache.ts";

const cacheBytes = 32 * 1024 * 1024;

export class BallotImageService {
  readonly #database: Database;
  readonly #objectStore: ObjectStore;
  readonly #enlarged = new BoundedCache<Uint8Array>(cacheBytes, ({ length }) => length);
  readonly #enlarging = new Map<string, Promise<Uint8Array>>();

  constructor(options: { readonly database: Database; readonly objectStore: ObjectStore }) {
    this.#database = options.database;
    this.#objectStore = options.objectStore;
  }

  /**
   * While people vote, everyone who knows an address may read the image: an address is a random number that only voters receive. Before and
   * after, only members who may vote. Gold images stay readable: the thank-you page, to which a voter may return after the study has closed,
   * shows how the voter did on them. @throws AppError NOT_FOUND.
   */
  async get(actor: Actor, token: string): Promise<BallotImageRecord> {
    const image = await findBallotImage(this.#database.connection, token);
    const resource = image && {
      ...image,
      experimentId: image.studyId,
      visibility: isShown(image) ? ("PUBLIC" as const) : ("PRIVATE" as const),
    };
    if (resource === null || !policy.allows(actor, "vote:cast", resource)) throw new AppError("NOT_FOUND", "There is no such image.");
    return resource;
  }

  /** A PNG, for an image that `get` returned. */
  async readBytes({ token, imageSha256 }: BallotImageRecord): Promise<Uint8Array> {
    const known = this.#enlarged.get(token);
    if (known !== undefined) return known;
    const pending = this.#enlarging.get(token) ?? this.#enlarge(token, imageSha256);
    this.#enlarging.set(token, pending);
    return pending;
  }

  async #enlarge(token: string, sha256: string): Promise<Uint8Array> {
    try {
      const bytes = await enlargePng(await this.#objectStore.get(imageKey(sha256)), token);
      this.#enlarged.set(token, bytes);
      return bytes;
    } finally {
      this.#enlarging.delete(token);
    }
  }
}

function isShown({ state, role }: BallotImageRecord): boolean {
  if (state === "OPEN" || state === "PAUSED") return true;
  return role === "GOLD" && (state === "CLOSED" || state === "ARCHIVED");
}
