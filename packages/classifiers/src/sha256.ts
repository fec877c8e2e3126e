/** SHA-256 in hexadecimal: how files, models and weights are told apart. */
import { createHash } from "node:crypto";

export function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}
