/**
 * The secret of an API key: `pdl_`, 32 random bytes and a checksum of 4 bytes. Scanners can recognise a leaked secret by its form,
 * and a mistyped one is refused without a query. Secrets are random, so their plain SHA-256 is safe to store.
 */
import { createHash, randomBytes } from "node:crypto";

const prefix = "pdl_";
const randomLength = 32;
const checksumLength = 4;
/** Characters of a secret that lists show. */
const shownCharacters = prefix.length + 6;

function checksumOf(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(prefix).update(bytes).digest().subarray(0, checksumLength);
}

export function createSecret(): string {
  const random = randomBytes(randomLength);
  return prefix + Buffer.concat([random, checksumOf(random)]).toString("base64url");
}

export function hasFormOfSecret(text: string): boolean {
  if (!text.startsWith(prefix)) return false;
  const encoded = text.slice(prefix.length);
  const bytes = Buffer.from(encoded, "base64url");
  if (bytes.length !== randomLength + checksumLength || bytes.toString("base64url") !== encoded) return false;
  return checksumOf(bytes.subarray(0, randomLength)).equals(bytes.subarray(randomLength));
}

export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

export function shownPrefix(secret: string): string {
  return secret.slice(0, shownCharacters);
}
