/** A temporary failure of the object store. Callers that can wait do so; the message gives the reason. */
import { AppError } from "@pareidolia/core/appError";

const outages = new WeakSet<object>();
const deepestCause = 8;

/** `message` says what is wrong and what to do about it. */
export function storeOutage(message: string, cause?: unknown): AppError {
  const error = new AppError("UNAVAILABLE", message, { cause });
  outages.add(error);
  return error;
}

/** The outage that led to `error`, or null. */
export function findStoreOutage(error: unknown): AppError | null {
  let cause = error;
  for (let depth = 0; cause instanceof Object && depth < deepestCause; depth++) {
    if (cause instanceof AppError && outages.has(cause)) return cause;
    cause = (cause as { cause?: unknown }).cause;
  }
  return null;
}
