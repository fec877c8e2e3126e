/** The paths of files. A request with the link of an unlisted experiment gets paths that carry the link, since browsers load them alone. */
import type { Actor } from "@pareidolia/core/actor";

export function withShareLink(path: string, { shareLink }: Actor): string {
  return shareLink === undefined ? path : `${path}?share=${shareLink.token}`;
}

export function imagePath(sha256: string, actor: Actor): string {
  return withShareLink(`/images/${sha256}.png`, actor);
}
