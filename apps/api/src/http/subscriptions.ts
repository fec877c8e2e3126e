/** graphql-ws on the same path as HTTP: the same schema, limits and errors; only pages of our own origin may connect. */
import type { IncomingMessage, Server } from "node:http";
import { type AnsweredHosts, answersTo } from "@pareidolia/core/answeredHosts";
import { type GraphQLError, type GraphQLSchema, parse, specifiedRules, validate } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import type { Logger } from "pino";
import { WebSocketServer } from "ws";
import { createContext } from "../context.ts";
import { formatErrorWith } from "../errors/formatError.ts";
import { findBrokenLimit, limits } from "../limits/limits.ts";
import type { Services } from "../services.ts";

export interface SubscriptionOptions {
  readonly server: Server;
  readonly path: string;
  readonly schema: GraphQLSchema;
  readonly services: Services;
  readonly logger: Logger;
  /** Origins beside our own and those of this machine. */
  readonly allowedOrigins: readonly string[];
  readonly hosts: AnsweredHosts;
}

const longestMessage = 1_048_576;
const loopbackNames: readonly string[] = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Programs send no Origin; a browser always does, and another site's page must not ride on this one. The web application hands
 * connections on under our own name, and says in X-Forwarded-Host by which it was called; no page can set that header.
 */
function isAllowed(request: IncomingMessage, { allowedOrigins, hosts }: SubscriptionOptions): boolean {
  const { origin, host, "x-forwarded-host": forwardedHost } = request.headers;
  if (!answersTo(host, hosts) || (forwardedHost !== undefined && !answersTo(String(forwardedHost), hosts))) return false;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  return url.host === host || url.host === forwardedHost || loopbackNames.includes(url.hostname) || allowedOrigins.includes(url.origin);
}

export function serveSubscriptions(options: SubscriptionOptions): { close(): Promise<void> } {
  const { server, path, schema, services, logger } = options;
  const sockets = new WebSocketServer({
    server,
    path,
    maxPayload: longestMessage,
    verifyClient: ({ req }: { req: IncomingMessage }) => isAllowed(req, options),
  });
  sockets.on("error", (error) => logger.error({ err: error }, "The WebSocket server failed."));
  const format = formatErrorWith(logger);
  const mask = (errors: readonly GraphQLError[]) => errors.map((error) => format(error.toJSON(), error));
  const graphql = useServer(
    {
      schema,
      onSubscribe: (_context, _id, { query, operationName, variables }) => {
        try {
          const document = parse(query, { maxTokens: limits.tokens });
          const errors = validate(schema, document, specifiedRules);
          if (errors.length > 0) return errors;
          const broken = findBrokenLimit(schema, { document, operationName, variables: variables ?? {} });
          if (broken !== null) return [broken];
          return {
            schema,
            document,
            operationName: operationName ?? null,
            variableValues: variables ?? null,
            contextValue: createContext(services),
          };
        } catch (error) {
          return [error as GraphQLError];
        }
      },
      onError: (_context, _id, _payload, errors) => mask(errors),
      onNext: (_context, _id, _payload, _args, result) => {
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
