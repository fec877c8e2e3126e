/** Assembles the HTTP server: GraphQL over HTTP, WebSocket and event streams, the explorer, images, reports, uploads and health checks. */
import "reflect-metadata";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expressMiddleware } from "@as-integrations/express5";
import type { AllowedHosts } from "@pareidolia/core/allowedHosts";
import { AppError } from "@pareidolia/core/appError";
import { proveSharedStore } from "@pareidolia/persistence/lab/images/sharedStore";
import type { CostLimit } from "@pareidolia/persistence/server/costBuckets/spendCost";
import { StatementBudget, withStatementBudget } from "@pareidolia/persistence/server/database/statementBudget";
import type { QueueLimits } from "@pareidolia/server/fairQueue";
import express, { type RequestHandler } from "express";
import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import { createContext } from "./assembly/createContext.ts";
import { createServices } from "./assembly/createServices.ts";
import type { Resources, Services } from "./assembly/nounModule.ts";
import { serveAuditLog } from "./auditEntry/auditEntry.route.ts";
import { bulkFilePath } from "./bulkQuery/bulkAddress.ts";
import { serveBulkFile } from "./bulkQuery/bulkQuery.route.ts";
import { serveContactSheet } from "./contactSheet/contactSheet.route.ts";
import { serveExperimentPreview } from "./contactSheet/experimentPreview.route.ts";
import { serveExplorer } from "./explorer/explorer.page.ts";
import { issueExplorerToken } from "./explorer/explorer.route.ts";
import { serveExport } from "./export/export.route.ts";
import { serveGenome } from "./genome/genome.route.ts";
import { AccessWatch } from "./http/accessWatch.ts";
import { createApollo } from "./http/apollo.ts";
import { trustsProxy } from "./http/clientAddress.ts";
import { answerDirectly } from "./http/directAnswers.ts";
import { DocumentStore } from "./http/documentStore.ts";
import { endSlowBodies, uploadsPath } from "./http/endSlowBodies.ts";
import { answerErrors, handleErrors, sendNotFound } from "./http/errorResponses.ts";
import { serveEventStreams } from "./http/eventStream.ts";
import { graphqlRoute } from "./http/graphqlRoute.ts";
import { sendLiveness, sendReadiness } from "./http/health.ts";
import { rejectOtherHosts } from "./http/hosts.ts";
import { actorOf, identify } from "./http/identify.ts";
import { rejectOtherMethods } from "./http/methods.ts";
import { dropEmptyParameters, negotiateType, requireJson } from "./http/negotiate.ts";
import { OperationSlots } from "./http/operationSlots.ts";
import { rejectOtherOrigins } from "./http/origins.ts";
import type { PersistedOperations } from "./http/persistedOperations.ts";
import { readParameters } from "./http/readParameters.ts";
import { refuseDocuments } from "./http/refuseDocuments.ts";
import { resolveDocuments } from "./http/resolveDocuments.ts";
import { securityHeaders } from "./http/securityHeaders.ts";
import { serveSubscriptions } from "./http/subscriptions.ts";
import { takeWorkspace } from "./http/workspaceAddress.ts";
import type { AccessChanges } from "./identity/accessChanges.ts";
import { accountsPath } from "./identity/accounts.ts";
import type { Authenticate } from "./identity/authenticate.ts";
import { imageRoute, serveImage } from "./image/image.route.ts";
import { CostBuckets } from "./limits/costBuckets.ts";
import { limits } from "./limits/limits.ts";
import { takeTurns } from "./limits/operationTurns.ts";
import { serveRooms } from "./normingRoom/roomExport.route.ts";
import { roomTableNames } from "./normingRoom/roomExport.service.ts";
import { serveUnsubscribe, unsubscribePath } from "./notification/unsubscribe.route.ts";
import { StoreHealth } from "./objectStore/storeHealth.ts";
import { serveValueSchema } from "./openValue/openValue.route.ts";
import { openValuesPath } from "./openValue/openValues.ts";
import { holdMemory } from "./recall/holdMemory.ts";
import { serveRelease } from "./release/release.route.ts";
import { serveReportPage } from "./report/report.route.ts";
import { serveTrials } from "./studyExport/studyExport.route.ts";
import { trialFormatIds } from "./studyExport/studyExport.service.ts";
import { serveCodes } from "./textCoding/codeExport.route.ts";
import { findParts, receivePart, receiveUpload } from "./upload/upload.route.ts";
import { serveBallotImage } from "./voting/ballotImage.route.ts";

