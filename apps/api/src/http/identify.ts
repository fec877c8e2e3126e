/** Authenticates every HTTP request before its route handles it, and passes the actor to the route. */
import type { Actor } from "@pareidolia/core/actor";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { RequestHandler, Response } from "express";
import type { Authenticate } from "../identity/authenticate.ts";
import { withShareLink } from "./readShareLink.ts";

const actors = new WeakMap<object, Actor>();

/** Register it before all routes that need an actor. The body of a refused request is not read. */
export function identify(authenticate: Authenticate, database: Database): RequestHandler {
  return async (request, response, next) => {
    const { headers, ip: clientAddress } = request;
    const actor = await authenticate({ headers, connectionParams: {}, clientAddress }).catch((error: unknown) => {
      if (!request.complete) response.setHeader("Connection", "close");
      throw error;
    });
    // A browser must not show a cached image to the next user of the same computer.
    response.vary("Cookie");
    actors.set(response, await withShareLink(actor, request, database));
    next();
  };
}

/** The actor of the request that this response answers. @throws Error on a route above `identify`. */
export function actorOf(response: Pick<Response, "locals">): Actor {
  const actor = actors.get(response);
  if (actor === undefined) throw new Error("This request was not authenticated. Register its route after `identify`.");
  return actor;
}
