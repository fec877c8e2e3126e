/** Which pages may open a WebSocket. A browser names the page's origin; programs send none. */
import type { IncomingMessage } from "node:http";
import { type AnsweredHosts, answersTo } from "@pareidolia/core/answeredHosts";

export interface AllowedPages {
  /** Origins beside our own. */
  readonly allowedOrigins: readonly string[];
  readonly hosts: AnsweredHosts;
}

/**
 * A page of our own has the host and port that it connects to. The web application hands connections on and says in X-Forwarded-Host
 * under which host it was called; a page cannot set that header. A page on another port of the same machine is another site.
 */
export function mayOpenSocket(request: IncomingMessage, { allowedOrigins, hosts }: AllowedPages): boolean {
  const { origin, host, "x-forwarded-host": forwardedHost } = request.headers;
  if (!answersTo(host, hosts) || (forwardedHost !== undefined && !answersTo(String(forwardedHost), hosts))) return false;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const page = new URL(origin);
  return page.host === (forwardedHost ?? host) || allowedOrigins.includes(page.origin);
}
