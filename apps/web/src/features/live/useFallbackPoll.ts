"use client";
/** How often lists that follow a subscription read themselves again: only while the WebSocket is lost, and then slowly. */
import { useConnectionState } from "../../graphql/client/connection.ts";

const slowMilliseconds = 15_000;

/** Milliseconds; null while the subscription works. */
export function useFallbackPoll(): number | null {
  return useConnectionState() === "lost" ? slowMilliseconds : null;
}
