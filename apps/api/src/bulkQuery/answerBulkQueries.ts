/**
 * Stores the rows of bulk queries, as the member who started each one: membership, role and API key are read again for every page, and each
 * page is executed like a request. Any process of the API continues where a lost one stopped.
 */
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@pareidolia/core/appError";
import { formatByteSize } from "@pareidolia/core/byteSize";
import type { Queue } from "@pareidolia/jobs/queue";
import {
  type BulkClaim,
  type ClaimedBulkQuery,
  claimQuestion,
  failBulkQuery,
  findBulkPerson,
  handBackBulkQuery,
  maxBulkFileSize,
  postponeBulkQuery,
  reportBulkQuery,
  storeRows,
} from "@pareidolia/persistence/files/bulkQueries/bulkQueryWork";
import { findBulkChunks } from "@pareidolia/persistence/files/bulkQueries/readBulkQueries";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { StatementBudget, withStatementBudget } from "@pareidolia/persistence/server/database/statementBudget";
import { isTransientError } from "@pareidolia/persistence/server/database/transientErrors";
import { fileKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import type { StoredPart } from "@pareidolia/persistence/server/objectStores/storedPart";
import { execute, type GraphQLError, type GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import { createContext } from "../assembly/createContext.ts";
import type { Services } from "../assembly/nounModule.ts";
import { causeOf, formatErrorWith } from "../errors/formatError.ts";
import { pauseAfter } from "../limits/backgroundPace.ts";
import type { CostBuckets } from "../limits/costBuckets.ts";
import { findResponseError } from "../limits/findResponseError.ts";
import { limits } from "../limits/limits.ts";
import { policy } from "../policy/policy.ts";
import { tolerateOutage } from "../tolerateOutage.ts";
import { type PageRequest, readBulkPages } from "./bulkPages.ts";
import { planBulkQuery } from "./bulkPlan.ts";
import { BulkSlots } from "./bulkSlots.ts";
import { readDocument } from "./readDocument.ts";

export interface BulkContext {
  readonly database: Database;
  readonly objectStore: Pick<ObjectStore, "put">;
  readonly queue: Pick<Queue, "enqueue">;
  readonly schema: GraphQLSchema;
  readonly services: Services;
  readonly logger: Logger;
  /** Null without a limit. */
  readonly costBuckets: Pick<CostBuckets, "charge"> | null;
  /** For tests: bytes of an object and of all rows, and milliseconds between two writes. */
  readonly chunkBytes?: number;
  readonly mostBytes?: number;
  readonly millisecondsToStore?: number;
}

/** The share of a page's cost that is charged: no user waits for it, and it runs only while its sender's bucket is at most half full. */
const shareOfCost = 0.1;
const maxRows = 10_000_000;
const defaultChunkBytes = 8 * 2 ** 20;
const defaultMillisecondsToStore = 1_000;
const heartbeatMilliseconds = 5_000;
const unexpected = "The bulk query stopped because of an unexpected error. Run it again to retry.";

interface Work extends BulkContext, ClaimedBulkQuery {
  readonly signal: AbortSignal;
  /** The work has one of these slots. */
  readonly slots: BulkSlots;
  /** When the sender's bucket will be half empty again, in `performance.now()` time. */
  readonly pacing: { readyAt: number };
}

/** The next page must wait for its sender's bucket; other bulk queries can run meanwhile. */
class Postponed extends Error {
  readonly milliseconds: number;

  constructor(milliseconds: number) {
    super("The next page waits for its sender's cost bucket.");
    this.milliseconds = milliseconds;
  }
}

/** @throws AppError FORBIDDEN once the member may no longer run it. */
async function identify({ database, claim }: Work) {
  const person = await findBulkPerson(database.connection, claim.id);
  if (person === null)
    throw new AppError(
      "FORBIDDEN",
      "The member who started it is suspended or has left the workspace, or the API key was revoked or has expired.",
    );
  policy.requireInWorkspace(person, "bulkQuery:start");
  return person;
}

/** Sleeps only in the middle of a row. @throws Postponed while the sender's bucket is more than half full. */
async function charge(
  { costBuckets, pacing, signal, slots }: Work,
  actor: Awaited<ReturnType<typeof identify>>,
  page: PageRequest,
): Promise<void> {
  const own = Math.ceil(page.cost * shareOfCost);
  for (;;) {
    const milliseconds = pacing.readyAt - performance.now();
    if (milliseconds > 0 && !page.isInner) throw new Postponed(milliseconds);
    if (milliseconds > 0) await slots.lendUntil(sleep(milliseconds, undefined, { signal }));
    const balance = await costBuckets?.charge(actor, own);
    if (balance === undefined) return;
    const pause = pauseAfter(balance, own);
    if (pause > 0) pacing.readyAt = performance.now() + pause;
    if (balance.accepted) return;
  }
}

/** What a page's error means for the bulk query. */
function errorOf(error: GraphQLError, logger: Logger): unknown {
  const cause = causeOf(error);
  if (error.extensions["code"] === "TOO_COMPLEX" || (cause instanceof AppError && cause.code === "TOO_EXPENSIVE"))
    return new AppError("TOO_EXPENSIVE", error.message);
  if (isTransientError(cause)) return cause;
  const { message, path } = formatErrorWith(logger)(error.toJSON(), error);
  return new AppError(
    "INVALID_INPUT",
    path === undefined ? message : `${path.filter((key) => typeof key === "string").join(".")}: ${message}`,
  );
}

async function answerPage(work: Work, page: PageRequest) {
  const { schema, services, logger, signal } = work;
  signal.throwIfAborted();
  const actor = await identify(work);
  await charge(work, actor, page);
  const contextValue = createContext(actor, services);
  try {
    const run = async () => execute({ schema, document: page.document, variableValues: page.variables, contextValue });
    const { data, errors } = await withStatementBudget(new StatementBudget(limits.database), run);
    const limitError = findResponseError(contextValue.meter, { data, errors });
    const [error] = limitError === null ? (errors ?? []) : [limitError];
    if (error !== undefined) throw errorOf(error, logger);
    return data ?? {};
  } finally {
    contextValue.meter.end();
  }
}

/** Collects lines into objects of at most `chunkBytes`; a longer line gets its own object. */
class Chunks {
  readonly #work: Work;
  #lines: string[] = [];
  #bytes = 0;
  /** With those of earlier processes. */
  #allBytes: number;
  #stored: StoredPart[] = [];
  rows = 0;

  constructor(work: Work, earlier: readonly StoredPart[]) {
    this.#work = work;
    this.#allBytes = earlier.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** @throws AppError INVALID_INPUT for more bytes than a bulk query may have. */
  async add(line: string): Promise<void> {
    const { chunkBytes = defaultChunkBytes, mostBytes = maxBulkFileSize } = this.#work;
    const bytes = Buffer.byteLength(line);
    this.#allBytes += bytes;
    if (this.#allBytes > mostBytes)
      throw new AppError(
        "INVALID_INPUT",
        `The rows would be larger than ${formatByteSize(mostBytes)}. Filter the list, or select fewer fields, and run it in parts.`,
      );
    if (this.#bytes + bytes > chunkBytes) await this.#put();
    this.#lines.push(line);
    this.#bytes += bytes;
    this.rows += 1;
  }

  async take(): Promise<{ readonly chunks: readonly StoredPart[]; readonly rows: number }> {
    await this.#put();
    const taken = { chunks: this.#stored, rows: this.rows };
    this.#stored = [];
    this.rows = 0;
    return taken;
  }

  async #put(): Promise<void> {
    if (this.#lines.length === 0) return;
    const bytes = Buffer.from(this.#lines.join(""));
    this.#lines = [];
    this.#bytes = 0;
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    await this.#work.objectStore.put(fileKey(sha256), bytes, { contentType: "application/octet-stream" });
    this.#stored.push({ sha256, byteLength: bytes.length });
  }
}

/** @throws Postponed, after storing all pages read so far. */
async function storePages(work: Work): Promise<void> {
  const { bulkQuery, claim, schema, database, queue, signal, millisecondsToStore = defaultMillisecondsToStore } = work;
  const plan = planBulkQuery(schema, readDocument(schema, bulkQuery.query, bulkQuery.variables));
  const reader = readBulkPages({ schema, plan, answer: (request) => answerPage(work, request) });
  const chunks = new Chunks(work, await findBulkChunks(database.connection, claim.id));
  let rows = bulkQuery.rows;
  let storedAt = performance.now();
  /** The cursor after the pages that are not stored yet. */
  let waiting: string | null = null;
  const store = async (cursor: string | null): Promise<void> => {
    const taken = await chunks.take();
    await database.transaction(async (transaction) => {
      await storeRows(transaction, claim, { ...taken, cursor });
      if (cursor === null) await queue.enqueue(transaction.executor, "writeBulkFile", { bulkQueryId: claim.id });
    });
    waiting = null;
    storedAt = performance.now();
  };
  try {
    for await (const { lines, cursor } of reader.pages(bulkQuery.cursor)) {
      for await (const line of lines) {
        await chunks.add(line);
        rows += 1;
        if (rows > maxRows)
          throw new AppError(
            "INVALID_INPUT",
            `The query has more than ${maxRows.toLocaleString("en")} rows. Filter its list, and run it in parts.`,
          );
      }
      signal.throwIfAborted();
      if (cursor === null || performance.now() - storedAt >= millisecondsToStore) await store(cursor);
      else waiting = cursor;
    }
  } catch (error) {
    if (error instanceof Postponed && waiting !== null) await store(waiting);
    throw error;
  }
}

async function answerClaimed(work: Work, lost: AbortController): Promise<void> {
  const { database, claim, signal, logger } = work;
  const logUnexpected = tolerateOutage(logger, "The claim of a bulk query could not be renewed.");
  const heartbeat = setInterval(() => {
    reportBulkQuery(database.connection, claim).catch((error: unknown) => {
      if (error instanceof AppError && error.code === "LEASE_LOST") lost.abort(error);
      else logUnexpected(error);
    });
  }, heartbeatMilliseconds);
  try {
    await storePages(work);
  } catch (error) {
    if (lost.signal.aborted || (error instanceof AppError && error.code === "LEASE_LOST")) return;
    if (error instanceof Postponed) return await postponeBulkQuery(database.connection, claim, error.milliseconds);
    if (signal.aborted || isTransientError(error)) {
      if (!signal.aborted) logger.warn({ err: error, bulkQueryId: claim.id }, "A bulk query was interrupted. It will continue.");
      // If this fails, the claim expires and another process continues.
      await handBackBulkQuery(database.connection, claim).catch(tolerateOutage(logger, "A bulk query could not be handed back."));
      return;
    }
    await fail(work, claim, error);
  } finally {
    clearInterval(heartbeat);
  }
}

async function fail({ database, logger }: Work, claim: BulkClaim, error: unknown): Promise<void> {
  const isKnown = error instanceof AppError && error.code !== "INTERNAL" && error.code !== "CORRUPT_DATA";
  if (!isKnown) logger.error({ err: error, bulkQueryId: claim.id }, "A bulk query has failed.");
  await database.transaction((transaction) => failBulkQuery(transaction, claim, isKnown ? error.message : unexpected));
}

/** Stores the rows of the next waiting bulk query, in one of the slots. Returns false if none is waiting. */
export async function answerNextBulkQuery(
  context: BulkContext,
  { stop = new AbortController().signal, slots = new BulkSlots(0) }: { readonly stop?: AbortSignal; readonly slots?: BulkSlots } = {},
): Promise<boolean> {
  const claimed = await claimQuestion(context.database.connection);
  if (claimed === null) return false;
  const lost = new AbortController();
  const pacing = { readyAt: 0 };
  await answerClaimed({ ...context, ...claimed, slots, pacing, signal: AbortSignal.any([stop, lost.signal]) }, lost);
  return true;
}

const pauseMilliseconds = 1_000;
const mostAtOnce = 2;
/** The most bulk queries of one process, including those that wait in the middle of a row: each holds a page in memory. */
const maxClaimed = 10;

/** Looks for bulk queries every second. Returns a function that ends it; another process continues what is under way. */
export function startBulkQueries(context: BulkContext): () => Promise<void> {
  const stop = new AbortController();
  const slots = new BulkSlots(mostAtOnce);
  const running = new Set<Promise<void>>();
  const work = async (): Promise<void> => {
    while (!stop.signal.aborted && (await answerNextBulkQuery(context, { stop: stop.signal, slots })));
  };
  const begin = (): void => {
    if (running.size >= maxClaimed || !slots.take()) return;
    const working: Promise<void> = work()
      .catch((error: unknown) => context.logger.warn({ err: error }, "Bulk queries could not be answered. They will be retried."))
      .finally(() => {
        slots.giveBack();
        running.delete(working);
      });
    running.add(working);
  };
  const timer = setInterval(begin, pauseMilliseconds);
  return async () => {
    clearInterval(timer);
    stop.abort();
    await Promise.all(running);
  };
}
