/** The GraphQL engine: Apollo with our limits, and with error messages that reveal no internals. */
import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled";
import { GraphQLError, type GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { ApiContext } from "../context.ts";
import { formatErrorWith, httpStatusOf } from "../errors/formatError.ts";
import { chargeOperation, describeCharge, headersOfCharge } from "../limits/chargeOperation.ts";
import type { CostBuckets } from "../limits/costBuckets.ts";
import { findResponseError } from "../limits/findResponseError.ts";
import { limits } from "../limits/limits.ts";
import { measureOperation } from "../limits/measureOperation.ts";
import { DocumentStore } from "./documentStore.ts";

function subscriptionOverHttp(): GraphQLError {
  return new GraphQLError(
    "Subscriptions require a WebSocket of the graphql-transport-ws protocol at this URL, or a request that accepts text/event-stream.",
    {
      extensions: { code: "SUBSCRIPTION_OVER_HTTP", http: { status: 400 } },
    },
  );
}

export interface ApolloOptions {
  readonly schema: GraphQLSchema;
  readonly logger: Logger;
  /** Null without a limit. */
  readonly costBuckets: CostBuckets | null;
}

export function createApollo({ schema, logger, costBuckets }: ApolloOptions): ApolloServer<ApiContext> {
  const format = formatErrorWith(logger);
  return new ApolloServer<ApiContext>({
    schema,
    logger,
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    documentStore: new DocumentStore(),
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: limits.tokens },
    formatError: format,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      {
        async requestDidStart() {
          return {
            async didResolveOperation({ document, request, operation, operationName, contextValue }) {
              if (operation?.operation === "subscription") throw subscriptionOverHttp();
              const measured = measureOperation(schema, { document, operationName, variables: request.variables ?? {} });
              await chargeOperation(measured, contextValue, costBuckets);
            },
            async willSendResponse({ response, errors, contextValue: { meter, charge } }) {
              meter.end();
              if (response.body.kind !== "single") return;
              const { singleResult } = response.body;
              if (charge !== null) {
                for (const [name, value] of headersOfCharge(charge)) response.http.headers.set(name, value);
                singleResult.extensions = { ...singleResult.extensions, cost: describeCharge(charge) };
              }
              const limitError = findResponseError(meter, singleResult);
              if (limitError !== null) {
                response.body.singleResult = {
                  errors: [format({ message: limitError.message, extensions: limitError.extensions }, limitError)],
                  ...(singleResult.extensions === undefined ? {} : { extensions: singleResult.extensions }),
                };
                response.http.status = httpStatusOf(limitError);
                return;
              }
              if (errors === undefined) return;
              const ofResolvers = errors.filter((error) => error.path !== undefined);
              const statuses = ofResolvers.map((error) => httpStatusOf(error));
              const worst = Math.max(0, ...statuses);
              // A partial response keeps status 200, unless an error is the client's (4xx).
              const isEmpty = singleResult.data == null;
              if (worst > 0 && (isEmpty || worst < 500)) response.http.status = worst;
            },
          };
        },
      },
    ],
  });
}
