/**
 * Answers the requests of which there are most, operations and images, without the chain of Express, whose steps take longer than the work itself.
 * A request that is unusual in any way goes to the chain, which has the same routes. The checks here are those of the chain, in its order.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Actor } from "@pareidolia/core/actor";
import { isAllowedHost } from "@pareidolia/core/allowedHosts";
import type { Authenticate } from "../identity/authenticate.ts";
import { clientAddressOf } from "./clientAddress.ts";
import { endSlowBody } from "./endSlowBodies.ts";
import { type AllowedPages, isFromOwnPage } from "./origins.ts";
import { shareHeader } from "./readShareLink.ts";
import { setSecurityHeaders } from "./securityHeaders.ts";

/** Sends the answer, to the actor who asks. */
type Answer = (actor: Actor, response: ServerResponse) => Promise<void>;

/** Null for a request that the chain must answer. */
export type DirectRoute = (request: IncomingMessage) => Answer | null;

export interface DirectOptions extends AllowedPages {
  readonly authenticate: Authenticate;
  /** Whether cookies identify users, so that requests of other sites must be refused. */
  readonly hasAccounts: boolean;
  /** Answers a request that failed. */
  fail(error: unknown, response: ServerResponse): void;
  readonly routes: readonly DirectRoute[];
}

/** Returns a function that tells whether it answers the request. */
export function answerDirectly(options: DirectOptions): (request: IncomingMessage, response: ServerResponse) => boolean {
  const { authenticate, hasAccounts, fail, routes, hosts } = options;

  function isRefused(request: IncomingMessage): boolean {
    if (!isAllowedHost(request.headers.host, hosts)) return true;
    return hasAccounts && request.method !== "GET" && !isFromOwnPage(request, options);
  }

  async function answer(request: IncomingMessage, response: ServerResponse, send: Answer): Promise<void> {
    const { headers } = request;
    try {
      endSlowBody(request);
      setSecurityHeaders(response);
      const actor = await authenticate({ headers, connectionParams: {}, clientAddress: clientAddressOf(request) });
      response.setHeader("Vary", "Cookie");
      await send(actor, response);
    } catch (error) {
      if (response.headersSent) {
        response.destroy(error as Error);
        return;
      }
      if (!request.complete) response.setHeader("Connection", "close");
      fail(error, response);
    }
  }

  return (request, response) => {
    if (request.headers[shareHeader] !== undefined) return false;
    for (const route of routes) {
      const send = route(request);
      if (send === null) continue;
      if (isRefused(request)) return false;
      void answer(request, response, send);
      return true;
    }
    return false;
  };
}
