/** A client's WebSocket to the API. Its first subscription opens the socket, and pages warn when a lost connection may make live data stale. */
import { createClient, type Client as WebSocketClient } from "graphql-ws";
import { useSyncExternalStore } from "react";
import { type Client, useClient } from "urql";
import { addressOnPage } from "../../features/addresses/pageAddress.ts";
import { waitForReplacements } from "../../features/session/sessionReplacement.ts";
import { clientState } from "./clientState.ts";
import { sessionEndOf } from "./sessionEnd.ts";

export type ConnectionState = "idle" | "open" | "lost";

export interface Connection {
  state(): ConnectionState;
  /** Calls the listener after each change of state; returns a function that removes it. */
  onChange(listener: () => void): () => void;
  /** Calls the listener when the API closes the socket because the user's role has changed; returns a function that removes it. */
  onAccessChange(listener: () => void): () => void;
  subscribe: WebSocketClient["subscribe"];
}

/** The API closes a socket with this code if it has no session, or its session ended. */
const unauthenticatedCode = 4401;
const accessChangedCode = 4403;
/** Refusals in a row after which the session has ended. After one, it may have been replaced: the next socket has the new session. */
const maxRefusals = 3;

function createConnection(client: Client): Connection {
  let socket: WebSocketClient | null = null;
  let state: ConnectionState = "idle";
  let refusals = 0;
  const listeners = new Set<() => void>();
  const accessListeners = new Set<() => void>();
  const setState = (next: ConnectionState) => {
    if (state === next) return;
    state = next;
    for (const listener of listeners) listener();
  };
  const open = () =>
    createClient({
      url: () => `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${addressOnPage("/graphql")}`,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true,
      retryWait: async (retries) => {
        await new Promise((done) => setTimeout(done, Math.min(10_000, 250 * 2 ** Math.min(retries, 6))));
        await waitForReplacements();
      },
      keepAlive: 15_000,
      on: {
        connected: () => {
          refusals = 0;
          setState("open");
        },
        closed: (event) => {
          const { code } = event as CloseEvent;
          if (code === accessChangedCode) for (const listener of accessListeners) listener();
          if (code === unauthenticatedCode) refusals += 1;
          if (refusals === maxRefusals) sessionEndOf(client).note();
          setState(code === 1000 ? "idle" : "lost");
        },
        error: () => setState("lost"),
      },
    });
  return {
    state: () => state,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onAccessChange: (listener) => {
      accessListeners.add(listener);
      return () => accessListeners.delete(listener);
    },
    subscribe: (payload, sink) => {
      socket ??= open();
      return socket.subscribe(payload, sink);
    },
  };
}

export const connectionOf = clientState(createConnection);

/** The state of the client's WebSocket; `idle` until the first subscription and on the server. */
export function useConnectionState(): ConnectionState {
  const connection = connectionOf(useClient());
  return useSyncExternalStore(connection.onChange, connection.state, () => "idle");
}
