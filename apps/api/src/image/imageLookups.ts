/** Looks images up for requests that arrive at the same time in one statement for each reach. */
import type { Database } from "@pareidolia/persistence/database/database";
import { findReadableImages, type ReadableImage } from "@pareidolia/persistence/images/readImages";
import type { Reach } from "@pareidolia/persistence/scope/scope";
import { SharedRuns } from "../http/sharedRuns.ts";

type Found = ReadonlyMap<string, ReadableImage | null>;

export class ImageLookups {
  readonly #database: Database;
  readonly #runs = new SharedRuns<Found>();
  /** For the run of each reach that has not started. */
  readonly #wanted = new Map<string, Set<string>>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Null for an image that is unknown or out of reach. */
  async find(reach: Reach, sha256: string): Promise<ReadableImage | null> {
    const key = JSON.stringify([reach.workspaceId, reach.linkedExperimentId]);
    const wanted = this.#wanted.get(key) ?? new Set<string>();
    this.#wanted.set(key, wanted.add(sha256));
    const found = await this.#runs.run(key, () => this.#read(key, reach));
    return found.get(sha256) ?? null;
  }

  async #read(key: string, reach: Reach): Promise<Found> {
    const hashes = [...(this.#wanted.get(key) ?? [])];
    this.#wanted.delete(key);
    const images = await findReadableImages(this.#database.connection, { reach, hashes });
    return new Map(hashes.map((sha256, index) => [sha256, images[index] ?? null]));
  }
}
