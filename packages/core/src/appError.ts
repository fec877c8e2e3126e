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

/** The characters of a text that a problem is about, and what to write instead. */
export interface ErrorPlace {
  /** Offsets in UTF-16 code units; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
  readonly hint: string | null;
}

/** What is stored instead of the value that a change would replace. */
export interface PresentValue {
  /** The field of the input that has the new value, such as "name". */
  readonly field: string;
  /** As the API shows it. */
  readonly value: unknown;
  /** The name of the user who stored it; null if that is not known. */
  readonly changedByName: string | null;
  readonly changedAt: Date | null;
}

export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: AppErrorCode;
  /** The path of the invalid input field, with dots, if `code` is INVALID_INPUT. */
  readonly field: string | undefined;

  /** The faulty part of the field's value, if the value is a text and only a part is at fault. */
  readonly place: ErrorPlace | undefined;

  /** Of a conflict between two changes of one field. */
  readonly present: PresentValue | undefined;

  constructor(
    code: AppErrorCode,
    message: string,
    options: { cause?: unknown; field?: string; place?: ErrorPlace; present?: PresentValue } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.field = options.field;
    this.place = options.place;
    this.present = options.present;
  }
}
