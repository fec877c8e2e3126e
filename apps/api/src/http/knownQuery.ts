/**
 * Executes queries whose document is known to be valid, with the same limits and errors as other operations, but without Apollo's plugin
 * pipeline. Everything else is left to Apollo: unknown documents, mutations, and queries that are refused.
 */
import { HeaderMap } from "@apollo/server";
import {
  type ExecutionResult,
  execute,
  type FormattedExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
} from "graphql";
import type { Logger } from "pino";
import type { ApiContext } from "../context.ts";
import { formatErrorWith } from "../errors/formatError.ts";
import { chargeOperation, settleCharge } from "../limits/chargeOperation.ts";
import type { CostBuckets } from "../limits/costBuckets.ts";
import { measureOperation } from "../limits/measureOperation.ts";
import type { DocumentStore } from "./documentStore.ts";
import { finishResponse } from "./finishResponse.ts";

export interface KnownQueryOptions {
  readonly schema: GraphQLSchema;
  readonly logger: Logger;
  /** Null without a limit. */
  readonly costBuckets: CostBuckets | null;
  readonly documents: DocumentStore;
}

export interface QueryAnswer {
  readonly status: number;
  readonly headers: HeaderMap;
  readonly result: FormattedExecutionResult;
}

interface Body {
  readonly query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
  readonly extensions?: unknown;
}

export interface QueryRequest {
  readonly body: Body;
  readonly context: ApiContext;
  /** The media type of the response. */
  readonly accept: string;
  /** Aborted when the client is gone. */
  readonly gone: AbortSignal;
}

type Variables = Readonly<Record<string, unknown>>;

function readVariables({ variables = null }: Body): Variables | null {
  if (variables === null) return {};
  return typeof variables === "object" && !Array.isArray(variables) ? (variables as Variables) : null;
}

/** Describes an error as Apollo does before formatting it. */
function describe(error: GraphQLError) {
  const { http: _http, ...extensions } = error.extensions;
  return { ...error.toJSON(), extensions: { ...extensions, code: extensions["code"] ?? "INTERNAL_SERVER_ERROR" } };
}

/** The returned function resolves to null for a request that Apollo must handle; nothing has been executed then. */
export function executeKnownQueries({ schema, logger, costBuckets, documents }: KnownQueryOptions) {
  const format = formatErrorWith(logger);

  /** Whether the query may run. If not, Apollo reports the reason. */
  async function isAdmitted(operation: Parameters<typeof measureOperation>[1], context: ApiContext): Promise<boolean> {
    try {
      await chargeOperation(measureOperation(schema, operation), context, costBuckets);
      return true;
    } catch {
      context.charge = null;
      return false;
    }
  }

  return async ({ body, context, accept, gone }: QueryRequest): Promise<QueryAnswer | null> => {
    const { query, operationName = null } = body;
    const document = typeof query === "string" ? documents.find(query) : undefined;
    const variables = readVariables(body);
    const isNamed = operationName === null || typeof operationName === "string";
    if (document === undefined || variables === null || !isNamed || body.extensions != null) return null;
    if (getOperationAST(document, operationName)?.operation !== "query") return null;
    if (!(await isAdmitted({ document, operationName, variables }, context))) return null;
    gone.addEventListener("abort", () => context.meter.abandon(), { once: true });
    const { data, errors }: ExecutionResult = await execute({
      schema,
      document,
      contextValue: context,
      variableValues: variables,
      operationName,
    });
    context.meter.end();
    // A variable has an invalid value, so nothing was executed.
    if (data === undefined) return null;
    settleCharge(context, costBuckets);
    const http = { status: 200, headers: new HeaderMap() };
    const formatted = errors === undefined ? {} : { errors: errors.map((error) => format(describe(error), error)) };
    const answer = { http, body: { singleResult: { ...formatted, data } as FormattedExecutionResult } };
    finishResponse(answer, { context, errors, accept, format });
    return { ...http, result: answer.body.singleResult };
  };
}
