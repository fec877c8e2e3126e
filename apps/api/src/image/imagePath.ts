/** The path of an image. A request with the link of an unlisted experiment gets paths that carry the link, since browsers load them alone. */
import type { Actor } from "@pareidolia/core/actor";

export function imagePath(sha256: string, { shareLink }: Actor): string {
  const path = `/images/${sha256}.png`;
  return shareLink === undefined ? path : `${path}?share=${shareLink.token}`;
}
