/**
 * Looks up images for concurrent requests in one statement per reach, and remembers the actor's own images for a second. Shared images are
 * looked up each time, since the share may be withdrawn.
 */

import { findReadableImages, type ReadableImage } from "@pareidolia/persistence/lab/images/readImages";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { Reach } from "@pareidolia/persistence/server/scope/scope";
import { SharedRuns } from "../http/sharedRuns.ts";
import type { Changes } from "../recall/changes.ts";
import { ShortMemory } from "../recall/shortMemory.ts";

const maxRemembered = 10_000;

type Found = ReadonlyMap<string, ReadableImage | null>;

export class ImageLookups {
  readonly #database: Database;
  readonly #runs = new SharedRuns<Found>();
  /** For the run of each reach that has not started. */
  readonly #wanted = new Map<string, Set<string>>();

  readonly #memory: ShortMemory<ReadableImage | null>;

  constructor(database: Database, changes: Changes) {
    this.#database = database;
    this.#memory = new ShortMemory({ changes, mostEntries: maxRemembered, keeps: (image) => image?.isOwn === true });
  }

  /** Null for an image that is unknown or out of reach. */
  async find(reach: Reach, sha256: string): Promise<ReadableImage | null> {
    const key = JSON.stringify([reach.workspaceId, reach.linkedExperimentId]);
    const name = `${sha256} ${key}`;
    return this.#memory.recall(name) ?? this.#memory.remember(name, () => this.#look({ key, reach, sha256 }));
  }

  async #look({
    key,
    reach,
    sha256,
  }: {
    readonly key: string;
    readonly reach: Reach;
    readonly sha256: string;
  }): Promise<ReadableImage | null> {
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