export interface ServerOptions extends Omit<Resources, "health"> {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly schema: GraphQLSchema;
  readonly logger: Logger;
  readonly allowedOrigins: readonly string[];
  readonly hosts: AllowedHosts;
  /** Identifies the actor of every request and WebSocket, except for health checks and the GraphQL explorer. */
  readonly authenticate: Authenticate;
  /** Ends WebSockets of users who lose access; null where no user can. */
  readonly accessChanges?: AccessChanges | null;
  /** What a user may spend on operations; null for no limit. */
  readonly costLimit: CostLimit | null;
  /** How many operations over HTTP run at once; default: `operationTurns`. */
  readonly turns?: QueueLimits;
  /** Which documents a session may send. */
  readonly operations: PersistedOperations;
  /** The routes under `accountsPath`; null without accounts. */
  readonly accounts?: RequestHandler | null;
}

export interface ApiServer {
  readonly port: number;
  /** For work besides requests. */
  readonly services: Services;
  /** Null without a limit. */
  readonly costBuckets: CostBuckets | null;
  /** Gives requests in flight 2 s to finish, then closes all connections. */
  close(): Promise<void>;
}

const path = "/graphql";
const maxBodySize = "1mb";
/** Milliseconds. */
const closeTimeout = 2_000;
/** Express leaves the body undefined unless it is JSON, but Apollo needs a body to reject the request with a proper error. */
const withBody: RequestHandler = (request, _response, next) => {
  request.body ??= {};
  next();
};

function startListening(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const taken =
        cause.code === "EADDRINUSE"
          ? `Port ${port} is in use by another program. Stop that program, or choose another port with API_PORT.`
          : null;
      reject(new AppError("UNAVAILABLE", taken ?? `The API could not listen on ${host}:${port}.`, { cause }));
    });
    server.listen(port, host, resolve);
  });
}

