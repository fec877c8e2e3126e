/**
 * Follows a subscription across lost connections. A subscription with a variable for `since` resumes after the last number received.
 * Without one, the events of a log (`runEvents`, `studyTallies`, `normingRoomChanges`) would be repeated; other subscriptions begin with
 * the current state, so they simply restart.
 */
import { numberedSubscriptions } from "../generated/schemaFacts.ts";
import { isTransient, pause, secondsBefore } from "../http/backoff.ts";
import { dataOf } from "../http/readResult.ts";
import type { ReadDocument } from "../readDocument.ts";
import type { OpenSubscription } from "./liveResult.ts";

export interface SubscribeOptions {
  readonly signal?: AbortSignal | undefined;
  readonly operationName?: string | undefined;
}

/** The number of an event; null if the document does not select it. */
function numberOf(data: unknown): number | null {
  for (const value of Object.values((data ?? {}) as object)) {
    const { seq, sequence } = (value ?? {}) as { readonly seq?: unknown; readonly sequence?: unknown };
    const number = seq ?? sequence;
    if (typeof number === "number") return number;
  }
  return null;
}

export async function* follow(
  open: OpenSubscription,
  document: ReadDocument,
  given: Readonly<Record<string, unknown>>,
  retries: number,
  { signal, operationName }: SubscribeOptions,
): AsyncGenerator<unknown, void, void> {
  const isNumbered = numberedSubscriptions.some((name) => document.names.has(name));
  const named = operationName === undefined ? {} : { operationName };
  let variables = given;
  let canResume = true;
  for (let failures = 0; ; failures += 1)
    try {
      for await (const result of open({ query: document.text, variables, ...named }, signal)) {
        const data = dataOf(result);
        failures = 0;
        const number = document.since === null ? null : numberOf(data);
        canResume = !isNumbered || number !== null;
        if (document.since !== null && number !== null) variables = { ...variables, [document.since]: number };
        yield data;
      }
      return;
    } catch (error) {
      // Without a number, events would arrive twice: the document must select `seq` or `sequence`, and pass a variable as `since`.
      if (failures >= retries || !canResume || !isTransient(error, true)) throw error;
      await pause(secondsBefore(failures, error.retryAfter), signal);
    }
}
