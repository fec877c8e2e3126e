/**
 * Signed addresses of the files of bulk queries: each downloads its file until it expires, without further credentials, as with
 * `curl` or pandas. Each bulk query has a key of its own, so an address is useless once the row is deleted.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { BulkQueryRecord } from "@pareidolia/persistence/files/bulkQueries/readBulkQueries";

export const bulkFilePath = "/bulk-queries";
const lifetimeMilliseconds = 3_600_000;

type Signed = Pick<BulkQueryRecord, "id" | "format" | "downloadKey">;

function signatureOf({ id, format, downloadKey }: Signed, expires: number): string {
  return createHmac("sha256", Buffer.from(downloadKey, "hex")).update(`pareidolia bulk query ${id}.${format} ${expires}`).digest("hex");
}

/** An hour after `now`, but not after the file itself expires. */
export function addressOf(
  record: Signed & Pick<BulkQueryRecord, "expiresAt">,
  now: number,
): { readonly url: string; readonly expiresAt: Date } {
  const expires = Math.min(now + lifetimeMilliseconds, record.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY);
  const signature = signatureOf(record, expires);
  return { url: `${bulkFilePath}/${record.id}.${record.format}?expires=${expires}&signature=${signature}`, expiresAt: new Date(expires) };
}

export function isSigned(record: Signed, { expires, signature }: { readonly expires: number; readonly signature: string }): boolean {
  const [given, expected] = [Buffer.from(signature), Buffer.from(signatureOf(record, expires))];
  return given.length === expected.length && timingSafeEqual(given, expected);
}
