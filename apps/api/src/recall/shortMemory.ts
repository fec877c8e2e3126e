/**
 * Remembers answers of the database for a second, so that a sender of many requests does not ask for each. An answer is forgotten at once when
 * this process changes anything, and soon after another process has changed what it depends on, if Postgres says so; a second is the longest
 * that it may be wrong.
 */
import type { Changes } from "./changes.ts";

export interface ShortMemoryOptions<Value> {
  readonly changes: Changes;
  /** The oldest is forgotten first. */
  readonly mostEntries: number;
  /** Which values are remembered; by default, all. */
  readonly keeps?: (value: Value) => boolean;
}

interface Entry<Value> {
  readonly value: Value;
  readonly version: number;
  /** By `performance.now()`. */
  readonly readAt: number;
}

const milliseconds = 1_000;
/** Senders choose the keys, so that longer ones could fill the memory. */
const longestKey = 2_000;

export class ShortMemory<Value> {
  readonly #options: ShortMemoryOptions<Value>;
  /** The oldest comes first. */
  readonly #entries = new Map<string, Entry<Value>>();

  constructor(options: ShortMemoryOptions<Value>) {
    this.#options = options;
  }

  recall(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.version !== this.#options.changes.version) return undefined;
    return performance.now() - entry.readAt < milliseconds ? entry.value : undefined;
  }

  /** The value that `read` returns; it is remembered if nothing changes meanwhile. */
  async remember(key: string, read: () => Promise<Value>): Promise<Value> {
    const { changes, keeps } = this.#options;
    const { version } = changes;
    const readAt = performance.now();
    const value = await read();
    const isCurrent = version !== null && version === changes.version;
    if (isCurrent && key.length <= longestKey && keeps?.(value) !== false) this.#set(key, { value, version, readAt });
    return value;
  }

  #set(key: string, entry: Entry<Value>): void {
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    for (const [oldest, { readAt }] of this.#entries) {
      if (this.#entries.size <= this.#options.mostEntries && entry.readAt - readAt < milliseconds) return;
      this.#entries.delete(oldest);
    }
  }
}
