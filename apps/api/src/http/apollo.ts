/** The GraphQL engine: Apollo with our limits, and with error messages that reveal no internals. */
import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled";
import { type FormattedExecutionResult, GraphQLError, type GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { ApiContext } from "../context.ts";
import { formatErrorWith, httpStatusOf } from "../errors/formatError.ts";
import { chargeOperation, describeCharge, headersOfCharge } from "../limits/chargeOperation.ts";
import type { CostBuckets } from "../limits/costBuckets.ts";
import { findResponseError } from "../limits/findResponseError.ts";
import { limits } from "../limits/limits.ts";
import { measureOperation } from "../limits/measureOperation.ts";
import { DocumentStore } from "./documentStore.ts";
import { responseType } from "./negotiate.ts";

function subscriptionOverHttp(): GraphQLError {
  return new GraphQLError(
    "Subscriptions require a WebSocket of the graphql-transport-ws protocol at this URL, or a request that accepts text/event-stream.",
    {
      extensions: { code: "SUBSCRIPTION_OVER_HTTP", http: { status: 400 } },
    },
  );
}

/** "Partial Success" of GraphQL over HTTP: data and errors. Only for clients of its media type, since HTTP itself does not define this status. */
const partialSuccess = 294;

/** Whether the sender, who has not signed in, gets nothing: then the request is not permitted, and its answer has no data and status 401. */
function isRefusedEntirely({ data, errors = [] }: FormattedExecutionResult): boolean {
  const isEmpty = Object.values(data ?? {}).every((value) => value === null);
  return isEmpty && errors.length > 0 && errors.every(({ extensions }) => extensions?.["code"] === "UNAUTHENTICATED");
}

/** A page of another site cannot send these without a preflight request. The first is the one that GraphQL over HTTP names. */
const notOfForms = ["graphql-require-preflight", "x-apollo-operation-name", "apollo-require-preflight"];

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
    csrfPrevention: { requestHeaders: notOfForms },
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
            async willSendResponse({ request, response, errors, contextValue: { meter, charge } }) {
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
              if (isRefusedEntirely(singleResult)) delete singleResult.data;
              if (singleResult.data != null) {
                response.http.status = request.http?.headers.get("accept") === responseType ? partialSuccess : 200;
                return;
              }
              const ofResolvers = errors.filter((error) => error.path !== undefined);
              const worst = Math.max(0, ...ofResolvers.map((error) => httpStatusOf(error)));
              if (worst > 0) response.http.status = worst;
              // Apollo answers an unknown persisted query with 200.
              else if ((response.http.status ?? 200) < 400) response.http.status = 400;
            },
          };
        },
      },
    ],
  });
}
