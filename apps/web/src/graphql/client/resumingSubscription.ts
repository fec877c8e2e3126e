/**
 * Between urql and graphql-ws. When a dropped connection comes back, graphql-ws sends the subscription again; one that takes `since`
 * must then ask from the last event it delivered and not from its first, so the variables move along with the events.
 */
import type { SubscriptionForwarder } from "urql";
import { webSocketClient } from "./connection.ts";

function deliveredSeq(data: unknown): number | null {
  if (typeof data !== "object" || data === null) return null;
  for (const value of Object.values(data)) if (typeof value?.seq === "number") return value.seq;
  return null;
}

export const resumingSubscription: SubscriptionForwarder = (request) => ({
  subscribe(sink) {
    const variables: Record<string, unknown> = { ...request.variables };
    const payload = { query: request.query ?? "", variables };
    const unsubscribe = webSocketClient().subscribe<Record<string, unknown>>(payload, {
      next(result) {
        const seq = deliveredSeq(result.data);
        if (seq !== null && typeof variables["since"] === "number") variables["since"] = Math.max(variables["since"], seq);
        sink.next({ ...(result.data ? { data: result.data } : {}), ...(result.errors ? { errors: [...result.errors] } : {}) });
      },
      error: (error) => sink.error(error),
      complete: () => sink.complete(),
    });
    return { unsubscribe };
  },
});
