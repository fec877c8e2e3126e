/**
 * Limits how much a user, an API key or a network address spends on operations: each operation adds its cost to a leaky bucket in Postgres,
 * which all API processes share. While a bucket is less than half full, costs add up in memory and are written a few times a second, so
 * that most operations need no statement of their own. Once a bucket is fuller, each operation is charged in the database.
 */
import type { Actor } from "@pareidolia/core/actor";
import { type CostLimit, spendCost } from "@pareidolia/persistence/server/costBuckets/spendCost";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { Logger } from "pino";
import { senderOf } from "../http/senderOf.ts";
import { hashForLimits } from "../identity/hashForLimits.ts";

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
  /** Cost that running statements may still add. */
  pending: number;
  /** Number of running statements. Their results may arrive out of order. */
  statements: number;
  /** The latest running statement; never rejects. */
  running: Promise<unknown> | null;
  /** Settles once accepted costs that were in memory are in the database. */
  writing: Promise<unknown> | null;
  readonly limit: CostLimit;
}

/** Costs in memory are written at this interval; only then do other processes know them. */
const millisecondsToWrite = 250;
/** An older level is read again. */
const freshMilliseconds = 2_000;
/** Many visitors may share an address, such as those in a classroom. */
const visitorsOfAddress = 5;

const ignore = (): void => {};

export class CostBuckets {
  readonly #database: Database;
  readonly #limit: CostLimit;
  readonly #logger: Logger;
  readonly #secret: string | null;
  readonly #buckets = new Map<string, Bucket>();
  // An interval, because a timer that a request starts would count its statements as the request's.
  readonly #timer = setInterval(() => void this.#writeAll(), millisecondsToWrite).unref();

  /** @param options `secret` is the installation's; null for a single user. */
  constructor({
    database,
    limit,
    logger,
    secret,
  }: {
    readonly database: Database;
    readonly limit: CostLimit;
    readonly logger: Logger;
    readonly secret: string | null;
  }) {
    this.#database = database;
    this.#limit = limit;
    this.#logger = logger;
    this.#secret = secret;
  }

  /** Adds the cost of an operation unless the bucket would overflow. */
  async charge(actor: Actor, cost: number): Promise<Balance> {
    const key = senderOf(actor);
    const bucket = this.#buckets.get(key) ?? this.#open(key, actor);
    // Operations that arrive together share one statement instead of sending one each.
    if (!isFresh(bucket) && bucket.running !== null) await bucket.running;
    if (isFresh(bucket)) {
      const level = highestLevelOf(bucket) + cost;
      if (level <= bucket.limit.limit / 2) {
        bucket.unwritten += cost;
        return balanceOf(level, bucket.limit, true);
      }
    }
    const { level, accepted } = await this.#spend(key, bucket, cost);
    return balanceOf(level, bucket.limit, accepted);
  }

  /** Adds what an accepted operation cost beyond its estimate, even if the bucket overflows. */
  addSpent(actor: Actor, cost: number): void {
    const key = senderOf(actor);
    const bucket = this.#buckets.get(key) ?? this.#open(key, actor);
    bucket.unwritten += cost;
  }

  /** Writes what is still in memory. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#writeAll();
  }

  #open(key: string, { userId }: Actor): Bucket {
    const { limit, drainPerSecond } = this.#limit;
    const senderLimit = { limit, drainPerSecond: userId === null ? visitorsOfAddress * drainPerSecond : drainPerSecond };
    const nothing = { level: 0, unwritten: 0, pending: 0, statements: 0, running: null, writing: null };
    const bucket: Bucket = { ...nothing, readAt: Number.NEGATIVE_INFINITY, limit: senderLimit };
    this.#buckets.set(key, bucket);
    return bucket;
  }

  async #spend(key: string, bucket: Bucket, requested: number): Promise<{ readonly level: number; readonly accepted: boolean }> {
    // A statement that overtook the one with accepted costs would not count them.
    while (bucket.writing !== null) await bucket.writing;
    const spent = bucket.unwritten;
    bucket.unwritten = 0;
    bucket.pending += spent + requested;
    bucket.statements += 1;
    try {
      const statement = spendCost(this.#database.connection, { key: hashForLimits(this.#secret, key), spent, requested }, bucket.limit);
      bucket.running = statement.then(ignore, ignore);
      if (spent > 0) bucket.writing = bucket.running;
      const result = await statement;
      bucket.level = bucket.statements > 1 ? Math.max(bucket.level, result.level) : result.level;
      bucket.readAt = performance.now();
      return result;
    } catch (error) {
      bucket.unwritten += spent;
      throw error;
    } finally {
      bucket.pending -= spent + requested;
      bucket.statements -= 1;
      if (bucket.statements === 0) bucket.running = null;
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

function isFresh({ readAt }: Bucket): boolean {
  return performance.now() - readAt < freshMilliseconds;
}

/** The level if every running statement accepts its operation. */
function highestLevelOf({ level, readAt, pending, unwritten, limit }: Bucket): number {
  return Math.max(0, level - (limit.drainPerSecond * (performance.now() - readAt)) / 1000) + pending + unwritten;
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
