/**
 * The token that lets GraphiQL send the user's own documents. It contains its expiry time, is signed for one session, and works only with
 * that session's cookie, so it is useless without the session or after the session ends.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Credentials } from "../identity/authenticate.ts";

/** Milliseconds. After that, the page requests a new token before its next operation. */
export const tokenLifetime = 15 * 60_000;

export const explorerHeader = "x-explorer-token";
const parameter = "explorerToken";

function sign(secret: string, sessionId: string, expires: number): string {
  return createHmac("sha256", secret).update(`pareidolia explorer ${sessionId} ${expires}`).digest("base64url");
}

export function writeExplorerToken(secret: string, sessionId: string, expires: number): string {
  return `${expires}.${sign(secret, sessionId, expires)}`;
}

/** When the token expires that proves that GraphiQL sent the request for this session. Null without a valid one. */
export function readExplorerToken(
  secret: string,
  sessionId: string,
  { headers, connectionParams }: Pick<Credentials, "headers" | "connectionParams">,
): number | null {
  const token = headers[explorerHeader] ?? connectionParams[parameter];
  const [, expires = "", signature = ""] = /^(\d{13})\.([\w-]{43})$/.exec(String(token)) ?? [];
  const until = Number(expires);
  if (signature === "" || until <= Date.now()) return null;
  return timingSafeEqual(Buffer.from(signature), Buffer.from(sign(secret, sessionId, until))) ? until : null;
}
