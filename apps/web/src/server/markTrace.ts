/**
 * Next answers TRACE, TRACK and CONNECT with status 500, since the `Request` that it builds for the proxy forbids these methods. This
 * module turns such a request into OPTIONS with a header that names the method, and the proxy refuses it with status 405.
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
    // /uploads bypasses the proxy.
    request.url = "/";
  });
}
