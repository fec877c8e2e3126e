/**
 * graphql-ws on the same path as HTTP: the same schema, limits and errors. Only pages of our own origin may connect, and only members: visitors
 * read a public run again to see its progress. A connection is authenticated when the client initialises it, keeps its actor, and ends when
 * the actor's access changes.
 */
import type { IncomingMessage, Server } from "node:http";
import type { MemberActor } from "@pareidolia/core/actor";
import { AppError, type AppErrorCode } from "@pareidolia/core/appError";
import { GraphQLError, type GraphQLSchema } from "graphql";
import { CloseCode, type Context } from "graphql-ws";
import { type Extra, useServer } from "graphql-ws/use/ws";
import type { Logger } from "pino";
import { type WebSocket, WebSocketServer } from "ws";
import { createContext } from "../assembly/createContext.ts";
import type { Services } from "../assembly/nounModule.ts";
import { causeOf, formatErrorWith, maskedMessage } from "../errors/formatError.ts";
import type { Authenticate, Credentials } from "../identity/authenticate.ts";
import type { CostBuckets } from "../limits/costBuckets.ts";
import { findResponseError } from "../limits/findResponseError.ts";
import { policy } from "../policy/policy.ts";
import type { AccessWatch, Watched } from "./accessWatch.ts";
import { clientAddressOf } from "./clientAddress.ts";
import { type OperationSlots, type SocketSlots, socketLimits } from "./operationSlots.ts";
import { type AllowedPages, isFromOwnPage } from "./origins.ts";
import type { PersistedOperations } from "./persistedOperations.ts";
import { executeOperation, readOperation, type SocketOperation, subscribeOperation } from "./socketOperation.ts";

export interface SubscriptionOptions extends AllowedPages {
  readonly server: Server;
  readonly path: string;
  readonly schema: GraphQLSchema;
  readonly services: Services;
  readonly logger: Logger;
  readonly authenticate: Authenticate;
  /** Null without a limit. */
  readonly costBuckets: CostBuckets | null;
  /** Shared with the event streams of the same users. */
  readonly slots: OperationSlots;
  readonly watch: AccessWatch;
  readonly operations: PersistedOperations;
}

// A type alias, because the library requires an index signature.
type Client = { slots: SocketSlots; actor: MemberActor; watched: Watched };
type Socket = Extra & Partial<Client>;

const maxMessageLength = 1_048_576;
/** The close code for a client that exceeds its limits. */
const tooManyRequests = 4429;
/** Time for the client to read the reason. After that the connection is cut, even if the client is still sending. */
const millisecondsToClose = 1_000;

/** Close codes for a client that `authenticate` rejects. A client reconnects after 1013 and 4403, and gives up after 4401. */
const refusalCodes: Partial<Record<AppErrorCode, number>> = {
  UNAUTHENTICATED: CloseCode.Unauthorized,
  NO_WORKSPACE: CloseCode.Unauthorized,
  UNAVAILABLE: 1013,
};
const maxReasonLength = 123;

function reasonOf({ code, message }: AppError): string {
  const reason = `${code}: ${message}`;
  return Buffer.byteLength(reason) > maxReasonLength ? code : reason;
}

const accessChanged = "FORBIDDEN: Your role, workspace or API key has changed. Connect again.";

function closeForGood(socket: WebSocket, reason: string, code: number = tooManyRequests): void {
  if (socket.readyState !== socket.OPEN) return;
  socket.close(code, reason);
  setTimeout(() => socket.terminate(), millisecondsToClose).unref();
}

