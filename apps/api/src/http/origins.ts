/** Which pages may open a WebSocket. A browser names the page's origin; programs send none. */
import type { IncomingMessage } from "node:http";
import { type AnsweredHosts, answersTo } from "@pareidolia/core/answeredHosts";

export interface AllowedPages {
  /** Allowed origins besides our own. */
  readonly allowedOrigins: readonly string[];
  readonly hosts: AnsweredHosts;
}

/**
 * Our own pages come from the host and port that they connect to. The web application proxies connections and puts the requested host into
 * X-Forwarded-Host, which a page cannot set. A page on another port of the same machine is another site.
 */
export function mayOpenSocket(request: IncomingMessage, { allowedOrigins, hosts }: AllowedPages): boolean {
  const { origin, host, "x-forwarded-host": forwardedHost } = request.headers;
  if (!answersTo(host, hosts) || (forwardedHost !== undefined && !answersTo(String(forwardedHost), hosts))) return false;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const page = new URL(origin);
  return page.host === (forwardedHost ?? host) || allowedOrigins.includes(page.origin);
}
