/**
 * The signing secrets of webhooks, encrypted at rest: AES-256-GCM with a key that HKDF (RFC 5869) derives from the installation's secret. The
 * webhook's id is authenticated with it, so that no row's secret can be copied to another.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";

const ivBytes = 12;
const tagBytes = 16;
const secretBytes = 32;

function keyOf(installationSecret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", installationSecret, "", "pareidolia webhook secrets", 32));
}

/** In the form of Standard Webhooks: whsec_ and base64. */
export function createWebhookSecret(): string {
  return `whsec_${randomBytes(secretBytes).toString("base64")}`;
}

export function sealSecret(installationSecret: string, webhookId: string, secret: string): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", keyOf(installationSecret), iv).setAAD(Buffer.from(webhookId));
  return Buffer.concat([iv, cipher.update(secret, "utf8"), cipher.final(), cipher.getAuthTag()]).toString("base64url");
}

/** @throws AppError CONFLICT if the installation's secret is another one than when it was sealed. */
export function openSecret(installationSecret: string, webhookId: string, sealed: string): string {
  const bytes = Buffer.from(sealed, "base64url");
  try {
    const decipher = createDecipheriv("aes-256-gcm", keyOf(installationSecret), bytes.subarray(0, ivBytes)).setAAD(Buffer.from(webhookId));
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(ivBytes, -tagBytes)), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new AppError("CONFLICT", "PAREIDOLIA_SECRET has changed since the webhook's secret was made. Rotate the secret of the webhook.", {
      cause,
    });
  }
}
