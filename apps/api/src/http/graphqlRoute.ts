/** The direct route for operations posted as short JSON by clients that accept JSON. */
import type { IncomingMessage } from "node:http";
import { type ApolloServer, HeaderMap } from "@apollo/server";
import { AppError } from "@pareidolia/core/appError";
import { StatementBudget, withStatementBudget } from "@pareidolia/persistence/server/database/statementBudget";
import { createContext } from "../assembly/createContext.ts";
import type { Services } from "../assembly/nounModule.ts";
import type { ApiContext } from "../context.ts";
import { limits } from "../limits/limits.ts";
import type { WaitForTurn } from "../limits/operationTurns.ts";
import type { DirectRoute } from "./directAnswers.ts";
import { notJson } from "./errorResponses.ts";
import { executeKnownQueries, type KnownQueryOptions, type QueryRequest } from "./knownQuery.ts";
import { eventStreamType, responseType, typeChosenFor } from "./negotiate.ts";
import type { PersistedOperations } from "./persistedOperations.ts";
import { refuseDocument } from "./refuseDocuments.ts";
import { resolveBody } from "./resolveDocuments.ts";

export interface GraphqlRouteOptions extends KnownQueryOptions {
  readonly path: string;
  readonly apollo: ApolloServer<ApiContext>;
  readonly services: Services;
  readonly operations: PersistedOperations;
  readonly waitForTurn: WaitForTurn;
}

/** Bytes. */
const maxBodyLength = 100_000;
const jsonTypes: ReadonlySet<string | undefined> = new Set([
  "application/json",
  "application/json; charset=utf-8",
  "application/json;charset=UTF-8",
]);
const byteOrderMark = 0xfeff;

function isShortJson({ headers }: IncomingMessage): boolean {
  if (!jsonTypes.has(headers["content-type"]) || headers["content-encoding"] !== undefined) return false;
  const length = Number(headers["content-length"]);
  return length > 0 && length <= maxBodyLength;
}

function readText(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.once("end", () => resolve((chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)).toString()));
    request.once("error", (cause) => reject(new AppError("INVALID_INPUT", "The request ended before its body was complete.", { cause })));
  });
}

/** @throws AppError INVALID_INPUT for anything but an object or a list. */
function parseBody(text: string): object {
  try {
    const body: unknown = JSON.parse(text.charCodeAt(0) === byteOrderMark ? text.slice(1) : text);
    if (typeof body === "object" && body !== null) return body;
  } catch {
    // The parser's own message would quote the body.
  }
  throw new AppError("INVALID_INPUT", notJson);
}

async function askApollo(apollo: ApolloServer<ApiContext>, request: IncomingMessage, { body, context, accept }: QueryRequest) {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined && name !== "accept") headers.set(name, typeof value === "string" ? value : value.join(", "));
  // Apollo responds with JSON by default.
  if (accept === responseType) headers.set("accept", accept);
  const httpGraphQLRequest = { method: "POST", headers, search: "", body };
  const answer = await apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest, context: async () => context });
  // No client of this route accepts incremental results.
  if (answer.body.kind !== "complete") throw new Error("A result in parts cannot be sent.");
  return { status: answer.status ?? 200, headers: answer.headers, text: answer.body.string };
}

export function graphqlRoute(options: GraphqlRouteOptions): DirectRoute {
  const { path, apollo, services, operations, waitForTurn } = options;
  const executeKnown = executeKnownQueries(options);
  return (request) => {
    if (request.method !== "POST" || request.url !== path || !isShortJson(request)) return null;
    const accept = typeChosenFor(request.headers);
    if (accept === undefined || accept === eventStreamType) return null;
    return async (actor, response) => {
      const body = resolveBody(operations, parseBody(await readText(request)), { actor, response });
      if (body === null || refuseDocument(body, response)) return;
      if (!(await waitForTurn(actor, response))) return;
      const gone = new AbortController();
      response.once("close", () => gone.abort());
      const asked = { body, context: createContext(actor, services), accept, gone: gone.signal };
      const { status, headers, text } = await withStatementBudget(new StatementBudget(limits.database), async () => {
        const known = await executeKnown(asked);
        if (known === null) return askApollo(apollo, request, asked);
        known.headers.set("content-type", `${accept}; charset=utf-8`);
        const { errors, data, extensions } = known.result;
        return { ...known, text: `${JSON.stringify({ errors, data, extensions })}\n` };
      });
      response.statusCode = status;
      for (const [name, value] of headers) response.setHeader(name, value);
      response.end(text);
    };
  };
}
