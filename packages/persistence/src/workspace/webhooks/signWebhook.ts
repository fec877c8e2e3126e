/** Signatures of Standard Webhooks: HMAC-SHA256 over "id.timestamp.body", one for each secret that is valid. */
import { createHmac } from "node:crypto";

export interface SignedMessage {
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly body: string;
  /** In the form whsec_ and base64. The first is the present one. */
  readonly secrets: readonly string[];
}

export function signWebhook({ id, timestamp, body, secrets }: SignedMessage): Readonly<Record<string, string>> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
    return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
  });
  return { "webhook-id": id, "webhook-timestamp": String(timestamp), "webhook-signature": signatures.join(" ") };
}
