/**
 * How long browsers may keep an image. No shared cache may keep any, because the answer depends on who sends the request. The content of an
 * address never changes, so members keep it; what is shared may become private at any time, so others ask again or keep nothing.
 */
import type { ServerResponse } from "node:http";

export interface ImageAccess {
  /** The image is of the actor's workspace or of the product. */
  readonly isOwn: boolean;
  /** A public experiment shows it. */
  readonly isPublic: boolean;
}

function policyOf({ isOwn, isPublic }: ImageAccess): string {
  if (isOwn) return "private, max-age=31536000, immutable";
  return isPublic ? "private, no-cache" : "private, no-store";
}

export function setImageCaching(response: ServerResponse, access: ImageAccess): void {
  response.setHeader("Cache-Control", policyOf(access));
  // Another user of the same browser has another cookie, and gets nothing that it kept for the first.
  response.setHeader("Vary", "Cookie, Authorization");
}
