/**
 * Next names the API's internal address in the header X-Middleware-Rewrite of each response that `proxy.ts` passes on. No client needs it:
 * only a rewrite to another page of ours, whose address is a path, concerns the router in the browser.
 */
import { subscribe } from "node:diagnostics_channel";
import type { ServerResponse } from "node:http";

const header = "x-middleware-rewrite";

/** Drops the header from a response whenever it is set. */
export function hideRewrite(response: Pick<ServerResponse, "setHeader">): void {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) =>
    name.toLowerCase() === header && URL.canParse(String(value)) ? (response as ServerResponse) : setHeader(name, value);
}

export function hideRewrites(): void {
  subscribe("http.server.response.created", (message) => hideRewrite((message as { readonly response: ServerResponse }).response));
}
