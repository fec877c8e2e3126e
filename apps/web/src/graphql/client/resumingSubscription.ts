/**
 * Between urql and graphql-ws. When a dropped connection comes back, graphql-ws sends the subscription again; one that takes `since`
 * must then ask from the last event it delivered and not from its first, so the variables move along with the events. It is also sent
 * again where the API could not read an event just now, which would else be missing between two others, and where the API ended it
 * though more may come: a run that crashed may be resumed.
 */
import type { SubscriptionForwarder } from "urql";
import { webSocketClient } from "./connection.ts";

/** Part of a subscription's context. */
export interface ResumingContext {
  /** Whether more may come of a subscription that the API has ended. */
  readonly goesOn?: () => boolean;
}

const againMilliseconds = 3_000;

function deliveredSeq(data: unknown): number | null {
  if (typeof data !== "object" || data === null) return null;
  for (const value of Object.values(data)) if (typeof value?.seq === "number") return value.seq;
  return null;
}

/** What GraphQL refuses for good comes as a list of other errors; a lost connection as anything else. */
function passes(error: unknown): boolean {
  if (!Array.isArray(error)) return true;
  return error.some((each: { readonly extensions?: Readonly<Record<string, unknown>> }) => each.extensions?.["code"] === "UNAVAILABLE");
}

export const resumingSubscription: SubscriptionForwarder = (request, { context }) => ({
  subscribe(sink) {
    const { goesOn = () => false } = context as ResumingContext;
    const variables: Record<string, unknown> = { ...request.variables };
    const payload = { query: request.query ?? "", variables };
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stop = () => {};
    let failed = false;

    function follow(): void {
      // graphql-ws tells the end also to whoever left by themselves.
      let left = false;
      const unsubscribe = webSocketClient().subscribe<Record<string, unknown>>(payload, {
        next({ data, errors }) {
          if (left) return;
          if (errors && passes(errors)) {
            stop();
            timer = setTimeout(follow, againMilliseconds);
            return;
          }
          const seq = deliveredSeq(data);
          if (seq !== null && typeof variables["since"] === "number") variables["since"] = Math.max(variables["since"], seq);
          // urql gives an event without errors those of the one before, until it gets an empty list; of the first it makes an error.
          sink.next({ ...(data ? { data } : {}), ...(errors || failed ? { errors: [...(errors ?? [])] } : {}) });
          failed = errors !== undefined;
        },
        error(error) {
          if (left) return;
          if (passes(error)) timer = setTimeout(follow, againMilliseconds);
          else sink.error(error);
        },
        complete() {
          if (!left) timer = setTimeout(() => (goesOn() ? follow() : sink.complete()), againMilliseconds);
        },
      });
      stop = () => {
        left = true;
        unsubscribe();
      };
    }

    follow();
    return {
      unsubscribe() {
        clearTimeout(timer);
        stop();
      },
    };
  },
});
