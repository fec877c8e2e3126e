/**
 * Names networks and accounts in stored limits: a hash keyed with the installation's secret, so that a copy of the database does not reveal
 * addresses. The key is another one each day, so that attempts cannot be compared over days. A window that contains midnight (UTC) counts
 * from 0 then.
 */
import { createHmac, hkdfSync, randomBytes } from "node:crypto";

const day = 86_400_000;
/** Of a single user, whose installation has no secret: limits hold within this process. */
const ownSecret = randomBytes(32).toString("base64url");

function keyOf(secret: string, date: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", `pareidolia limits of ${date}`, 32));
}

/** @param secret the installation's; null for a single user. */
export function hashForLimits(secret: string | null, text: string, now = Date.now()): string {
  const date = new Date(now - (now % day)).toISOString().slice(0, 10);
  return createHmac("sha256", keyOf(secret ?? ownSecret, date))
    .update(text)
    .digest("base64url");
}
