/** How subscriptions reach the API: by an event stream for each, or by one WebSocket for all of them. */
import type { OperationResult } from "../http/readResult.ts";

export interface LiveRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

/**
 * Starts a subscription and yields its results until the API completes it.
 * @throws PareidoliaError NETWORK if the connection breaks first.
 */
export type OpenSubscription = (request: LiveRequest, signal: AbortSignal | undefined) => AsyncGenerator<OperationResult, void, void>;
