/**
 * Connects urql to graphql-ws. After a lost connection, graphql-ws resends a subscription with the same variables object, so `since` in
 * that object, null before the first event, is updated with each delivered one. The subscription also restarts if the API temporarily
 * cannot read an event, so that no event is skipped, and if the API ends it although more events may follow: a crashed run may be resumed.
 */
import type { SubscriptionForwarder } from "urql";
import type { Connection } from "./connection.ts";

/** An option in a subscription's context. */
export interface ResumingContext {
  /** Whether more events may follow after the API ends the subscription; false by default. */
  readonly mayContinue?: () => boolean;
  /** Whether to restart without `since` if the API refuses it or the user's role changes; false by default. */
  readonly startsOver?: boolean;
}

const restartMilliseconds = 3_000;

function deliveredSeq(data: unknown): number | null {
  if (typeof data !== "object" || data === null) return null;
  for (const value of Object.values(data)) {
    // Runs number their events; the tallies of a study have a sequence.
    const position: unknown = value?.seq ?? value?.sequence;
    if (typeof position === "number") return position;
  }
  return null;
}

interface GraphQLErrorLike {
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** Whether an error is temporary: a lost connection, or a GraphQL error with the code UNAVAILABLE. */
function isTemporary(error: unknown): boolean {
  if (!Array.isArray(error)) return true;
  return error.some((each: GraphQLErrorLike) => each.extensions?.["code"] === "UNAVAILABLE");
}

/** Whether the API refuses `since` because the log no longer has the events after it. */
function refusesSince(errors: readonly GraphQLErrorLike[] | undefined): boolean {
  return errors?.some(({ extensions }) => extensions?.["code"] === "INVALID_INPUT" && extensions["field"] === "since") ?? false;
}

export const createResumingSubscription =
  (connection: Pick<Connection, "subscribe" | "onAccessChange">): SubscriptionForwarder =>
  (request, { context }) => ({
    subscribe(sink) {
      const { mayContinue = () => false, startsOver = false } = context as ResumingContext;
      const variables: Record<string, unknown> = { ...request.variables };
      const payload = { query: request.query ?? "", variables, ...(request.extensions && { extensions: request.extensions }) };
      let timer: ReturnType<typeof setTimeout> | undefined;
      let stop = () => {};
      let failed = false;

      function follow(): void {
        // graphql-ws calls complete after an unsubscribe too.
        let left = false;
        const unsubscribe = connection.subscribe<Record<string, unknown>>(payload, {
          next({ data, errors }) {
            if (left) return;
            if (errors && isTemporary(errors)) {
              stop();
              timer = setTimeout(follow, restartMilliseconds);
              return;
            }
            if (startsOver && typeof variables["since"] === "number" && refusesSince(errors)) {
              stop();
              variables["since"] = null;
              follow();
              return;
            }
            const seq = deliveredSeq(data);
            const { since } = variables;
            if (seq !== null && (since === null || typeof since === "number")) variables["since"] = Math.max(since ?? 0, seq);
            // urql repeats errors in the next event unless that event has an empty list; in the first event, it reports an empty list as an error.
            sink.next({ ...(data ? { data } : {}), ...(errors || failed ? { errors: [...(errors ?? [])] } : {}) });
            failed = errors !== undefined;
          },
          error(error) {
            if (left) return;
            if (isTemporary(error)) timer = setTimeout(follow, restartMilliseconds);
            else sink.error(error);
          },
          complete() {
            if (!left) timer = setTimeout(() => (mayContinue() ? follow() : sink.complete()), restartMilliseconds);
          },
        });
        stop = () => {
          left = true;
          unsubscribe();
        };
      }

      follow();
      const leave = connection.onAccessChange(() => {
        if (startsOver) variables["since"] = null;
      });
      return {
        unsubscribe() {
          leave();
          clearTimeout(timer);
          stop();
        },
      };
    },
  });
