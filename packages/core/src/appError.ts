/**
 * The only error class of the product. Its code is mapped once at each edge: to GraphQL's typed errors, to the FAILED row of a run, to a
 * command's exit code.
 */
export type AppErrorCode =
  | "INVALID_INPUT"
  | "UNAUTHENTICATED"
  | "NO_WORKSPACE"
  | "NOT_FOUND"
  | "FORBIDDEN"
  | "CONFLICT"
  | "LEASE_LOST"
  | "CORRUPT_DATA"
  | "UNAVAILABLE"
  | "TOO_EXPENSIVE"
  | "RATE_LIMITED"
  | "QUOTA_EXCEEDED"
  | "INTERNAL";

export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: AppErrorCode;
  /** The path of the invalid input field, with dots, if `code` is INVALID_INPUT. */
  readonly field: string | undefined;

  constructor(code: AppErrorCode, message: string, options: { cause?: unknown; field?: string } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.field = options.field;
  }
}
