/**
 * Subscriptions by one WebSocket for all of them (graphql-transport-ws, https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md), which a
 * page needs that follows more than a few: browsers open only six event streams to a server that speaks HTTP/1.1. The socket opens with the
 * first subscription and closes after the last one.
 */
import type { Connection } from "../http/connection.ts";
import { isResult, type OperationResult } from "../http/readResult.ts";
import { lostConnection } from "../http/request.ts";
import { type ApiError, PareidoliaError } from "../pareidoliaError.ts";
import type { OpenSubscription } from "./liveResult.ts";
import { createResultQueue, type ResultQueue } from "./resultQueue.ts";

/** The WebSocket of browsers, of Node 22 and of the package `ws`. */
export type WebSocketConstructor = new (
  url: string,
  protocol: string,
) => {
  send(text: string): void;
  close(code?: number): void;
  addEventListener(type: "open" | "error", listener: () => void): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: "close", listener: (event: { readonly code: number; readonly reason: string }) => void): void;
};

/** Of one kind of the protocol; results are in `payload`. */
interface Message {
  readonly type?: unknown;
  readonly id?: unknown;
  readonly payload?: unknown;
}

interface Link {
  /** Rejects if the API refuses the client, or cannot be reached. */
  readonly ready: Promise<void>;
  readonly queues: Map<string, ResultQueue>;
  /** Nothing more can be sent over it. */
  hasEnded(): boolean;
  send(message: object): void;
  close(): void;
}

/** Close codes with which connecting again does not help. */
const refusals: Readonly<Record<number, string>> = {
  4400: "BAD_RESPONSE",
  4401: "UNAUTHENTICATED",
  4403: "FORBIDDEN",
  4429: "TOO_MANY_OPERATIONS",
};

/** A socket that is silent for two of these is lost. */
const secondsBetweenPings = 20;

function readMessage(data: unknown): Message {
  try {
    return (JSON.parse(String(data)) ?? {}) as Message;
  } catch {
    return {};
  }
}

function openLink(connection: Connection, WebSocket: WebSocketConstructor): Link {
  const address = new URL(connection.url);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(address.href, "graphql-transport-ws");
  const queues = new Map<string, ResultQueue>();
  let resolve: () => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const ready = new Promise<void>((...settle) => {
    [resolve, reject] = settle;
  });
  // A caller that is waiting gets the rejection; there may be no caller.
  ready.catch(() => undefined);
  const send = (message: object): void => socket.send(JSON.stringify(message));
  let silentPings = 0;
  let isOpen = false;
  let isOver = false;
  const pings = setInterval(() => {
    silentPings += 1;
    if (silentPings > 2) end(lostConnection(address, new Error("nothing arrived for a minute")));
    else if (silentPings > 1 && isOpen) send({ type: "ping" });
  }, secondsBetweenPings * 1_000);
  function end(error: Error): void {
    clearInterval(pings);
    isOver = true;
    reject(error);
    for (const queue of queues.values()) queue.end(error);
    queues.clear();
    socket.close(1000);
  }
  const receive: Readonly<Record<string, (queue: ResultQueue | undefined, message: Message) => void>> = {
    connection_ack: () => resolve(),
    ping: () => send({ type: "pong" }),
    next: (queue, { payload }) => {
      if (isResult(payload)) queue?.push(payload);
    },
    error: (queue, { payload }) => {
      const result: OperationResult = { errors: payload as readonly ApiError[] };
      queue?.push(result);
      queue?.end();
    },
    complete: (queue) => queue?.end(),
  };
  socket.addEventListener("open", () => {
    isOpen = true;
    send({ type: "connection_init", payload: connection.token === null ? {} : { authorization: `Bearer ${connection.token}` } });
  });
  socket.addEventListener("message", ({ data }) => {
    silentPings = 0;
    const message = readMessage(data);
    receive[String(message.type)]?.(queues.get(String(message.id)), message);
  });
  socket.addEventListener("close", ({ code, reason }) => {
    const refusal = refusals[code];
    const lost = lostConnection(address, new Error(reason === "" ? `the WebSocket closed with code ${code}` : reason));
    end(refusal === undefined ? lost : new PareidoliaError(refusal, reason === "" ? lost.message : reason));
  });
  // The event itself says nothing; `close` follows it.
  socket.addEventListener("error", () => undefined);
  return { ready, queues, send, hasEnded: () => isOver, close: () => end(lostConnection(address, new Error("the client closed it"))) };
}

export function openSocketSubscriptions(connection: Connection, WebSocket: WebSocketConstructor): OpenSubscription {
  let link: Link | null = null;
  let count = 0;
  return async function* open(request, signal) {
    if (link === null || link.hasEnded()) link = openLink(connection, WebSocket);
    const own = link;
    const queue = createResultQueue();
    const id = String((count += 1));
    own.queues.set(id, queue);
    const stop = (): void => queue.end(signal?.reason as Error);
    signal?.addEventListener("abort", stop, { once: true });
    try {
      signal?.throwIfAborted();
      await Promise.race([
        own.ready,
        new Promise<never>((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason as Error), { once: true })),
      ]);
      own.send({ id, type: "subscribe", payload: request });
      yield* queue.read();
    } finally {
      signal?.removeEventListener("abort", stop);
      const isOpen = own.queues.delete(id);
      await own.ready.then(
        () => {
          if (isOpen) own.send({ id, type: "complete" });
        },
        () => undefined,
      );
      if (own.queues.size === 0) {
        own.close();
        if (link === own) link = null;
      }
    }
  };
}
