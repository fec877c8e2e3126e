/** Subscriptions by Server-Sent Events, one request for each: they need nothing but fetch, and pass proxies that stop WebSockets. */
import type { Connection } from "../http/connection.ts";
import { dataOf, factsOf, isResult, type OperationResult, readResponse } from "../http/readResult.ts";
import { lostConnection, request } from "../http/request.ts";
import { PareidoliaError } from "../pareidoliaError.ts";
import type { LiveRequest, OpenSubscription } from "./liveResult.ts";
import { readEvents } from "./readEvents.ts";

/** The API sends a comment every 12 seconds, so a connection that is silent for longer than this is lost. */
const maxSilence = 40;

function parse(text: string): OperationResult {
  try {
    const result: unknown = JSON.parse(text);
    if (isResult(result)) return result;
  } catch {
    // Refused below.
  }
  throw new PareidoliaError("BAD_RESPONSE", "The event stream contains an event that is not a GraphQL result.");
}

export function openEventStreams(connection: Connection): OpenSubscription {
  return async function* open(sent: LiveRequest, signal) {
    const silence = new AbortController();
    const fail = (): void => silence.abort(new Error(`nothing arrived for ${maxSilence} seconds`));
    let timer = setTimeout(fail, connection.timeoutSeconds * 1_000);
    const restart = (): void => {
      clearTimeout(timer);
      timer = setTimeout(fail, maxSilence * 1_000);
    };
    const either = AbortSignal.any([silence.signal, ...(signal === undefined ? [] : [signal])]);
    const headers = { "content-type": "application/json", accept: "text/event-stream" };
    try {
      const options = { method: "POST", headers, body: JSON.stringify(sent), signal: either, timeoutSeconds: null } as const;
      const response = await request(connection, connection.url, options, async (answer) => answer);
      const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") === true;
      if (!isStream || response.body === null) {
        dataOf(await readResponse(response), factsOf(response));
        throw new PareidoliaError("BAD_RESPONSE", `${connection.url.host} did not answer with an event stream.`, factsOf(response));
      }
      restart();
      for await (const { event, data } of readEvents(response.body, restart)) {
        if (event === "complete") return;
        if (event === "next") yield parse(data);
      }
      throw lostConnection(connection.url, new Error("the stream ended early"));
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof PareidoliaError) throw error;
      throw lostConnection(connection.url, error);
    } finally {
      clearTimeout(timer);
    }
  };
}
