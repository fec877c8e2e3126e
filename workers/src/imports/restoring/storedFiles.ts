/** Stores the files of a bundle, small ones together: a store may take a millisecond for each put, and an export may have a million images. */
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { type RetryOptions, withRetries } from "../../withRetries.ts";

interface FileToStore {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

const maxFilesAtOnce = 256;
const mostBytes = 8 * 2 ** 20;

export class StoredFiles {
  readonly #objectStore: Pick<ObjectStore, "put" | "putMany">;
  readonly #retry: RetryOptions;
  #waiting: FileToStore[] = [];
  #bytes = 0;

  constructor(objectStore: Pick<ObjectStore, "put" | "putMany">, retry: RetryOptions) {
    this.#objectStore = objectStore;
    this.#retry = retry;
  }

  /** Stores it now or with the next files. */
  async add(file: FileToStore): Promise<void> {
    if (file.bytes.length > mostBytes) return this.#put(file);
    this.#waiting.push(file);
    this.#bytes += file.bytes.length;
    if (this.#waiting.length === maxFilesAtOnce || this.#bytes >= mostBytes) await this.flush();
  }

  /** Stores all that wait. */
  async flush(): Promise<void> {
    const files = this.#waiting;
    [this.#waiting, this.#bytes] = [[], 0];
    const { putMany } = this.#objectStore;
    if (files.length > 1 && putMany !== undefined) await withRetries(() => putMany(files), this.#retry);
    else await Promise.all(files.map((file) => this.#put(file)));
  }

  #put({ key, bytes, contentType }: FileToStore): Promise<void> {
    return withRetries(() => this.#objectStore.put(key, bytes, { contentType }), this.#retry);
  }
}
