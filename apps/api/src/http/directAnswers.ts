/**
 * Answers the most frequent requests, operations and images, without Express's middleware chain, which takes longer than the work itself.
 * Any unusual request goes through the chain, which has the same routes. The checks here are the same as the chain's, in the same order.
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

/** Sends the response for the actor. */
type Answer = (actor: Actor, response: ServerResponse) => Promise<void>;

/** Returns null for a request that the chain must answer. */
export type DirectRoute = (request: IncomingMessage) => Answer | null;

export interface DirectOptions extends AllowedPages {
  readonly authenticate: Authenticate;
  /** Whether cookies identify users, so that requests from other sites must be refused. */
  readonly hasAccounts: boolean;
  /** Sends an error response. */
  fail(error: unknown, response: ServerResponse): void;
  readonly routes: readonly DirectRoute[];
}

/** The returned function answers a request, or returns false without touching it. */
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
