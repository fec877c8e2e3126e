/** A client of GraphQL over Server-Sent Events that keeps what it receives. */

/** The result of an event `next`; null for `complete`. Tests read these parts of it; `dataOf` gives the data of other subscriptions. */
interface StreamedResult {
  readonly data: { readonly runEvents: { readonly seq: number } };
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

/** What a subscription with one field selects. Undefined for an event without data. */
export const dataOf = <Data>({ data: result }: StreamEvent, field: string): Data | undefined =>
  (result?.data as unknown as Readonly<Record<string, Data>> | undefined)?.[field];

interface StreamEvent {
  readonly event: string;
  readonly id: string | null;
  readonly data: StreamedResult;
}

export interface EventStream {
  readonly status: number;
  readonly headers: Headers;
  readonly events: readonly StreamEvent[];
  /** The body of a response that is no stream. */
  readonly text: string;
  /** The first event after the first `skipped` ones. */
  next(skipped?: number): Promise<StreamEvent>;
  /** Resolves when the server has ended the stream. */
  readonly ended: Promise<void>;
  /** Cuts the connection, as a lost network does. */
  cut(): void;
}

export interface StreamRequest {
  readonly query: string;
  readonly variables?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: "GET" | "POST";
}

function parseEvent(block: string): StreamEvent | null {
  const fields = new Map(
    block
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith(":"))
      .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trimStart()]),
  );
  const [event, data] = [fields.get("event"), fields.get("data")];
  if (event === undefined) return null;
  return { event, id: fields.get("id") ?? null, data: JSON.parse(data === undefined || data === "" ? "null" : data) as StreamedResult };
}

export async function openEventStream(
  url: string,
  { query, variables = {}, headers = {}, method = "POST" }: StreamRequest,
): Promise<EventStream> {
  const abort = new AbortController();
  const accept = { accept: "text/event-stream", ...headers };
  const address =
    method === "POST" ? `${url}/graphql` : `${url}/graphql?${new URLSearchParams({ query, variables: JSON.stringify(variables) })}`;
  const response = await fetch(address, {
    method,
    signal: abort.signal,
    headers: method === "POST" ? { "content-type": "application/json", ...accept } : accept,
    ...(method === "POST" ? { body: JSON.stringify({ query, variables }) } : {}),
  });
  const events: StreamEvent[] = [];
  const listeners = new Set<() => void>();
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") === true;
  const read = async (): Promise<void> => {
    let rest = "";
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (rest + chunk).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const event = parseEvent(block);
        if (event !== null) events.push(event);
      }
      for (const listener of listeners) listener();
    }
  };
  const ended = isStream ? read().catch(() => undefined) : Promise.resolve();
  return {
    status: response.status,
    headers: response.headers,
    events,
    text: isStream ? "" : await response.text(),
    ended,
    next: (skipped = 0) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const event = events[skipped];
          if (event === undefined) return;
          listeners.delete(look);
          resolve(event);
        };
        listeners.add(look);
        void ended.then(() => (events[skipped] === undefined ? reject(new Error("The stream has ended.")) : undefined));
        look();
      }),
    cut: () => abort.abort(),
  };
}
