/** Which pages may open a WebSocket or send a cookie. A browser names the page's origin; programs send none. */
import type { IncomingMessage } from "node:http";
import { type AnsweredHosts, answersTo } from "@pareidolia/core/answeredHosts";
import { AppError } from "@pareidolia/core/appError";
import type { RequestHandler } from "express";

export interface AllowedPages {
  /** Allowed origins besides our own. */
  readonly allowedOrigins: readonly string[];
  readonly hosts: AnsweredHosts;
}

/**
 * Our own pages come from the host and port that they connect to. The web application proxies connections and puts the requested host into
 * X-Forwarded-Host, which a page cannot set. A page on another port of the same machine is another site.
 */
export function isFromOwnPage(request: IncomingMessage, { allowedOrigins, hosts }: AllowedPages): boolean {
  const { origin, host, "x-forwarded-host": forwardedHost } = request.headers;
  if (!answersTo(host, hosts) || (forwardedHost !== undefined && !answersTo(String(forwardedHost), hosts))) return false;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const page = new URL(origin);
  return page.host === (forwardedHost ?? host) || allowedOrigins.includes(page.origin);
}

const readOnly: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** Refuses requests that another site sends with a user's cookie, and attempts to sign a user in from there. */
export function refuseOtherOrigins(pages: AllowedPages): RequestHandler {
  return (request, _response, next) => {
    if (!readOnly.has(request.method) && !isFromOwnPage(request, pages))
      throw new AppError("FORBIDDEN", "This request comes from a page of another site. Open Pareidolia itself and try again.");
    next();
  };
}
