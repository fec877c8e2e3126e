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

/** @throws PareidoliaError if the API answers with anything but a stream. */
async function startStream(connection: Connection, sent: LiveRequest, signal: AbortSignal) {
  const headers = { "content-type": "application/json", accept: "text/event-stream" };
  const options = { method: "POST", headers, body: JSON.stringify(sent), signal, timeoutSeconds: null } as const;
  const response = await request(connection, connection.url, options, async (answer) => answer);
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") === true;
  if (isStream && response.body !== null) return response.body;
  dataOf(await readResponse(response), factsOf(response));
  throw new PareidoliaError("BAD_RESPONSE", `${connection.url.host} did not answer with an event stream.`, factsOf(response));
}

export function openEventStreams(connection: Connection): OpenSubscription {
  const { throttle, timeoutSeconds } = connection;
  return async function* open(sent: LiveRequest, signal) {
    const silence = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const expectWithin = (seconds: number): void => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(new Error(`nothing arrived for ${seconds} seconds`)), seconds * 1_000);
    };
    const either = AbortSignal.any([silence.signal, ...(signal === undefined ? [] : [signal])]);
    try {
      const body = await throttle.send(throttle.join(), either, () => {
        expectWithin(timeoutSeconds);
        return startStream(connection, sent, either);
      });
      expectWithin(maxSilence);
      for await (const { event, data } of readEvents(body, () => expectWithin(maxSilence))) {
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
