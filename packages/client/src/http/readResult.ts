/** Turns the API's answer into data, or into a PareidoliaError. */
import { type ApiError, type Cost, type FieldError, PareidoliaError } from "../pareidoliaError.ts";

/** The result of an operation, as GraphQL over HTTP, WebSockets and event streams send it. */
export interface OperationResult {
  readonly data?: unknown;
  readonly errors?: readonly ApiError[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** Facts about the response besides its body. */
export interface ResponseFacts {
  readonly status: number | null;
  /** Of the header Retry-After. */
  readonly retryAfter: number | null;
}

const withoutFacts: ResponseFacts = { status: null, retryAfter: null };

export function isResult(value: unknown): value is OperationResult {
  return typeof value === "object" && value !== null && ("data" in value || Array.isArray((value as OperationResult).errors));
}

export function costOf(result: OperationResult): Cost | null {
  return (result.extensions?.["cost"] as Cost | undefined) ?? null;
}

function retryAfterOf({ extensions }: ApiError): number | null {
  const details = extensions?.["details"] as { readonly retryAfter?: unknown } | undefined;
  return typeof details?.retryAfter === "number" ? details.retryAfter : null;
}

function fieldErrorsOf(errors: readonly ApiError[]): FieldError[] {
  return errors.flatMap(({ message, extensions }) => {
    const field = extensions?.["field"];
    return typeof field === "string" ? [{ field, message }] : [];
  });
}

/** @throws PareidoliaError for a result with errors, even if it has data. */
export function dataOf(result: OperationResult, facts: ResponseFacts = withoutFacts): unknown {
  const [first] = result.errors ?? [];
  if (first === undefined) return result.data;
  const code = first.extensions?.["code"];
  throw new PareidoliaError(typeof code === "string" ? code : "BAD_RESPONSE", first.message, {
    path: first.path,
    fieldErrors: fieldErrorsOf(result.errors ?? []),
    retryAfter: retryAfterOf(first) ?? facts.retryAfter,
    cost: costOf(result),
    status: facts.status,
    errors: result.errors ?? [],
    data: result.data,
  });
}

/** Of the header Retry-After: seconds, or a date. */
function secondsOf(header: string | null): number | null {
  if (header === null) return null;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1_000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}

export function factsOf({ status, headers }: Response): ResponseFacts {
  return { status, retryAfter: secondsOf(headers.get("retry-after")) };
}

/** Reads a response of the API. @throws PareidoliaError BAD_RESPONSE if the API did not send it. */
export async function readResponse(response: Response): Promise<OperationResult> {
  const text = await response.text();
  const facts = factsOf(response);
  try {
    const parsed: unknown = JSON.parse(text);
    if (isResult(parsed)) return parsed;
  } catch {
    // A page of a proxy, for example.
  }
  const from = response.url === "" ? "The server" : response.url;
  throw new PareidoliaError(
    "BAD_RESPONSE",
    `${from} answered with status ${facts.status} and no GraphQL result. Is this the address of the API?`,
    facts,
  );
}