export function serveSubscriptions(options: SubscriptionOptions): { close(): Promise<void> } {
  const { server, path, schema, services, logger, costBuckets, watch } = options;
  const sockets = new WebSocketServer({
    server,
    path,
    maxPayload: maxMessageLength,
    // Yields between messages, so that a burst from one client does not block the others.
    allowSynchronousEvents: false,
    verifyClient: ({ req }: { req: IncomingMessage }) => isFromOwnPage(req, options),
  });
  sockets.on("error", (error) => logger.error({ err: error }, "The WebSocket server failed."));
  const format = formatErrorWith(logger);
  const mask = (errors: readonly GraphQLError[]) => errors.map((error) => format(error.toJSON(), error));

  async function admit(
    context: Context<never, Socket>,
    payload: Parameters<typeof readOperation>[0],
  ): Promise<SocketOperation | readonly GraphQLError[]> {
    const { socket, slots, actor, watched } = context.extra;
    if (slots === undefined || actor === undefined || watched === undefined)
      throw new Error("An operation arrived before its connection was accepted.");
    try {
      if (!(await watched.check())) throw new GraphQLError(accessChanged, { extensions: { code: "FORBIDDEN" } });
      slots.requireFree(socket.bufferedAmount);
      const take = (cost: number): (() => void) => {
        // Again, because others were admitted while this one was charged.
        slots.requireFree(socket.bufferedAmount);
        return slots.take(cost);
      };
      const query = options.operations.textOf(payload, actor) as string;
      return await readOperation({ ...payload, query }, { schema, contextValue: createContext(actor, services), costBuckets, take });
    } catch (error) {
      if (slots.refusals > socketLimits.refusals) closeForGood(socket, "Too many operations");
      return [error as GraphQLError];
    }
  }

  /** @throws AppError as `authenticate`, and for a sender who is no member. */
  async function authenticateMember(credentials: Credentials): Promise<MemberActor> {
    const actor = await options.authenticate(credentials);
    policy.requireMember(actor);
    return actor;
  }

  /** Closes the socket and returns null when its client cannot be identified. */
  async function identify({ socket }: Socket, credentials: Credentials): Promise<MemberActor | null> {
    try {
      return await authenticateMember(credentials);
    } catch (error) {
      const cause = causeOf(error);
      const close = cause instanceof AppError ? refusalCodes[cause.code] : undefined;
      if (close === undefined) logger.error({ err: cause }, "A WebSocket could not be authenticated.");
      if (close === undefined || !(cause instanceof AppError)) socket.close(CloseCode.InternalServerError, maskedMessage);
      else socket.close(close, reasonOf(cause));
      return null;
    }
  }

  const graphql = useServer<never, Client>(
    {
      schema,
      execute: executeOperation,
      subscribe: subscribeOperation,
      onConnect: async ({ extra, connectionParams }) => {
        const { request, socket } = extra;
        const credentials = { headers: request.headers, connectionParams: connectionParams ?? {}, clientAddress: clientAddressOf(request) };
        const actor = await identify(extra, credentials);
        // The client may have disconnected in the meantime. `onClose` would then not be called again to free its slots.
        if (actor === null || socket.readyState !== socket.OPEN) return false;
        const slots = options.slots.open(actor.userId);
        if (slots === null) {
          closeForGood(socket, "Too many connections");
          return false;
        }
        extra.slots = slots;
        extra.actor = actor;
        extra.watched = watch.watch({
          actor,
          authenticate: () => authenticateMember({ ...credentials, isRepeated: true }),
          end: (refusal) =>
            refusal === null
              ? closeForGood(socket, accessChanged, CloseCode.Forbidden)
              : closeForGood(socket, reasonOf(refusal), CloseCode.Unauthorized),
        });
        return true;
      },
      onClose: ({ extra }) => {
        extra.watched?.unwatch();
        extra.slots?.close();
      },
      onSubscribe: (context, _id, payload) => admit(context, payload),
      onError: (_context, _id, _payload, errors) => mask(errors),
      onNext: (_context, _id, _payload, args, result) => {
        const limitError = findResponseError((args as SocketOperation).contextValue.meter, result);
        if (limitError !== null)
          return { data: null, errors: [format({ message: limitError.message, extensions: limitError.extensions }, limitError)] };
        if (result.errors !== undefined) return { data: result.data ?? null, errors: mask(result.errors) };
      },
    },
    sockets,
  );
  return {
    async close() {
      await graphql.dispose();
      for (const socket of sockets.clients) socket.terminate();
    },
  };
}
