/** Tells a database or object store that is away for a while from a statement that will never succeed. */
import { AppError } from "@pareidolia/core/appError";

/** Prisma: no server, no answer in time, connection closed, no free connection, transaction lost. */
const prismaCodes = new Set(["P1000", "P1001", "P1002", "P1008", "P1017", "P2024", "P2028", "P2034", "P2037"]);
const socketCodes = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN", "ENETUNREACH", "EHOSTUNREACH"]);
/** SQLSTATE: connection exceptions, operator intervention, disk full, too many connections, deadlock, serialisation failure. */
const sqlStatePattern = /^(?:08\w{3}|57P0[1-5]|53[13]00|40P01|40001)$/;
const driverMessages =
  /connection terminated|server has closed the connection|can't reach database server|timeout exceeded when trying to connect|query read timeout|canceling statement due to statement timeout/i;

export function isTransientError(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Object && depth < 8; depth++) {
    if (cause instanceof AppError && cause.code === "UNAVAILABLE") return true;
    const { code, message, meta } = cause as { code?: unknown; message?: unknown; meta?: { code?: unknown; driverAdapterError?: unknown } };
    for (const candidate of [code, meta?.code])
      if (typeof candidate === "string" && (prismaCodes.has(candidate) || socketCodes.has(candidate) || sqlStatePattern.test(candidate)))
        return true;
    if (typeof message === "string" && driverMessages.test(message)) return true;
    cause = (cause as { cause?: unknown }).cause ?? meta?.driverAdapterError;
  }
  return false;
}
