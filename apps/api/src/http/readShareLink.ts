/**
 * Reads the share link of an unlisted experiment from a request: the header `x-share-token`, or the parameter `share` of an image or a
 * genome, since browsers load images without headers of ours. An unknown or replaced link counts as none, so the answer is that of a missing object.
 */
import type { Actor } from "@pareidolia/core/actor";
import { findExperimentOfLink } from "@pareidolia/persistence/lab/experiments/sharedExperiments";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { Request } from "express";

export const shareHeader = "x-share-token";
const parameter = "share";
/** 32 random bytes in base64url. */
const form = /^[A-Za-z0-9_-]{43}$/;

function readToken(request: Request): string | null {
  const given = request.get(shareHeader) ?? request.query[parameter];
  return typeof given === "string" && form.test(given) ? given : null;
}

/** Returns the actor with the link, if the request carries one that works. */
export async function withShareLink(actor: Actor, request: Request, database: Database): Promise<Actor> {
  const token = readToken(request);
  if (token === null) return actor;
  const experimentId = await findExperimentOfLink(database.connection, token);
  return experimentId === null ? actor : { ...actor, shareLink: { experimentId, token } };
}
