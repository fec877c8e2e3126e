"use client";
/** The state of the live connection, as React state. */
import { useSyncExternalStore } from "react";
import { useClient } from "urql";
import { type ConnectionState, connectionOf } from "./connection.ts";

export function useConnectionState(): ConnectionState {
  const connection = connectionOf(useClient());
  return useSyncExternalStore(connection.onChange, connection.state, () => "idle");
}
