/** Explains a database failure to users: the database is unavailable for a while, or its disk is full. */
import { AppError } from "@pareidolia/core/appError";
import { codesOf, isTransientError } from "./transientErrors.ts";

/** Messages for SQLSTATEs that are more specific than an unavailable database. */
const sentences: Readonly<Record<string, string>> = {
  // Postgres could not extend a file, and rolled the statement back.
  "53100": "The database's disk is full. Free some space there and try again; nothing that was stored is lost.",
  "55P03": "Another change to the same data is being saved. Try again in a few seconds.",
};

/** The error as an AppError UNAVAILABLE, or null when it is not an outage. An AppError UNAVAILABLE stays unchanged. */
export function explainOutage(error: unknown): AppError | null {
  if (error instanceof AppError) return error.code === "UNAVAILABLE" ? error : null;
  if (!isTransientError(error)) return null;
  const specific = [...codesOf(error)].find((code) => code in sentences);
  const message = specific === undefined ? undefined : sentences[specific];
  return new AppError("UNAVAILABLE", message ?? "The database is unavailable. Try again in a few seconds.", { cause: error });
}
