/** The token of a link that ends a member's e-mails about one workspace: it names the membership, signed with the installation's secret. */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Connection } from "../../server/database/database.ts";

function sign(secret: string, membershipId: string): string {
  return createHmac("sha256", secret).update(`unsubscribe ${membershipId}`).digest("base64url");
}

export function writeUnsubscribeToken(secret: string, membershipId: string): string {
  return `${Buffer.from(membershipId).toString("base64url")}.${sign(secret, membershipId)}`;
}

/** Null for a token that this installation has not signed. */
export function readUnsubscribeToken(secret: string, token: string): string | null {
  const [name = "", signature = ""] = token.split(".");
  const membershipId = Buffer.from(name, "base64url").toString();
  const [given, expected] = [Buffer.from(signature), Buffer.from(sign(secret, membershipId))];
  return given.length === expected.length && timingSafeEqual(given, expected) ? membershipId : null;
}

/** Turns off the e-mails of every kind; the other channels stay as they are. Does nothing once the membership has ended. */
export async function stopEmails(connection: Connection, membershipId: string, kinds: readonly string[]): Promise<void> {
  await connection.$executeRaw`
    INSERT INTO notification_choices (workspace_id, user_id, kind, product, email, webhook)
    SELECT m.workspace_id, m.user_id, k.kind, d.product, false, d.webhook
    FROM memberships m, unnest(${[...kinds]}::text[]) k(kind) CROSS JOIN LATERAL notification_defaults(k.kind) d
    WHERE m.id = ${membershipId}
    ON CONFLICT (workspace_id, user_id, kind) DO UPDATE SET email = false`;
}
