/** Errors for queries that cost the database too much. Each message says what to do. */
import { AppError } from "@pareidolia/core/appError";
import { codesOf } from "./transientErrors.ts";

/** SQLSTATE query_canceled: the statement ran longer than statement_timeout. */
const canceled = "57014";

export function requestTooExpensive(cost: string): AppError {
  return new AppError("TOO_EXPENSIVE", `This query is too expensive: it takes ${cost}. Ask for fewer fields or rows, or split it.`);
}

export function databaseBusy(): AppError {
  return new AppError(
    "TOO_EXPENSIVE",
    "This query is too expensive to run now: other expensive queries are still running. Try again in a few seconds, or leave out exact counts.",
  );
}

/** Turns the error of a statement stopped at its time limit into TOO_EXPENSIVE; returns other errors unchanged. */
export function nameSlowStatement(error: unknown): unknown {
  if (![...codesOf(error)].includes(canceled)) return error;
  const message = "This query is too expensive: the database stopped it at the time limit. Narrow its filter, or leave out exact counts.";
  return new AppError("TOO_EXPENSIVE", message, { cause: error });
}
