/** What to tell people when storage fails in the middle of something: it is away for a while, or its disk is full. */
import { AppError } from "@pareidolia/core/appError";
import { isTransientError } from "./transientErrors.ts";

/** SQLSTATE disk_full; Postgres could not extend a file, and rolled the statement back. */
const diskFull = /\b53100\b|No space left on device|ENOSPC/;

/** The error as an AppError UNAVAILABLE, or null when it is no outage. One that is worded already stays as it is. */
export function explainOutage(error: unknown): AppError | null {
  if (error instanceof AppError) return error.code === "UNAVAILABLE" ? error : null;
  if (!isTransientError(error)) return null;
  const full = diskFull.test(String((error as { message?: unknown }).message));
  const message = full
    ? "The database's disk is full. Free some space there and try again; nothing that was stored is lost."
    : "The database is away for the moment. Try again in a few seconds.";
  return new AppError("UNAVAILABLE", message, { cause: error });
}
