/** Marks errors as temporary failures of the object store, so that callers can wait and try again. */
import { AppError } from "@pareidolia/core/appError";

const outages = new WeakSet<object>();
const deepestCause = 8;

/** `message` explains the problem and what to do. */
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