/** @throws AppError UNAVAILABLE if the port is in use, or the object store does not belong to the database. */
export async function startServer(options: ServerOptions): Promise<ApiServer> {
  const { logger, database, objectStore, schema, authenticate } = options;
  const health = new StoreHealth(await proveSharedStore(database.connection, objectStore), logger);
  const services = createServices({ ...options, health });
  const costBuckets =
    options.costLimit === null ? null : new CostBuckets({ database, limit: options.costLimit, logger, secret: options.secret });
  const documents = new DocumentStore();
  const apollo = createApollo({ schema, logger, costBuckets, documents });
  await apollo.start();
  const watch = new AccessWatch({ database, logger, changes: options.accessChanges ?? null });
  const { allowedOrigins, hosts, operations } = options;
  const slots = new OperationSlots();
  const waitForTurn = takeTurns(options.turns);
  const takeTurn: RequestHandler<never> = async (_request, response, next) =>
    void ((await waitForTurn(actorOf(response), response)) && next());
  const live = { schema, services, logger, authenticate, costBuckets, slots, watch, allowedOrigins, hosts, operations };
  const streams = serveEventStreams(live);

  const app = express();
  app.disable("x-powered-by");
  app.set("trust proxy", trustsProxy);
  app.set("query parser", readParameters);
  app.use(endSlowBodies);
  app.use(securityHeaders);
  app.use(rejectOtherHosts(options.hosts));
  app.use(rejectOtherMethods);
  app.get("/healthz", sendLiveness);
  app.get("/readyz", sendReadiness({ database, health }));
  app.get("/graphiql", serveExplorer);
  app.use(unsubscribePath, serveUnsubscribe(options));
  if (options.accounts != null) {
    app.use(rejectOtherOrigins(options));
    app.use(accountsPath, holdMemory(services.changes), options.accounts);
  }
  // Its address is signed, so that other programs need no session.
  app.get(`${bulkFilePath}/:file`, serveBulkFile(services));
  app.get(`${openValuesPath}/:file`, serveValueSchema);
  app.use(identify(authenticate, database));
  app.post("/graphiql/token", issueExplorerToken(options));
  app.get("/images/:file", serveImage(services));
  app.get("/genomes/:file", serveGenome(services));
  app.get("/ballots/images/:file", serveBallotImage(services));
  app.get("/contact-sheets/:run/:generation/:file", serveContactSheet(services));
  const limitStatements: express.RequestHandler = (_request, _response, next) =>
    withStatementBudget(new StatementBudget(limits.database), next);
  app.get("/contact-sheets/:experiment/preview.png", takeTurn, limitStatements, serveExperimentPreview(services));
  app.get("/report-pages/:file", serveReportPage(services));
  app.get("/audit-log.csv", serveAuditLog(services, "csv"));
  app.get("/audit-log.jsonl", serveAuditLog(services, "jsonl"));
  for (const format of trialFormatIds) app.get(`/studies/:study/trials.${format}`, serveTrials(services, format));
  for (const table of roomTableNames)
    for (const format of ["csv", "jsonl"] as const) app.get(`/studies/:study/${table}.${format}`, serveRooms(services, table, format));
  app.get("/studies/:study/codes.csv", serveCodes(services));
  app.get("/studies/:study/releases/:file", serveRelease(services));
  app.get("/exports/:file", serveExport(services));
  app.post(uploadsPath, receiveUpload(services));
  app.get(`${uploadsPath}/:id/parts`, findParts(services));
  app.post(`${uploadsPath}/:id/parts/:index`, receivePart(services));
  app.use(
    path,
    negotiateType,
    requireJson,
    dropEmptyParameters,
    express.json({ limit: maxBodySize }),
    withBody,
    resolveDocuments(operations),
    refuseDocuments,
    streams.handle,
    takeTurn,
    // Runs after the body is read, because reading its stream may lose the request's async context.
    limitStatements,
    expressMiddleware(apollo, { context: async ({ res }) => createContext(actorOf(res), services) }),
  );
  app.use(sendNotFound);
  app.use(handleErrors(logger));

  const direct = answerDirectly({
    ...live,
    hasAccounts: options.accounts != null,
    fail: answerErrors(logger),
    routes: [graphqlRoute({ ...live, path, apollo, documents, waitForTurn }), imageRoute(services)],
  });
  const server = createServer((request, response) => {
    takeWorkspace(request);
    if (!direct(request, response)) app(request, response);
  });
  // Longer than proxies keep idle connections open, so that no proxy sends a request on a connection that the server is closing.
  server.keepAliveTimeout = 75_000;
  // `endSlowBodies` has the limit: uploads may take longer, and have deadlines of their own.
  server.requestTimeout = 0;
  // Before the WebSocket server reads the address.
  server.on("upgrade", takeWorkspace);
  const subscriptions = serveSubscriptions({ ...live, server, path });
  const closeLive = async (): Promise<void> => {
    watch.close();
    streams.close();
    await subscriptions.close();
  };
  try {
    await startListening(server, options);
  } catch (error) {
    await closeLive();
    await apollo.stop();
    await costBuckets?.close();
    throw error;
  }
  return {
    port: (server.address() as AddressInfo).port,
    services,
    costBuckets,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await closeLive();
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), closeTimeout);
      await closed;
      clearTimeout(timer);
      await apollo.stop();
      await costBuckets?.close();
    },
  };
}
