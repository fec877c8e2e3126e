/** The backup codes of a second factor: how people may write them, and how many are left. */
import type { Connection } from "@pareidolia/persistence/database/database";
import { symmetricDecrypt } from "better-auth/crypto";
import type { RequestHandler } from "express";
import type { Accounts } from "./accounts.ts";
import { getSignedIn } from "./signedIn.ts";

/** Half of a code. better-auth stores two halves with a dash between them. */
const half = 5;

/** A code as it is stored, however its halves are separated: people leave the dash out, or write a space. */
export function normaliseBackupCode(text: string): string {
  const bare = text.replaceAll(/[\s\p{Pd}]/gu, "");
  return bare.length === 2 * half ? `${bare.slice(0, half)}-${bare.slice(half)}` : text;
}

type Key = Awaited<Accounts["$context"]>["secretConfig"];

/** Null without a second factor. */
export async function countBackupCodes(connection: Connection, userId: string, key: Key): Promise<number | null> {
  const stored = await connection.twoFactor.findFirst({ where: { userId }, select: { backupCodes: true } });
  if (stored === null) return null;
  const codes: unknown = JSON.parse(await symmetricDecrypt({ key, data: stored.backupCodes }));
  return Array.isArray(codes) ? codes.length : 0;
}

/** GET /auth/backup-codes: how many of the signed-in user's are left. */
export function sendBackupCodeCount(accounts: Accounts, connection: Connection): RequestHandler {
  return async (request, response) => {
    const { user } = await getSignedIn(accounts, request);
    const { secretConfig } = await accounts.$context;
    response.json({ left: await countBackupCodes(connection, user.id, secretConfig) });
  };
}
