/**
 * Distinguishes temporary outages of the database or object store from statements that can never succeed, by the kind of the error: our
 * code, Prisma's code, the server's SQLSTATE, the driver adapter's kind or the socket's errno. Driver messages are ignored.
 */
import type { AppErrorCode } from "@pareidolia/core/appError";

const ourCode: AppErrorCode = "UNAVAILABLE";
/** Prisma: no server, no answer in time, connection closed, no free connection, transaction lost. */
const prismaCodes = ["P1000", "P1001", "P1002", "P1008", "P1017", "P2024", "P2028", "P2034", "P2037"];
/** Kinds of the driver adapter, for errors that Prisma passes on without its own code. */
const adapterKinds = ["ConnectionClosed", "DatabaseNotReachable", "SocketTimeout", "TooManyConnections", "TransactionWriteConflict"];
const socketCodes = ["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN", "ENETUNREACH", "EHOSTUNREACH"];
const transientCodes = new Set<string>([ourCode, ...prismaCodes, ...adapterKinds, ...socketCodes]);
/**
 * SQLSTATE: connection exceptions (08), session ended while idle in a transaction or by its time limit, serialisation failure,
 * deadlock, disk full, too many connections, lock not available, statement timeout, operator intervention.
 */
const transientStates = /^(?:08\w{3}|25P0[34]|40001|40P01|53[13]00|55P03|57014|57P0[1-5])$/;

const deepest = 8;

interface Traced {
  readonly code?: unknown;
  readonly kind?: unknown;
  readonly originalCode?: unknown;
  readonly cause?: unknown;
  readonly meta?: { readonly code?: unknown; readonly driverAdapterError?: unknown };
}

/** Every code and kind of an error and its causes. */
export function* codesOf(error: unknown): Generator<string> {
  for (let cause = error, depth = 0; cause instanceof Object && depth < deepest; depth++) {
    const { code, kind, originalCode, meta, cause: next }: Traced = cause;
    for (const found of [code, kind, originalCode, meta?.code]) if (typeof found === "string") yield found;
    cause = next ?? meta?.driverAdapterError;
  }
}

export function isTransientError(error: unknown): boolean {
  for (const code of codesOf(error)) if (transientCodes.has(code) || transientStates.test(code)) return true;
  return false;
}
