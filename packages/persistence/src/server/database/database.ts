/**
 * Opens the connection pools. A `Connection` is Prisma's client, inside or outside a transaction; only this package calls its methods,
 * and other packages pass it on. Expensive reads use a separate pool, so that pages load while they run.
 */
import { type SessionLimits, sessionSettings } from "@pareidolia/core/postgresSession";
import type { SqlExecutor } from "@pareidolia/core/sqlExecutor";
import { PrismaPg } from "@prisma/adapter-pg";
import { type Prisma, PrismaClient } from "../../generated/client.ts";
import { deriveAuditKey, withAuditKey } from "./auditKey.ts";
import { connectDirectly, connectionFailure } from "./connectionFailure.ts";
import { Gate } from "./gate.ts";
import { namingLostConnections, ResilientClient } from "./lostConnections.ts";
import { metered } from "./metered.ts";
import { openWhenReady, type Waiting } from "./openWhenReady.ts";
import { ping } from "./reachability.ts";
import { registerTextArrays } from "./textArrays.ts";

export type Connection = Prisma.TransactionClient;

export interface Transaction {
  readonly connection: Connection;
  /** The same transaction for a queue, which writes a job and its row together or not at all. */
  readonly executor: SqlExecutor;
}

export interface Database {
  readonly connection: Connection;
  /** For counts up to a limit. */
  readonly counting: Connection;
  /** For exact counts and for surveys of many rows. Only a few run at a time, each with a short time limit. */
  readonly heavy: Connection;
  /** Commits when `work` resolves and rolls back when it throws. */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** A transaction of up to an hour, for rows that appear all at once. It must not lock rows for which other requests wait. */
  longTransaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** Reads the state of one moment, for up to an hour, whatever is written meanwhile. */
  snapshot<T>(read: (connection: Connection) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface DatabaseOptions extends Partial<SessionLimits> {
  /** A statement fails without a response within this time, as when the server accepts it and stays silent. Default: no limit. */
  readonly answerWithinSeconds?: number | undefined;
  /** For a process that serves, which waits for a busy server. Default: a single attempt. */
  readonly waiting?: Waiting | undefined;
  /** The installation's secret, which a process needs to write entries of the audit log and to verify them. Default: none. */
  readonly secret?: string | null | undefined;
}

/** Connections of each pool: ten in all. */
const interactiveConnections = 6;
const countingConnections = 2;
const heavyConnections = 2;
/** Seconds that an expensive read may wait for its turn, and then run. */
const maxSecondsForTurn = 5;
const maxSecondsOfHeavyStatement = 5;

const waitForConnection = 10_000;
const maxSecondsForLock = 10;
const maxSecondsOfSilence = 10;
const maxTransactionMilliseconds = 30_000;
const maxLongTransactionMilliseconds = 3_600_000;
const maxSnapshotMilliseconds = 3_600_000;

function executorOf(connection: Connection): SqlExecutor {
  return {
    async executeSql(text, values) {
      const rows = await connection.$queryRawUnsafe<unknown>(text, ...values);
      return { rows: Array.isArray(rows) ? rows : [] };
    },
  };
}

/** The server's timeout comes first and keeps the connection; the client's ends a statement when the server is frozen. */
function timeoutsOf(seconds: number): { readonly statement_timeout: number; readonly query_timeout: number } {
  return { statement_timeout: Math.round(seconds * 900), query_timeout: Math.round(seconds * 1000) };
}

function openPool(url: string, size: number, options: DatabaseOptions): PrismaClient {
  const { answerWithinSeconds, silenceSeconds = maxSecondsOfSilence } = options;
  // Shorter than the statement timeout, so that the error reports the wait for a lock.
  const { lockSeconds = answerWithinSeconds === undefined ? maxSecondsForLock : answerWithinSeconds / 2 } = options;
  registerTextArrays();
  const adapter = new PrismaPg(
    {
      connectionString: url,
      max: size,
      connectionTimeoutMillis: waitForConnection,
      Client: ResilientClient,
      ...sessionSettings({ lockSeconds, silenceSeconds }),
      ...(answerWithinSeconds === undefined ? {} : timeoutsOf(answerWithinSeconds)),
    },
    // The server may close an idle connection; the next statement opens another or fails with the reason.
    { onPoolError: () => {}, onConnectionError: () => {} },
  );
  return new PrismaClient({ adapter: namingLostConnections(adapter), log: [] });
}

/** @throws AppError UNAVAILABLE when no server answers at `url`. */
export function openDatabase(url: string, options: DatabaseOptions = {}): Promise<Database> {
  return openWhenReady(options.waiting, () => openPools(url, options));
}

async function openPools(url: string, options: DatabaseOptions): Promise<Database> {
  await (await connectDirectly(url)).end();
  const auditKey = options.secret == null || options.secret === "" ? null : deriveAuditKey(options.secret);
  const client = withAuditKey(metered(openPool(url, interactiveConnections, options), null), auditKey);
  const { answerWithinSeconds = maxSecondsOfHeavyStatement } = options;
  // Creating a client takes 50 ms of processor time, and workers and most commands need only the first.
  let expensive: PrismaClient | null = null;
  const limited = (slots: number): (() => PrismaClient) => {
    let opened: PrismaClient | null = null;
    const gate = new Gate({ slots, waitSeconds: maxSecondsForTurn });
    return () => {
      expensive ??= openPool(url, countingConnections + heavyConnections, {
        ...options,
        answerWithinSeconds: Math.min(answerWithinSeconds, maxSecondsOfHeavyStatement),
      });
      opened ??= withAuditKey(metered(expensive, gate), auditKey);
      return opened;
    };
  };
  const counting = limited(countingConnections);
  const heavy = limited(heavyConnections);
  try {
    await client.$connect();
    await ping(client);
  } catch (cause) {
    await client.$disconnect();
    throw connectionFailure(url, cause);
  }
  const transact = <T>(work: (transaction: Transaction) => Promise<T>, timeout: number): Promise<T> =>
    client.$transaction((connection) => work({ connection: withAuditKey(connection, auditKey), executor: executorOf(connection) }), {
      maxWait: waitForConnection,
      timeout,
    });
  return {
    connection: client,
    get counting() {
      return counting();
    },
    get heavy() {
      return heavy();
    },
    transaction: (work) => transact(work, maxTransactionMilliseconds),
    longTransaction: (work) => transact(work, maxLongTransactionMilliseconds),
    snapshot: (read) =>
      client.$transaction(read, { isolationLevel: "RepeatableRead", maxWait: waitForConnection, timeout: maxSnapshotMilliseconds }),
    async close() {
      await Promise.all([client.$disconnect(), expensive?.$disconnect()]);
    },
  };
}
