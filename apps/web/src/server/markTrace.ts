/**
 * Next answers TRACE with a status of 500, since the `Request` that it builds for the proxy refuses the method. Such a request
 * reaches the proxy as OPTIONS with a header of its own, and is refused there with a status of 405.
 */
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { refusedMethodHeader } from "./refusedMethod.ts";

const unsupported = new Set(["TRACE", "TRACK", "CONNECT"]);

export function markTrace(): void {
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { readonly request: IncomingMessage };
    if (request.method === undefined || !unsupported.has(request.method)) return;
    request.headers[refusedMethodHeader] = request.method;
    request.method = "OPTIONS";
    // Uploads do not pass the proxy.
    request.url = "/";
  });
}
