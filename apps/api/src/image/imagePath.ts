/** The path of an image, in the workspace of the request. A request with the link of an unlisted experiment gets paths that carry the link, since browsers load them alone. */
import type { Actor } from "@pareidolia/core/actor";
import { addressFor } from "../http/workspaceAddress.ts";

export function imagePath(sha256: string, actor: Actor): string {
  const path = addressFor(actor, `/images/${sha256}.png`);
  return actor.shareLink === undefined ? path : `${path}?share=${actor.shareLink.token}`;
}
