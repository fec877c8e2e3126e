/** Decides by the Origin header which pages may open a WebSocket or send a cookie. Browsers always send it; other programs do not. */
import type { IncomingMessage } from "node:http";
import { type AllowedHosts, isAllowedHost } from "@pareidolia/core/allowedHosts";
import { AppError } from "@pareidolia/core/appError";
import type { RequestHandler } from "express";

export interface AllowedPages {
  /** Allowed origins besides our own. */
  readonly allowedOrigins: readonly string[];
  readonly hosts: AllowedHosts;
}

/** Values of Sec-Fetch-Site for requests from pages of other sites, such as a GET for an image, which has no Origin header. */
const otherSites: ReadonlySet<string> = new Set(["cross-site", "same-site"]);

/**
 * A page of our own has the host and port that it connects to as its origin. The web application proxies connections and sends the
 * requested host in X-Forwarded-Host, which a page cannot set. Pages on another port of the same machine are not our own.
 */
export function isFromOwnPage(request: IncomingMessage, { allowedOrigins, hosts }: AllowedPages): boolean {
  const { origin, host, "x-forwarded-host": forwardedHost } = request.headers;
  if (!isAllowedHost(host, hosts) || (forwardedHost !== undefined && !isAllowedHost(String(forwardedHost), hosts))) return false;
  if (origin === undefined) return !otherSites.has(String(request.headers["sec-fetch-site"]));
  if (!URL.canParse(origin)) return false;
  const page = new URL(origin);
  return page.host === (forwardedHost ?? host) || allowedOrigins.includes(page.origin);
}

const readOnly: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** Refuses requests that another site sends with a user's cookie, and attempts to sign a user in from there. */
export function rejectOtherOrigins(pages: AllowedPages): RequestHandler {
  return (request, _response, next) => {
    if (!readOnly.has(request.method) && !isFromOwnPage(request, pages))
      throw new AppError("FORBIDDEN", "This request comes from a page of another site. Open Pareidolia itself and try again.");
    next();
  };
}
