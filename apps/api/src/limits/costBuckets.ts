/**
 * Limits what a user, an API key or a network address spends on operations: each operation adds its cost to a leaky bucket in Postgres, which
 * all processes of the API share. While a bucket is less than half full, operations are counted in memory and written a few times a second,
 * so that they need no statement of their own; a fuller bucket decides in the database.
 */
import type { Actor } from "@pareidolia/core/actor";
import { type CostLimit, spendCost } from "@pareidolia/persistence/costBuckets/spendCost";
import type { Database } from "@pareidolia/persistence/database/database";
import type { Logger } from "pino";
import { senderOf } from "../http/senderOf.ts";

/** What is left of a bucket. */
export interface Balance {
  readonly limit: number;
  readonly drainPerSecond: number;
  readonly remaining: number;
  /** When the bucket is empty again, without further operations. */
  readonly resetAt: Date;
  readonly accepted: boolean;
}

/** What an operation costs, and what its sender has left. */
export interface Charge {
  readonly cost: number;
  /** Null without a limit, as for a single user. */
  readonly balance: Balance | null;
}

interface Bucket {
  /** As of `readAt`. */
  level: number;
  /** By `performance.now()`. */
  readAt: number;
  /** Accepted cost that is not in the database yet. */
  unwritten: number;
  /** Statements under way, whose results may arrive in another order. */
  statements: number;
  /** Settles once accepted costs that were in memory are in the database. */
  writing: Promise<unknown> | null;
  readonly limit: CostLimit;
}

/** Costs in memory are written after this time. Other processes know of them then. */
const millisecondsToWrite = 250;
/** A level that is known for longer is read again. */
const freshMilliseconds = 2_000;
/** Many visitors may share an address, such as those in a classroom. */
const visitorsOfAddress = 5;

const ignore = (): void => {};

export class CostBuckets {
  readonly #database: Database;
  readonly #limit: CostLimit;
  readonly #logger: Logger;
  readonly #buckets = new Map<string, Bucket>();
  // An interval, because a timer that a request starts would count its statements as the request's.
  readonly #timer = setInterval(() => void this.#writeAll(), millisecondsToWrite).unref();

  constructor({ database, limit, logger }: { readonly database: Database; readonly limit: CostLimit; readonly logger: Logger }) {
    this.#database = database;
    this.#limit = limit;
    this.#logger = logger;
  }

  /** Adds the cost of an operation unless the bucket would overflow. */
  async charge(actor: Actor, cost: number): Promise<Balance> {
    const key = senderOf(actor);
    const known = this.#buckets.get(key);
    if (known !== undefined) {
      const level = this.#levelOf(known);
      const isKnown = known.statements === 0 && performance.now() - known.readAt < freshMilliseconds;
      if (isKnown && level + cost <= known.limit.limit / 2) {
        known.unwritten += cost;
        return balanceOf(level + cost, known.limit, true);
      }
    }
    const limit = actor.userId === null ? { ...this.#limit, drainPerSecond: visitorsOfAddress * this.#limit.drainPerSecond } : this.#limit;
    const bucket = known ?? { level: 0, readAt: 0, unwritten: 0, statements: 0, writing: null, limit };
    this.#buckets.set(key, bucket);
    const { level, accepted } = await this.#spend(key, bucket, cost);
    return balanceOf(level, limit, accepted);
  }

  /** Writes what is still in memory. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#writeAll();
  }

  #levelOf({ level, readAt, unwritten, limit }: Bucket): number {
    return Math.max(0, level - (limit.drainPerSecond * (performance.now() - readAt)) / 1000) + unwritten;
  }

  async #spend(key: string, bucket: Bucket, requested: number): Promise<{ readonly level: number; readonly accepted: boolean }> {
    // A statement that overtook the one with accepted costs would not count them.
    while (bucket.writing !== null) await bucket.writing;
    const spent = bucket.unwritten;
    bucket.unwritten = 0;
    bucket.statements += 1;
    try {
      const statement = spendCost(this.#database.connection, { key, spent, requested }, bucket.limit);
      if (spent > 0) bucket.writing = statement.then(ignore, ignore);
      const result = await statement;
      bucket.level = bucket.statements > 1 ? Math.max(bucket.level, result.level) : result.level;
      bucket.readAt = performance.now();
      return result;
    } catch (error) {
      bucket.unwritten += spent;
      throw error;
    } finally {
      bucket.statements -= 1;
      if (spent > 0) bucket.writing = null;
    }
  }

  async #writeAll(): Promise<void> {
    for (const [key, bucket] of this.#buckets) {
      if (bucket.unwritten > 0)
        await this.#spend(key, bucket, 0).catch((error: unknown) =>
          this.#logger.warn({ err: error }, "Costs of operations were not written."),
        );
      else if (bucket.statements === 0 && performance.now() - bucket.readAt > freshMilliseconds) this.#buckets.delete(key);
    }
  }
}

function balanceOf(level: number, { limit, drainPerSecond }: CostLimit, accepted: boolean): Balance {
  return {
    limit,
    drainPerSecond,
    remaining: Math.max(0, Math.floor(limit - level)),
    resetAt: new Date(Date.now() + (1000 * level) / drainPerSecond),
    accepted,
  };
}
