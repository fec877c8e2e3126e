/** The GraphQL engine: Apollo with our limits, and with error messages that reveal no internals. */
import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled";
import { GraphQLError, type GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { ApiContext } from "../context.ts";
import { formatErrorWith, httpStatusOf } from "../errors/formatError.ts";
import { findResponseError } from "../limits/findResponseError.ts";
import { limits } from "../limits/limits.ts";
import { measureOperation } from "../limits/measureOperation.ts";
import { DocumentStore } from "./documentStore.ts";

function subscriptionOverHttp(): GraphQLError {
  return new GraphQLError("Subscriptions require a WebSocket. Connect to this URL with the graphql-transport-ws protocol.", {
    extensions: { code: "SUBSCRIPTION_OVER_HTTP", http: { status: 400 } },
  });
}

export function createApollo(options: { schema: GraphQLSchema; logger: Logger }): ApolloServer<ApiContext> {
  const { schema, logger } = options;
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
            async didResolveOperation({ document, request, operation, operationName }) {
              if (operation?.operation === "subscription") throw subscriptionOverHttp();
              measureOperation(schema, { document, operationName, variables: request.variables ?? {} });
            },
            async willSendResponse({ response, errors, contextValue: { meter } }) {
              meter.end();
              if (response.body.kind !== "single") return;
              const limitError = findResponseError(meter, response.body.singleResult);
              if (limitError !== null) {
                response.body.singleResult = {
                  errors: [format({ message: limitError.message, extensions: limitError.extensions }, limitError)],
                };
                response.http.status = httpStatusOf(limitError);
                return;
              }
              if (errors === undefined) return;
              const ofResolvers = errors.filter((error) => error.path !== undefined);
              const statuses = ofResolvers.map((error) => httpStatusOf(error));
              const worst = Math.max(0, ...statuses);
              // A partial response keeps status 200, unless an error is the client's (4xx).
              const isEmpty = response.body.singleResult.data == null;
              if (worst > 0 && (isEmpty || worst < 500)) response.http.status = worst;
            },
          };
        },
      },
    ],
  });
}
