/** SHA-256 in lower-case hexadecimal, for packages that have no hash of their own. */
import { createHash } from "node:crypto";

export function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}
