"use client";
import { useSyncExternalStore } from "react";
/** Whether the live connection stands, as React state. */
import { type ConnectionState, connectionState, onConnectionState } from "./connection.ts";

export function useConnectionState(): ConnectionState {
  return useSyncExternalStore(onConnectionState, connectionState, () => "idle");
}
