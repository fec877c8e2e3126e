/** The GraphQL engine: Apollo with our limits, and errors that say what the client did wrong and nothing else. */
import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled";
import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { ApiContext } from "../context.ts";
import { formatErrorWith, httpStatusOf } from "../errors/formatError.ts";
import { findBrokenLimit, limits } from "../limits/limits.ts";

export function createApollo(options: { schema: GraphQLSchema; logger: Logger }): ApolloServer<ApiContext> {
  const { schema, logger } = options;
  return new ApolloServer<ApiContext>({
    schema,
    logger,
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: limits.tokens },
    formatError: formatErrorWith(logger),
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      {
        async requestDidStart() {
          return {
            async didResolveOperation({ document, request, operationName }) {
              const broken = findBrokenLimit(schema, { document, operationName, variables: request.variables ?? {} });
              if (broken !== null) throw broken;
            },
            async willSendResponse({ response, errors }) {
              if (response.body.kind !== "single" || errors === undefined) return;
              const ofResolvers = errors.filter((error) => error.path !== undefined);
              const statuses = ofResolvers.map((error) => httpStatusOf(error));
              const worst = Math.max(0, ...statuses);
              // Partial answers keep 200, unless a client's own mistake is what is missing from them.
              const isEmpty = response.body.singleResult.data == null;
              if (worst > 0 && (isEmpty || worst < 500)) response.http.status = worst;
            },
          };
        },
      },
    ],
  });
}
