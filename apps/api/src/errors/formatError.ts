/**
 * What clients see of an error outside of payloads. Our own errors keep their words and code, GraphQL's keep theirs,
 * and of everything else nothing gets out: it is logged, and the client reads one sentence.
 */
import { unwrapResolverError } from "@apollo/server/errors";
import { AppError, type AppErrorCode } from "@pareidolia/core/appError";
import { explainOutage } from "@pareidolia/persistence/outage";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { Logger } from "pino";

const httpStatuses: Readonly<Record<AppErrorCode, number>> = {
  INVALID_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  LEASE_LOST: 409,
  UNAVAILABLE: 503,
  TOO_EXPENSIVE: 429,
  CORRUPT_DATA: 500,
  INTERNAL: 500,
};

export const maskedMessage = "Something went wrong on our side. It has been logged.";

/** Those whose words are meant for clients. */
const publicCodes: readonly AppErrorCode[] = [
  "INVALID_INPUT",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "NOT_FOUND",
  "CONFLICT",
  "UNAVAILABLE",
  "TOO_EXPENSIVE",
];

/** What went wrong, by our own name where we have one: a lost database is UNAVAILABLE, whatever a driver calls it. */
export function causeOf(error: unknown): unknown {
  const cause = unwrapResolverError(error);
  return explainOutage(cause) ?? cause;
}

/** The HTTP status declared by one of our limits. */
function declaredStatus(error: unknown): number | undefined {
  return (error as GraphQLError | undefined)?.extensions?.http?.status;
}

export function httpStatusOf(error: unknown): number {
  const cause = causeOf(error);
  return cause instanceof AppError ? httpStatuses[cause.code] : (declaredStatus(cause) ?? 500);
}

/** GraphQL's "Did you mean" suggestion, which would reveal the schema to clients that may not read it. */
const hint = / Did you mean .*\?$/;

/** Whether GraphQL itself raised it, on a document that it could not parse, validate or coerce. */
function isOfGraphQL(error: unknown): boolean {
  const original = (error as GraphQLError | undefined)?.originalError;
  return original === undefined || original === null || original.name === "GraphQLError";
}

/**
 * Whether GraphQL gave up on the variables after too many errors: its last error has no location and no code, so Apollo would report a
 * server error.
 */
function isOfVariables(error: unknown): boolean {
  if (!(error instanceof GraphQLError)) return false;
  const { originalError, path, nodes, extensions } = error;
  return originalError === undefined && path === undefined && nodes === undefined && extensions["code"] === undefined;
}

export function formatErrorWith(logger: Logger): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const cause = causeOf(error);
    const place = {
      ...(formatted.locations === undefined ? {} : { locations: formatted.locations }),
      ...(formatted.path === undefined ? {} : { path: formatted.path }),
    };
    if (cause instanceof AppError && cause.code === "UNAVAILABLE") logger.warn({ err: cause.cause ?? cause }, "Something we need is away.");
    if (cause instanceof AppError && publicCodes.includes(cause.code)) {
      const field = cause.field === undefined ? {} : { field: cause.field };
      return { message: cause.message, ...place, extensions: { code: cause.code, ...field } };
    }
    const given = formatted.extensions?.["code"];
    const code = given === "INTERNAL_SERVER_ERROR" && isOfVariables(error) ? "BAD_USER_INPUT" : given;
    if (!(cause instanceof AppError) && isOfGraphQL(error) && code !== "INTERNAL_SERVER_ERROR")
      return { message: formatted.message.replace(hint, ""), ...place, extensions: { code: code ?? "GRAPHQL_VALIDATION_FAILED" } };
    logger.error({ err: cause, path: formatted.path }, "A request failed.");
    return { message: maskedMessage, ...place, extensions: { code: "INTERNAL" } };
  };
}
