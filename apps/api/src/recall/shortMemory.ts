/**
 * Remembers results of database queries for a second, so that a busy sender does not repeat the query for each request. Any change by this
 * process invalidates them at once; a change by another process does so when Postgres announces it. No result outlives its second.
 */
import type { Changes } from "./changes.ts";

export interface ShortMemoryOptions<Value> {
  readonly changes: Changes;
  /** Beyond this number, the oldest entries are dropped. */
  readonly mostEntries: number;
  /** Whether to remember a value. Default: all values are. */
  readonly keeps?: (value: Value) => boolean;
}

interface Entry<Value> {
  readonly value: Value;
  readonly version: number;
  /** In `performance.now()` time. */
  readonly readAt: number;
}

const milliseconds = 1_000;
/** Senders choose the keys; longer ones could fill the memory. */
const maxKeyLength = 2_000;

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

  /** Returns the result of `read`, and remembers it if nothing changes meanwhile. */
  async remember(key: string, read: () => Promise<Value>): Promise<Value> {
    const { changes, keeps } = this.#options;
    const { version } = changes;
    const readAt = performance.now();
    const value = await read();
    const isCurrent = version !== null && version === changes.version;
    if (isCurrent && key.length <= maxKeyLength && keeps?.(value) !== false) this.#set(key, { value, version, readAt });
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
