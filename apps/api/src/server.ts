/** Puts HTTP together around the services: GraphQL, its subscriptions and explorer, images, and health. */
import "reflect-metadata";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expressMiddleware } from "@as-integrations/express5";
import type { AnsweredHosts } from "@pareidolia/core/answeredHosts";
import { AppError } from "@pareidolia/core/appError";
import { StatementBudget, withStatementBudget } from "@pareidolia/persistence/database/statementBudget";
import { proveSharedStore } from "@pareidolia/persistence/objectStores/sharedStore";
import express, { type RequestHandler } from "express";
import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import { createContext } from "./assembly/createContext.ts";
import { createServices } from "./assembly/createServices.ts";
import type { Resources } from "./assembly/nounModule.ts";
import { serveContactSheet } from "./contactSheet/contactSheet.route.ts";
import { createApollo } from "./http/apollo.ts";
import { answerErrors, answerNotFound } from "./http/errorAnswers.ts";
import { serveGraphiql } from "./http/graphiql.ts";
import { narrowHeaders } from "./http/headers.ts";
import { answerAlive, answerReady } from "./http/health.ts";
import { refuseOtherHosts } from "./http/hosts.ts";
import { actorOf, identify } from "./http/identify.ts";
import { refuseOtherMethods } from "./http/methods.ts";
import { serveSubscriptions } from "./http/subscriptions.ts";
import type { Authenticate } from "./identity/authenticate.ts";
import { serveImage } from "./image/image.route.ts";
import { limits } from "./limits/limits.ts";
import { StoreHealth } from "./objectStore/storeHealth.ts";
import { serveReportPage } from "./report/report.route.ts";
import { takeUpload } from "./upload/upload.route.ts";
import { usualLimits } from "./upload/upload.service.ts";

export interface ServerOptions extends Omit<Resources, "health"> {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly schema: GraphQLSchema;
  readonly logger: Logger;
  readonly allowedOrigins: readonly string[];
  readonly hosts: AnsweredHosts;
  /** Identifies the actor of every request and WebSocket, except for health checks and the GraphQL explorer. */
  readonly authenticate: Authenticate;
}

export interface ApiServer {
  readonly port: number;
  /** Lets requests in flight finish, for a moment, and closes all connections. */
  close(): Promise<void>;
}

const path = "/graphql";
const largestBody = "1mb";
const patience = 2_000;

/** Other bodies than JSON are no request of ours, but Apollo wants something to refuse. */
const withBody: RequestHandler = (request, _response, next) => {
  request.body ??= {};
  next();
};

function startListening(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === "EADDRINUSE" ? `Port ${port} is taken. Stop what uses it, or choose another with API_PORT.` : null;
      reject(new AppError("UNAVAILABLE", taken ?? `The API cannot listen on ${host}:${port}.`, { cause }));
    });
    server.listen(port, host, resolve);
  });
}

/** @throws AppError UNAVAILABLE when the port is taken, or the object store is not the one of this database. */
export async function startServer(options: ServerOptions): Promise<ApiServer> {
  const { logger, database, objectStore, schema, authenticate } = options;
  const health = new StoreHealth(await proveSharedStore(database.connection, objectStore), logger);
  const services = createServices({ ...options, health });
  const apollo = createApollo({ schema, logger });
  await apollo.start();

  const app = express();
  app.disable("x-powered-by");
  app.use(narrowHeaders);
  app.use(refuseOtherHosts(options.hosts));
  app.use(refuseOtherMethods);
  app.get("/healthz", answerAlive);
  app.get("/readyz", answerReady({ database, health }));
  app.get("/graphiql", serveGraphiql);
  app.use(identify(authenticate));
  app.get("/images/:file", serveImage(services));
  app.get("/contact-sheets/:run/:generation/:file", serveContactSheet(services));
  app.get("/report-pages/:file", serveReportPage(services));
  app.post("/uploads", takeUpload(services));
  app.use(
    path,
    express.json({ limit: largestBody }),
    withBody,
    // After the body is read, since its stream may lose the request's async context.
    (_request, _response, next) => withStatementBudget(new StatementBudget(limits.database), next),
    expressMiddleware(apollo, { context: async ({ res }) => createContext(actorOf(res), services) }),
  );
  app.use(answerNotFound);
  app.use(answerErrors(logger));

  const server = createServer(app);
  // Longer than any proxy in front keeps an idle connection, so that none sends a request into one that is being closed.
  server.keepAliveTimeout = 75_000;
  // Node's own limit of 5 minutes would cut slow uploads off.
  server.requestTimeout = usualLimits.totalMilliseconds + 60_000;
  const { allowedOrigins, hosts } = options;
  const subscriptions = serveSubscriptions({ server, path, schema, services, logger, authenticate, allowedOrigins, hosts });
  try {
    await startListening(server, options);
  } catch (error) {
    await apollo.stop();
    throw error;
  }
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await subscriptions.close();
      server.closeIdleConnections();
      const impatient = setTimeout(() => server.closeAllConnections(), patience);
      await closed;
      clearTimeout(impatient);
      await apollo.stop();
    },
  };
}
