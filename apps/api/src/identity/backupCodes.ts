/** The backup codes of a second factor: how people may write them, and how many are left. */
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { symmetricDecrypt } from "better-auth/crypto";

/** Half of a code. better-auth stores two halves with a dash between them. */
const half = 5;

/** A code as it is stored, however its halves are separated: people leave the dash out, or write a space. */
export function normaliseBackupCode(text: string): string {
  const bare = text.replaceAll(/[\s\p{Pd}]/gu, "");
  return bare.length === 2 * half ? `${bare.slice(0, half)}-${bare.slice(half)}` : text;
}

type Key = Parameters<typeof symmetricDecrypt>[0]["key"];

/** Null without a second factor. */
export async function countBackupCodes(connection: Connection, userId: string, key: Key): Promise<number | null> {
  const stored = await connection.twoFactor.findFirst({ where: { userId }, select: { backupCodes: true } });
  if (stored === null) return null;
  const codes: unknown = JSON.parse(await symmetricDecrypt({ key, data: stored.backupCodes }));
  return Array.isArray(codes) ? codes.length : 0;
}
