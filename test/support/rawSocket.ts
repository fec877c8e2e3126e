/** A WebSocket of graphql-transport-ws that can also send invalid messages. */
import { WebSocket } from "ws";

export interface Received {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

export interface RawSocket {
  /** False if the server closed it immediately. */
  readonly accepted: boolean;
  readonly received: readonly Received[];
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  send(text: string): void;
  subscribe(id: string, query: string, variables?: object): void;
  complete(id: string): void;
  /** The first message for an operation. */
  answer(id: string): Promise<Received>;
  close(): Promise<void>;
}

export interface SocketCredentials {
  readonly headers?: Readonly<Record<string, string>>;
  readonly connectionParams?: Readonly<Record<string, unknown>>;
  /** The client closes the socket when this resolves. */
  readonly abandon?: Promise<void>;
}

/** Resolves when the server has accepted or closed the connection. */
export async function openRawSocket(url: string, { headers, connectionParams, abandon }: SocketCredentials = {}): Promise<RawSocket> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws", { headers: { ...headers } });
  const received: Received[] = [];
  const listeners = new Set<() => void>();
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.once("close", (code, reason) => resolve({ code, reason: reason.toString() })),
  );
  const until = <T>(find: () => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = find();
        if (found === undefined) return;
        listeners.delete(look);
        resolve(found);
      };
      listeners.add(look);
      void closed.then(({ code, reason }) => reject(new Error(`The socket was closed: ${code} ${reason}`)));
      look();
    });
  socket.on("message", (data: Buffer) => {
    received.push(JSON.parse(data.toString()) as Received);
    for (const listener of listeners) listener();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("open", () => resolve());
    socket.once("error", reject);
  });
  // After the server disconnects, messages may still be in flight.
  socket.on("error", () => undefined);
  const send = (message: object): void => socket.send(JSON.stringify(message), () => undefined);
  send({ type: "connection_init", ...(connectionParams && { payload: connectionParams }) });
  void abandon?.then(() => socket.close());
  const accepted = until(() => received.find(({ type }) => type === "connection_ack"));
  const isAccepted = await accepted.then(
    () => true,
    () => false,
  );
  return {
    accepted: isAccepted,
    received,
    closed,
    send: (text) => socket.send(text, () => undefined),
    subscribe: (id, query, variables) => send({ id, type: "subscribe", payload: { query, ...(variables && { variables }) } }),
    complete: (id) => send({ id, type: "complete" }),
    answer: (id) => until(() => received.find((message) => message.id === id)),
    async close() {
      socket.terminate();
      await closed;
    },
  };
}
