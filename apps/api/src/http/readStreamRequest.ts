/** Reads a request for an event stream: a document and its variables in the body of a POST or in the address of a GET. */
import { AppError } from "@pareidolia/core/appError";
import type { Request } from "express";

export interface StreamRequest {
  readonly query: string;
  readonly operationName: string | null;
  readonly variables: Record<string, unknown>;
}

function invalid(message: string): AppError {
  return new AppError("INVALID_INPUT", message);
}

function parseVariables(text: unknown): unknown {
  if (typeof text !== "string" || text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    throw invalid("`variables` is not valid JSON.");
  }
}

/** The number of the last event that the client has received, if a browser reconnects. */
function lastEventId({ headers }: Request): number | null {
  const given = headers["last-event-id"];
  return typeof given === "string" && /^\d{1,15}$/.test(given) ? Number(given) : null;
}

/**
 * Resumes after the client's last event if the request names that event and the variables have `since`, even if null.
 * @throws AppError INVALID_INPUT.
 */
export function readStreamRequest(request: Request): StreamRequest {
  const isGet = request.method === "GET";
  const given = (isGet ? request.query : request.body) as Readonly<Record<string, unknown>>;
  const { query, operationName = null } = given;
  const variables = (isGet ? parseVariables(given["variables"]) : given["variables"]) ?? {};
  if (typeof query !== "string" || query === "")
    throw invalid("Send a GraphQL document as `query`: in the address of a GET, or in the body of a POST as application/json.");
  if (operationName !== null && typeof operationName !== "string") throw invalid("`operationName` must be a string.");
  if (typeof variables !== "object" || Array.isArray(variables)) throw invalid("`variables` must be an object.");
  const last = lastEventId(request);
  const { since } = variables as { readonly since?: unknown };
  const resumed = last !== null && (since === null || typeof since === "number") ? { since: Math.max(since ?? 0, last) } : {};
  return { query, operationName, variables: { ...variables, ...resumed } };
}
