/** The GraphQL engine: Apollo with our limits, and with error messages that reveal no internals. */
import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled";
import { GraphQLError, type GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { ApiContext } from "../context.ts";
import { formatErrorWith } from "../errors/formatError.ts";
import { chargeOperation, settleCharge } from "../limits/chargeOperation.ts";
import type { CostBuckets } from "../limits/costBuckets.ts";
import { limits } from "../limits/limits.ts";
import { measureOperation } from "../limits/measureOperation.ts";
import type { DocumentStore } from "./documentStore.ts";
import { finishResponse } from "./finishResponse.ts";

function subscriptionOverHttp(): GraphQLError {
  return new GraphQLError(
    "Subscriptions require a WebSocket of the graphql-transport-ws protocol at this URL, or a request that accepts text/event-stream.",
    {
      extensions: { code: "SUBSCRIPTION_OVER_HTTP", http: { status: 400 } },
    },
  );
}

/**
 * A page of another site cannot send these without a preflight request. The first is the one that GraphQL over HTTP names. Browsers send
 * `Authorization` by themselves after a password prompt, but only API keys get here: `authenticateKey` refuses everything else in it.
 */
const notOfForms = ["graphql-require-preflight", "authorization", "x-apollo-operation-name", "apollo-require-preflight"];

export interface ApolloOptions {
  readonly schema: GraphQLSchema;
  readonly logger: Logger;
  /** Null without a limit. */
  readonly costBuckets: CostBuckets | null;
  /** Caches valid documents. */
  readonly documents: DocumentStore;
}

export function createApollo({ schema, logger, costBuckets, documents }: ApolloOptions): ApolloServer<ApiContext> {
  const format = formatErrorWith(logger);
  return new ApolloServer<ApiContext>({
    schema,
    logger,
    introspection: true,
    csrfPrevention: { requestHeaders: notOfForms },
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    documentStore: documents,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: limits.tokens },
    formatError: format,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      // No field may be cached, and this plugin would look at each of them.
      ApolloServerPluginCacheControlDisabled(),
      {
        async requestDidStart() {
          return {
            async didResolveOperation({ document, request, operation, operationName, contextValue }) {
              if (operation?.operation === "subscription") throw subscriptionOverHttp();
              // `knownQuery` charges an operation before it finds that a variable has a wrong value.
              if (contextValue.charge !== null) return;
              const measured = measureOperation(schema, { document, operationName, variables: request.variables ?? {} });
              await chargeOperation(measured, contextValue, costBuckets);
            },
            async willSendResponse({ request, response, errors, contextValue: context }) {
              context.meter.end();
              settleCharge(context, costBuckets);
              const { http, body } = response;
              if (body.kind === "single")
                finishResponse({ http, body }, { context, errors, accept: request.http?.headers.get("accept"), format });
            },
          };
        },
      },
    ],
  });
}
