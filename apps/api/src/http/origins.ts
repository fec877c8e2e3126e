/** Decides which pages may open a WebSocket, by the Origin header. Browsers always send it; other programs do not. */
import type { IncomingMessage } from "node:http";
import { type AllowedHosts, isAllowedHost } from "@pareidolia/core/allowedHosts";

export interface AllowedPages {
  /** Allowed origins besides our own. */
  readonly allowedOrigins: readonly string[];
  readonly hosts: AllowedHosts;
}

/**
 * A page of our own has the host and port that it connects to as its origin. The web application proxies connections and sends the
 * requested host in X-Forwarded-Host, which a page cannot set. Pages on another port of the same machine are not our own.
 */
export function mayOpenSocket(request: IncomingMessage, { allowedOrigins, hosts }: AllowedPages): boolean {
  const { origin, host, "x-forwarded-host": forwardedHost } = request.headers;
  if (!isAllowedHost(host, hosts) || (forwardedHost !== undefined && !isAllowedHost(String(forwardedHost), hosts))) return false;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const page = new URL(origin);
  return page.host === (forwardedHost ?? host) || allowedOrigins.includes(page.origin);
}
