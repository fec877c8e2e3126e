/**
 * The paths of files, in the workspace of the request. A request with the link of an unlisted experiment gets paths that carry the link,
 * since browsers load them alone.
 */
import type { Actor } from "@pareidolia/core/actor";
import { addressFor } from "../http/workspaceAddress.ts";

export function withShareLink(path: string, actor: Actor): string {
  const address = addressFor(actor, path);
  return actor.shareLink === undefined ? address : `${address}?share=${actor.shareLink.token}`;
}

export function imagePath(sha256: string, actor: Actor): string {
  return withShareLink(`/images/${sha256}.png`, actor);
}
