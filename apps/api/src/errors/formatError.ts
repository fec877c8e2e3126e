/**
 * Formats errors outside of payloads for clients. Public AppErrors and GraphQL's own errors keep their message and code. All other errors
 * are logged, and the client gets a generic message.
 */
import { unwrapResolverError } from "@apollo/server/errors";
import { AppError, type AppErrorCode } from "@pareidolia/core/appError";
import { explainOutage } from "@pareidolia/persistence/server/database/outage";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { Logger } from "pino";

const httpStatuses: Readonly<Record<AppErrorCode, number>> = {
  INVALID_INPUT: 400,
  UNAUTHENTICATED: 401,
  NO_WORKSPACE: 403,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  LEASE_LOST: 409,
  UNAVAILABLE: 503,
  TOO_EXPENSIVE: 429,
  RATE_LIMITED: 429,
  QUOTA_EXCEEDED: 403,
  CORRUPT_DATA: 500,
  INTERNAL: 500,
};

export const maskedMessage = "Something went wrong on our side. It has been logged.";

/** Codes of errors whose messages may be shown to clients. */
const publicCodes: readonly AppErrorCode[] = [
  "INVALID_INPUT",
  "UNAUTHENTICATED",
  "NO_WORKSPACE",
  "FORBIDDEN",
  "NOT_FOUND",
  "CONFLICT",
  "UNAVAILABLE",
  "TOO_EXPENSIVE",
  "RATE_LIMITED",
  "QUOTA_EXCEEDED",
];

/**
 * Unwraps the resolver's error, and converts a driver's error about a lost service to UNAVAILABLE, wherever it was thrown: Apollo wraps those
 * of plugins too, without a path.
 */
export function causeOf(error: unknown): unknown {
  const cause = unwrapResolverError(error);
  return explainOutage(cause) ?? explainOutage((cause as GraphQLError | undefined)?.originalError) ?? cause;
}

/** The HTTP status that a limit set on the error. */
function declaredStatus(error: unknown): number | undefined {
  return (error as GraphQLError | undefined)?.extensions?.http?.status;
}

export function httpStatusOf(error: unknown): number {
  const cause = causeOf(error);
  return cause instanceof AppError ? httpStatuses[cause.code] : (declaredStatus(cause) ?? 500);
}

/** GraphQL's "Did you mean" suggestion, which would reveal the schema to clients that may not read it. */
const hint = / Did you mean .*\?$/;

/** Whether GraphQL raised the error because it could not parse or validate the document, or coerce a value. */
function isOfGraphQL(error: unknown): boolean {
  const original = (error as GraphQLError | undefined)?.originalError;
  return original === undefined || original === null || original.name === "GraphQLError";
}

/**
 * Whether GraphQL stopped checking the variables after too many errors: its last error has no location and no code, so Apollo would report
 * a server error.
 */
function isOfVariables(error: unknown): boolean {
  if (!(error instanceof GraphQLError)) return false;
  const { originalError, path, nodes, extensions } = error;
  return originalError === undefined && path === undefined && nodes === undefined && extensions["code"] === undefined;
}

/** What a limit says besides its message. */
function detailsOf(formatted: GraphQLFormattedError): object {
  const details = formatted.extensions?.["details"];
  return details === undefined ? {} : { details };
}

/** Which characters of the field are at fault, and what to write instead. */
function placeOf({ place }: AppError): object {
  return place === undefined ? {} : { position: { from: place.from, to: place.to }, hint: place.hint };
}

export function formatErrorWith(logger: Logger): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const cause = causeOf(error);
    const place = {
      ...(formatted.locations === undefined ? {} : { locations: formatted.locations }),
      ...(formatted.path === undefined ? {} : { path: formatted.path }),
    };
    if (cause instanceof AppError && cause.code === "UNAVAILABLE")
      logger.warn({ err: cause.cause ?? cause }, "A service that we depend on is unavailable.");
    if (cause instanceof AppError && publicCodes.includes(cause.code)) {
      const field = cause.field === undefined ? {} : { field: cause.field };
      return { message: cause.message, ...place, extensions: { code: cause.code, ...field, ...placeOf(cause) } };
    }
    const given = formatted.extensions?.["code"];
    const code = given === "INTERNAL_SERVER_ERROR" && isOfVariables(error) ? "BAD_USER_INPUT" : given;
    if (!(cause instanceof AppError) && isOfGraphQL(error) && code !== "INTERNAL_SERVER_ERROR")
      return {
        message: formatted.message.replace(hint, ""),
        ...place,
        extensions: { code: code ?? "GRAPHQL_VALIDATION_FAILED", ...detailsOf(formatted) },
      };
    logger.error({ err: cause, path: formatted.path }, "A request failed.");
    return { message: maskedMessage, ...place, extensions: { code: "INTERNAL" } };
  };
}
