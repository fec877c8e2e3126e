/**
 * The token with which the explorer's page sends documents of the user's own. It names the time of its expiry, is signed for one session, and
 * works only together with this session's cookie: without the session, or after its end, it is worth nothing.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Credentials } from "../identity/authenticate.ts";

/** Milliseconds. The page asks for a new token when it sends an operation after that. */
export const tokenLifetime = 15 * 60_000;

export const explorerHeader = "x-explorer-token";
const parameter = "explorerToken";

function sign(secret: string, sessionId: string, expires: number): string {
  return createHmac("sha256", secret).update(`pareidolia explorer ${sessionId} ${expires}`).digest("base64url");
}

export function writeExplorerToken(secret: string, sessionId: string, expires: number): string {
  return `${expires}.${sign(secret, sessionId, expires)}`;
}

/** Whether a request proves that the explorer's page sent it for this session. A token that does not fit counts as none. */
export function hasExplorerToken(
  secret: string,
  sessionId: string,
  { headers, connectionParams }: Pick<Credentials, "headers" | "connectionParams">,
): boolean {
  const token = headers[explorerHeader] ?? connectionParams[parameter];
  const [, expires = "", signature = ""] = /^(\d{13})\.([\w-]{43})$/.exec(String(token)) ?? [];
  if (signature === "" || Number(expires) <= Date.now()) return false;
  return timingSafeEqual(Buffer.from(signature), Buffer.from(sign(secret, sessionId, Number(expires))));
}
