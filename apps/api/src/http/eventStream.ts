/**
 * GraphQL over Server-Sent Events on the same path as HTTP, one request for each operation (the "distinct connections" mode of
 * https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md), for programs and networks without WebSockets. The schema, limits, slots,
 * origins and errors are those of the WebSocket, and a stream ends when its user's access changes.
 *
 * An event of a numbered log has its number as its id. A browser's EventSource sends the last one when it reconnects (Last-Event-ID), and it
 * replaces the variable `since`.
 */
import { once } from "node:events";
import type { Actor, MemberActor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { Request, RequestHandler, Response } from "express";
import { type ExecutionResult, type FormattedExecutionResult, GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import { createContext } from "../assembly/createContext.ts";
import type { Services } from "../assembly/nounModule.ts";
import { formatErrorWith, httpStatusOf } from "../errors/formatError.ts";
import type { Authenticate } from "../identity/authenticate.ts";
import { headersOfCharge } from "../limits/chargeOperation.ts";
import type { CostBuckets } from "../limits/costBuckets.ts";
import { findResponseError } from "../limits/findResponseError.ts";
import { policy } from "../policy/policy.ts";
import type { AccessWatch } from "./accessWatch.ts";
import { actorOf } from "./identify.ts";
import { eventStreamType } from "./negotiate.ts";
import type { OperationSlots } from "./operationSlots.ts";
import { type AllowedPages, isFromOwnPage } from "./origins.ts";
import { readStreamRequest } from "./readStreamRequest.ts";
import { executeOperation, readOperation, type SocketOperation, subscribeOperation } from "./socketOperation.ts";

export interface EventStreamOptions extends AllowedPages {
  readonly schema: GraphQLSchema;
  readonly services: Services;
  readonly logger: Logger;
  readonly authenticate: Authenticate;
  /** Null without a limit. */
  readonly costBuckets: CostBuckets | null;
  /** Shared with the WebSockets of the same users. */
  readonly slots: OperationSlots;
  readonly watch: AccessWatch;
}

export interface EventStreams {
  /** Register it after the body parser and before the GraphQL handler, to which it passes all other requests. */
  readonly handle: RequestHandler;
  /** Ends all streams; their clients reconnect. */
  close(): void;
}

/** Shorter than the time after which proxies close a silent connection. */
const millisecondsBetweenComments = 12_000;

const accessChanged = new AppError("FORBIDDEN", "Your role, workspace or API key has changed. Connect again.");
const tooManyStreams = "You have too many open connections. Close one of them first.";

type Refusal = GraphQLError | AppError;

type Results = AsyncGenerator<ExecutionResult, void, void>;

async function* single(result: ExecutionResult): Results {
  yield result;
}

/** The number of a logged event, by which a client resumes. */
function numberOf({ data }: FormattedExecutionResult): number | null {
  for (const value of Object.values(data ?? {})) {
    const number: unknown = (value as { readonly seq?: unknown } | null)?.seq;
    if (typeof number === "number") return number;
  }
  return null;
}

function write(response: Response, name: "next" | "complete", result: FormattedExecutionResult | null): boolean {
  const number = result === null ? null : numberOf(result);
  const id = number === null ? "" : `id: ${number}\n`;
  return response.write(`event: ${name}\n${id}data: ${result === null ? "" : JSON.stringify(result)}\n\n`);
}

/** @throws AppError if the sender is not a member. */
function memberOf(actor: Actor): MemberActor {
  policy.requireMember(actor);
  return actor;
}

/** Resolves once the client has read what was written, or has left. */
async function drained(response: Response): Promise<void> {
  const waiting = new AbortController();
  const { signal } = waiting;
  await Promise.race([once(response, "drain", { signal }), once(response, "close", { signal })]).finally(() => waiting.abort());
}

export function serveEventStreams(options: EventStreamOptions): EventStreams {
  const { schema, services, costBuckets, watch } = options;
  const format = formatErrorWith(options.logger);
  const mask = (errors: readonly Refusal[]): GraphQLFormattedError[] =>
    errors.map((error) => format(error instanceof GraphQLError ? error.toJSON() : { message: error.message }, error));
  const open = new Set<() => void>();

  function describe(result: ExecutionResult, { contextValue }: SocketOperation): FormattedExecutionResult {
    const limitError = findResponseError(contextValue.meter, result);
    if (limitError !== null) return { data: null, errors: mask([limitError]) };
    return result.errors === undefined ? (result as FormattedExecutionResult) : { data: result.data ?? null, errors: mask(result.errors) };
  }

  /** GraphQL's errors about a document have no status of their own. */
  function refuse(response: Response, errors: readonly Refusal[]): void {
    const [first] = errors;
    const code = first instanceof GraphQLError ? first.extensions["code"] : null;
    const declared = first instanceof GraphQLError ? first.extensions["http"] : null;
    const status = code === "TOO_MANY_OPERATIONS" ? 429 : first instanceof AppError || declared != null ? httpStatusOf(first) : 400;
    response.status(status).json({ errors: mask(errors) });
  }

  async function send(response: Response, operation: SocketOperation, results: Results): Promise<void> {
    const { charge } = operation.contextValue;
    for (const [name, value] of charge === null ? [] : headersOfCharge(charge)) response.setHeader(name, value);
    response.writeHead(200, {
      "content-type": `${eventStreamType}; charset=utf-8`,
      // A proxy that compressed or buffered the stream would hold events back.
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    });
    response.flushHeaders();
    const comments = setInterval(() => response.write(":\n\n"), millisecondsBetweenComments);
    const end = (): void => void results.return();
    open.add(end);
    response.on("close", end);
    // A client that has left closed the response before it was listened to.
    if (response.destroyed) end();
    try {
      for await (const result of results) {
        if (response.writableEnded || response.destroyed) break;
        // Waits until a slow client has read this event. The next one is then computed from current data.
        if (!write(response, "next", describe(result, operation))) await drained(response);
      }
      if (!response.writableEnded) write(response, "complete", null);
    } finally {
      clearInterval(comments);
      open.delete(end);
      response.end();
    }
  }

  async function answer(request: Request, response: Response): Promise<void> {
    if (!isFromOwnPage(request, options))
      throw new AppError("FORBIDDEN", "This request comes from a page of another site. Open Pareidolia itself and try again.");
    const actor = memberOf(actorOf(response));
    const payload = readStreamRequest(request);
    const slots = options.slots.open(actor.userId);
    if (slots === null) return refuse(response, [new GraphQLError(tooManyStreams, { extensions: { code: "TOO_MANY_OPERATIONS" } })]);
    let results: Results | null = null;
    let hasEnded = false;
    const watched = watch.watch({
      actor,
      async authenticate() {
        const { headers, ip } = request;
        return memberOf(await options.authenticate({ headers, connectionParams: {}, clientAddress: ip, isRepeated: true }));
      },
      end(refusal) {
        hasEnded = true;
        if (response.headersSent && !response.writableEnded) {
          write(response, "next", { data: null, errors: mask([refusal ?? accessChanged]) });
          write(response, "complete", null);
          response.end();
        }
        void results?.return();
      },
    });
    try {
      if (!(await watched.check())) return refuse(response, [accessChanged]);
      slots.requireFree(0);
      const contextValue = createContext(actor, services);
      const read = await readOperation(payload, { schema, contextValue, costBuckets, take: (cost) => slots.take(cost) });
      if (!("contextValue" in read)) return refuse(response, read);
      if (read.kind === "mutation" && request.method === "GET") {
        read.release();
        response.setHeader("Allow", "POST");
        const error = new GraphQLError("Send mutations by POST.", { extensions: { code: "METHOD_NOT_ALLOWED", http: { status: 405 } } });
        return refuse(response, [error]);
      }
      if (read.kind === "subscription") {
        const events = await subscribeOperation(read);
        results = Symbol.asyncIterator in events ? events : single(events);
      } else results = single(await executeOperation(read));
      // Access may have been lost while the operation was prepared, when nothing had been sent.
      if (hasEnded) {
        await results.return();
        return refuse(response, [accessChanged]);
      }
      await send(response, read, results);
    } catch (error) {
      if (response.headersSent || !(error instanceof GraphQLError)) throw error;
      refuse(response, [error]);
    } finally {
      watched.unwatch();
      slots.close();
    }
  }

  return {
    async handle(request, response, next) {
      if (request.headers.accept !== eventStreamType) return next();
      try {
        await answer(request, response);
      } catch (error) {
        if (!response.headersSent) throw error;
        // The end of the stream makes the client reconnect.
        response.destroy(error as Error);
      }
    },
    close() {
      for (const end of open) end();
    },
  };
}
