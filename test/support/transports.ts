/** One operation over each transport of the API, answered alike: HTTP, an event stream and a WebSocket. */
import { openEventStream } from "./eventStream.ts";
import { openRawSocket } from "./rawSocket.ts";

interface TransportAnswer {
  readonly data: unknown;
  /** Codes of the errors, without repetitions. */
  readonly codes: readonly string[];
  readonly messages: readonly string[];
}

export interface Operation {
  readonly query: string;
  readonly variables?: object;
}

interface Result {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

function answerOf({ data = null, errors = [] }: Result): TransportAnswer {
  return { data, codes: [...new Set(errors.map(({ extensions }) => extensions.code))], messages: errors.map(({ message }) => message) };
}

type Transport = (url: string, operation: Operation, headers: Readonly<Record<string, string>>) => Promise<TransportAnswer>;

export async function overHttp(url: string, operation: Operation, headers: Readonly<Record<string, string>>): Promise<TransportAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(operation),
  });
  return answerOf((await response.json()) as Result);
}

async function asStream(url: string, operation: Operation, headers: Readonly<Record<string, string>>): Promise<TransportAnswer> {
  const stream = await openEventStream(url, { ...operation, headers });
  if (stream.text !== "") return answerOf(JSON.parse(stream.text) as Result);
  const { data } = await stream.next();
  stream.cut();
  return answerOf(data as Result);
}

async function overSocket(
  url: string,
  { query, variables }: Operation,
  headers: Readonly<Record<string, string>>,
): Promise<TransportAnswer> {
  const socket = await openRawSocket(url, { headers });
  try {
    socket.subscribe("only", query, variables);
    const { type, payload } = await socket.answer("only");
    return answerOf(type === "error" ? { errors: payload as NonNullable<Result["errors"]> } : (payload as Result));
  } finally {
    await socket.close();
  }
}

export const transports: Readonly<Record<string, Transport>> = { HTTP: overHttp, "an event stream": asStream, "a WebSocket": overSocket };
