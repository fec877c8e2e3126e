/** Turns an error into one sentence that says what to do, and an exit code. */
import { PareidoliaError } from "@pareidolia/client/errors";
import type { ExitName } from "./exitCodes.ts";

/** An error of the command line itself. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly exit: ExitName;

  constructor(exit: ExitName, message: string) {
    super(message);
    this.exit = exit;
  }
}

/** What went wrong with a search expression, so that its text can be shown with the place at fault. */
export class SearchFailure extends Error {
  override readonly name = "SearchFailure";
  readonly search: string;

  constructor(search: string, cause: unknown) {
    super("The search failed.", { cause });
    this.search = search;
  }
}

/** What went wrong with the user's own GraphQL document: places in it are worth showing, those in the program's documents are not. */
export class DocumentFailure extends Error {
  override readonly name = "DocumentFailure";

  constructor(cause: unknown) {
    super("The document failed.", { cause });
  }
}

export interface Failure {
  readonly exit: ExitName;
  /** The first line is a sentence; the others show where it is. */
  readonly lines: readonly string[];
}

const exitsOfCodes: Readonly<Record<string, ExitName>> = {
  INVALID_INPUT: "usage",
  BAD_USER_INPUT: "usage",
  GRAPHQL_PARSE_FAILED: "usage",
  GRAPHQL_VALIDATION_FAILED: "usage",
  OPERATION_RESOLUTION_FAILURE: "usage",
  SUBSCRIPTION_OVER_HTTP: "usage",
  TOO_COMPLEX: "usage",
  NOT_FOUND: "notFound",
  UNAUTHENTICATED: "refused",
  FORBIDDEN: "refused",
  NO_WORKSPACE: "refused",
  RATE_LIMITED: "limited",
  QUOTA_EXCEEDED: "limited",
  TOO_EXPENSIVE: "limited",
  TOO_MANY_OPERATIONS: "limited",
  CONFLICT: "conflict",
  JOB_FAILED: "failedWork",
  NETWORK: "unreachable",
  TIMEOUT: "unreachable",
  UNAVAILABLE: "unreachable",
};

/** What to do about a code, besides what the message says. */
const advice: Readonly<Record<string, string>> = {
  UNAUTHENTICATED: "Sign in with `pareidolia login`, or set PAREIDOLIA_TOKEN.",
  NO_WORKSPACE: "Ask an owner of a workspace for an invitation.",
  NETWORK: "Check the address (`--url` or PAREIDOLIA_URL), and that the server is running.",
  TIMEOUT: "Try again, or check that the server is running.",
};

/** What responses have beyond the error's own properties. */
interface Extensions {
  readonly position?: { readonly from: number; readonly to: number };
  readonly hint?: string | null;
}

interface Located {
  readonly message: string;
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: Extensions | undefined;
}

function placeOf({ locations, path }: Located): string {
  const [place] = locations ?? [];
  if (place !== undefined) return ` (line ${place.line}, column ${place.column})`;
  return path === undefined || path.length === 0 ? "" : ` (at ${path.join(".")})`;
}

/** The text with a mark under the characters that the API found wrong. */
export function underline(text: string, { from, to }: { readonly from: number; readonly to: number }): string[] {
  return [`  ${text}`, `  ${" ".repeat(from)}${"^".repeat(Math.max(1, to - from))}`];
}

function describeApiError(error: PareidoliaError, search: string | null, showsPlaces: boolean): string[] {
  const errors = error.errors as readonly Located[];
  const position = errors[0]?.extensions?.position;
  const marked = position === undefined || search === null || search.includes("\n") ? [] : underline(search, position);
  const place = showsPlaces ? placeOf : () => "";
  const sentences = errors.length === 0 ? [error.message] : errors.map((each) => `${each.message}${place(each)}`);
  const wait = error.retryAfter === null ? [] : [`Try again in ${Math.ceil(error.retryAfter)} s.`];
  const more = advice[error.code];
  const field = error.fieldErrors[0]?.field;
  const named = field === undefined || position !== undefined ? [] : [`The invalid value is in ${field}.`];
  return [...sentences, ...marked, ...named, ...wait, ...(more === undefined ? [] : [more])];
}

export function describeFailure(thrown: unknown): Failure {
  const search = thrown instanceof SearchFailure ? thrown.search : null;
  const error = thrown instanceof SearchFailure || thrown instanceof DocumentFailure ? thrown.cause : thrown;
  if (error instanceof CliError) return { exit: error.exit, lines: [error.message] };
  if (error instanceof PareidoliaError)
    return { exit: exitsOfCodes[error.code] ?? "failed", lines: describeApiError(error, search, thrown instanceof DocumentFailure) };
  if (error instanceof Error && error.name === "AbortError") return { exit: "interrupted", lines: ["Interrupted."] };
  const { code, path } = (error ?? {}) as { readonly code?: unknown; readonly path?: unknown };
  if (code === "ENOENT") return { exit: "notFound", lines: [`There is no file ${String(path)}.`] };
  if (code === "EACCES" || code === "EPERM") return { exit: "failed", lines: [`You have no permission to read or write ${String(path)}.`] };
  return { exit: "failed", lines: [error instanceof Error ? error.message : String(error)] };
}
