/**
 * Lets uploads take longer than the five minutes after which Node ends a request: the API, to which they are streamed, has the limits. The
 * bodies of other requests still have to arrive in that time, and so does the rest of an upload that is refused.
 */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { readWorkspaceAddress } from "@pareidolia/core/workspaceAddress";

interface Started {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly server: Server;
}

const channel = "http.server.request.start";
const uploads = "/uploads";
const fiveMinutes = 300_000;

/** Returns a function that ends it. */
export function allowSlowUploads(milliseconds = fiveMinutes): () => void {
  const onStart = (message: unknown): void => {
    const { request, response, server } = message as Started;
    server.requestTimeout = 0;
    const limit = (): void => {
      if (request.complete || request.destroyed) return;
      const timer = setTimeout(() => {
        if (!request.complete) request.destroy();
      }, milliseconds);
      request.once("close", () => clearTimeout(timer));
    };
    if (readWorkspaceAddress(request.url ?? "").path.split("?")[0] === uploads) response.once("finish", limit);
    else limit();
  };
  subscribe(channel, onStart);
  return () => void unsubscribe(channel, onStart);
}
