/** Mutation payloads: a success, or one of the typed errors. All other errors are rethrown. */
import { AppError, type AppErrorCode, type PresentValue } from "@pareidolia/core/appError";
import { type ClassType, createUnionType } from "type-graphql";
import { ConflictError, ForbiddenError, type InputPosition, InvalidInputError, NotFoundError, QuotaExceededError } from "./error.type.ts";

const errorTypeNames: Partial<Record<AppErrorCode, string>> = {
  INVALID_INPUT: "InvalidInputError",
  NOT_FOUND: "NotFoundError",
  FORBIDDEN: "ForbiddenError",
  CONFLICT: "ConflictError",
  QUOTA_EXCEEDED: "QuotaExceededError",
};

export interface ErrorPayload {
  readonly __typename: string;
  readonly code: string;
  readonly message: string;
  readonly field: string | null;
  readonly position: InputPosition | null;
  readonly present: PresentValue | null;
}

export type Payload<Success> = (Success & { readonly __typename: string }) | ErrorPayload;

/** @throws the error itself, if it does not belong in a payload. */
export function describeFailure(error: unknown): ErrorPayload {
  const typeName = error instanceof AppError ? errorTypeNames[error.code] : undefined;
  if (!(error instanceof AppError) || typeName === undefined) throw error;
  const { code, message, field = null, place = null, present = null } = error;
  return { __typename: typeName, code, message, field, position: place, present };
}

export async function resolvePayload<Success extends object>(successType: string, act: () => Promise<Success>): Promise<Payload<Success>> {
  try {
    return { __typename: successType, ...(await act()) };
  } catch (error) {
    return describeFailure(error);
  }
}

interface PayloadOptions {
  readonly name: string;
  readonly description: string;
  readonly success: ClassType;
  /** Whether the mutation takes an ID that may not exist. */
  readonly missing: boolean;
  /** Whether the mutation counts against a quota. Default: no. */
  readonly quota?: boolean;
}

export function payloadOf({ name, description, success, missing, quota = false }: PayloadOptions): object {
  const errors = [
    InvalidInputError,
    ...(missing ? [NotFoundError] : []),
    ForbiddenError,
    ConflictError,
    ...(quota ? [QuotaExceededError] : []),
  ];
  return createUnionType({
    name,
    description,
    types: () => [success, ...errors] as const,
    resolveType: (value: object) => (value as { readonly __typename: string }).__typename,
  });
}
