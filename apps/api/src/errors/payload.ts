/** Mutation payloads: a success, or one of the typed errors. All other errors are rethrown. */
import { AppError, type AppErrorCode } from "@pareidolia/core/appError";
import { type ClassType, createUnionType } from "type-graphql";
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from "./error.type.ts";

const errorTypeNames: Partial<Record<AppErrorCode, string>> = {
  INVALID_INPUT: "InvalidInputError",
  NOT_FOUND: "NotFoundError",
  FORBIDDEN: "ForbiddenError",
  CONFLICT: "ConflictError",
};

export type Payload<Success> =
  | (Success & { readonly __typename: string })
  | { readonly __typename: string; readonly code: string; readonly message: string; readonly field: string | null };

export async function resolvePayload<Success extends object>(successType: string, act: () => Promise<Success>): Promise<Payload<Success>> {
  try {
    return { __typename: successType, ...(await act()) };
  } catch (error) {
    const typeName = error instanceof AppError ? errorTypeNames[error.code] : undefined;
    if (!(error instanceof AppError) || typeName === undefined) throw error;
    return { __typename: typeName, code: error.code, message: error.message, field: error.field ?? null };
  }
}

/** `missing`: whether the mutation takes an ID that may not exist. */
export function payloadOf(options: { name: string; description: string; success: ClassType; missing: boolean }): object {
  const errors = options.missing
    ? [InvalidInputError, NotFoundError, ForbiddenError, ConflictError]
    : [InvalidInputError, ForbiddenError, ConflictError];
  return createUnionType({
    name: options.name,
    description: options.description,
    types: () => [options.success, ...errors] as const,
    resolveType: (value: object) => (value as { readonly __typename: string }).__typename,
  });
}
