/**
 * Finishes an operation's HTTP response: keeps it out of caches, adds its cost, enforces the limits of a response, and sets the status for
 * its errors.
 */
import type { HeaderMap } from "@apollo/server";
import { AppError } from "@pareidolia/core/appError";
import type { FormattedExecutionResult, GraphQLError, GraphQLFormattedError } from "graphql";
import type { ApiContext } from "../context.ts";
import { causeOf, httpStatusOf } from "../errors/formatError.ts";
import { describeCharge, headersOfCharge } from "../limits/chargeOperation.ts";
import { findResponseError } from "../limits/findResponseError.ts";
import { responseType } from "./negotiate.ts";

/** GraphQL over HTTP's "Partial Success": data and errors. Only for clients of its media type, since HTTP does not define this status. */
const partialSuccess = 294;

/** Whether every field was refused because the sender has not signed in. The response then has status 401 and no data. */
function isRefusedEntirely({ data, errors = [] }: FormattedExecutionResult): boolean {
  const isEmpty = Object.values(data ?? {}).every((value) => value === null);
  return isEmpty && errors.length > 0 && errors.every(({ extensions }) => extensions?.["code"] === "UNAUTHENTICATED");
}

/** The response so far; changed in place. */
export interface Unfinished {
  readonly http: { status?: number; readonly headers: Pick<HeaderMap, "set"> };
  readonly body: { singleResult: FormattedExecutionResult };
}

export interface Finishing {
  readonly context: Pick<ApiContext, "meter" | "charge">;
  /** The errors as thrown, before formatting. */
  readonly errors: readonly GraphQLError[] | undefined;
  /** The media type of the response; undefined for JSON. */
  readonly accept: string | undefined;
  format(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError;
}

export function finishResponse({ http, body }: Unfinished, { context: { meter, charge }, errors, accept, format }: Finishing): void {
  const { singleResult } = body;
  http.headers.set("cache-control", "no-store");
  if (charge !== null) {
    for (const [name, value] of headersOfCharge(charge)) http.headers.set(name, value);
    singleResult.extensions = { ...singleResult.extensions, cost: describeCharge(charge) };
  }
  const limitError = findResponseError(meter, singleResult);
  if (limitError !== null) {
    body.singleResult = {
      errors: [format({ message: limitError.message, extensions: limitError.extensions }, limitError)],
      ...(singleResult.extensions === undefined ? {} : { extensions: singleResult.extensions }),
    };
    http.status = httpStatusOf(limitError);
    return;
  }
  if (errors === undefined) return;
  if (isRefusedEntirely(singleResult)) delete singleResult.data;
  if (singleResult.data != null) {
    http.status = accept === responseType ? partialSuccess : 200;
    return;
  }
  // Errors of resolvers, and our own from before execution, such as the limit of costs. Errors of the document have no path and no AppError.
  const ours = errors.filter((error) => error.path !== undefined || causeOf(error) instanceof AppError);
  const worst = Math.max(0, ...ours.map((error) => httpStatusOf(error)));
  if (worst > 0) http.status = worst;
  // Apollo responds to an unknown persisted query with 200.
  else if ((http.status ?? 200) < 400) http.status = 400;
}
