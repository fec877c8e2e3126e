/** The only error that this client throws: a refusal of the API, or the reason why it could not be reached. */

/** An error as the API sends it. */
export interface ApiError {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** What an operation cost, and what is left. See the API's documentation of costs. */
export interface Cost {
  readonly cost: number;
  readonly limit: number | null;
  readonly remaining: number | null;
  readonly drainPerSecond: number | null;
  readonly resetAt: string | null;
}

export interface FieldError {
  /** Dotted path of the input field, such as `input.seed`. */
  readonly field: string;
  readonly message: string;
}

/** Codes that this client adds to those of the API, such as INVALID_INPUT, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND or RATE_LIMITED. */
export type ClientErrorCode =
  /** The server could not be reached, or the connection broke. */
  | "NETWORK"
  /** The server took longer than `timeoutSeconds`. */
  | "TIMEOUT"
  /** The server, or a proxy before it, sent something other than an answer of the API. */
  | "BAD_RESPONSE"
  /** A received file does not have the expected SHA-256. */
  | "WRONG_HASH"
  /** A job of the API failed or was cancelled. */
  | "JOB_FAILED"
  /** The caller did not accept the preview of an import. */
  | "REFUSED";

interface Details {
  readonly path?: readonly (string | number)[] | undefined;
  readonly fieldErrors?: readonly FieldError[];
  readonly retryAfter?: number | null;
  readonly cost?: Cost | null;
  readonly status?: number | null;
  readonly errors?: readonly ApiError[];
  readonly data?: unknown;
  readonly cause?: unknown;
}

export class PareidoliaError extends Error {
  override readonly name = "PareidoliaError";
  /** A code of the API, or one of ClientErrorCode. */
  readonly code: string;
  /** Path of the field in the response; null if no single field failed. */
  readonly path: readonly (string | number)[] | null;
  /** The input fields that are invalid. */
  readonly fieldErrors: readonly FieldError[];
  /** Seconds after which to try again; null if the API did not say. */
  readonly retryAfter: number | null;
  /** What the operation cost; null if it was refused before it was counted. */
  readonly cost: Cost | null;
  /** HTTP status; null without a response. */
  readonly status: number | null;
  /** All errors of the response; the first one is this error. */
  readonly errors: readonly ApiError[];
  /** The data that the API could still return, in which failed fields are null; null if there is none. */
  readonly data: unknown;

  constructor(code: string, message: string, details: Details = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.path = details.path ?? null;
    this.fieldErrors = details.fieldErrors ?? [];
    this.retryAfter = details.retryAfter ?? null;
    this.cost = details.cost ?? null;
    this.status = details.status ?? null;
    this.errors = details.errors ?? [];
    this.data = details.data ?? null;
  }
}

/** What a mutation returns: its success, or one of the API's types of errors. */
interface Failure {
  readonly __typename: string;
  readonly code: string;
  readonly message: string;
  readonly field?: string | null;
}

const isFailure = (payload: object): payload is Failure =>
  "__typename" in payload && String(payload.__typename).endsWith("Error") && "code" in payload && "message" in payload;

/** The member of a mutation's payload that stands for success. */
export type SuccessOf<Payload> = Exclude<Payload, { readonly __typename: `${string}Error` }>;

/**
 * Returns the success of a mutation's payload.
 * @throws PareidoliaError if the payload is one of the API's errors. Select `__typename code message` of errors for this.
 */
export function successOf<Payload extends object>(payload: Payload): SuccessOf<Payload> {
  if (!isFailure(payload)) return payload as SuccessOf<Payload>;
  const { code, message, field = null } = payload;
  throw new PareidoliaError(code, message, { fieldErrors: field === null ? [] : [{ field, message }] });
}
