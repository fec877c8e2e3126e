/** Sends queries and mutations by GraphQL over HTTP, and repeats them where that is safe and may help. */
import type { Cost } from "../pareidoliaError.ts";
import type { OperationKind, ReadDocument } from "../readDocument.ts";
import type { Connection } from "./connection.ts";
import { addKeys } from "./idempotencyKeys.ts";
import { costOf, dataOf, factsOf, readResponse } from "./readResult.ts";
import { request } from "./request.ts";
import { withRetries } from "./retry.ts";

export interface OperationOptions {
  readonly signal?: AbortSignal | undefined;
  /** Which operation of the document to execute; required if it has several. */
  readonly operationName?: string | undefined;
  /**
   * Whether a mutation without an idempotency key may be sent again after its answer was lost. Default: no. A query may always, and so may a
   * mutation whose input has a key, which the client adds by itself.
   */
  readonly mayHappenTwice?: boolean | undefined;
  /** Called with the cost of the operation once it was executed. */
  readonly onCost?: ((cost: Cost) => void) | undefined;
}

export async function sendOperation(
  connection: Connection,
  kind: Exclude<OperationKind, "subscription">,
  document: ReadDocument,
  given: Readonly<Record<string, unknown>>,
  options: OperationOptions,
): Promise<unknown> {
  const wrong = document.kinds.find((other) => other !== kind);
  if (wrong !== undefined && options.operationName === undefined) {
    const method = { query: "query", mutation: "mutate", subscription: "subscribe" }[wrong];
    throw new TypeError(`The document has a ${wrong}: send it with \`${method}\`, or name one of its operations.`);
  }
  const { variables, isKeyed } = kind === "mutation" ? addKeys(document, given) : { variables: given, isKeyed: true };
  const { signal, operationName } = options;
  const body = JSON.stringify({ query: document.text, variables, ...(operationName === undefined ? {} : { operationName }) });
  const headers = { "content-type": "application/json", accept: "application/graphql-response+json, application/json;q=0.9" };
  const { retries, throttle } = connection;
  return withRetries({ retries, mayHappenTwice: isKeyed || options.mayHappenTwice === true, throttle, signal }, () =>
    request(connection, connection.url, { method: "POST", headers, body, signal }, async (response) => {
      const result = await readResponse(response);
      const cost = costOf(result);
      if (cost !== null) options.onCost?.(cost);
      return dataOf(result, factsOf(response));
    }),
  );
}
