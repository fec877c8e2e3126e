/** Tells a signed-in user how many backup codes are left. */
import type { Connection } from "@pareidolia/persistence/server/database/database";
import type { RequestHandler } from "express";
import type { Accounts } from "./accounts.ts";
import { countBackupCodes } from "./backupCodes.ts";
import { getSignedIn } from "./signedIn.ts";

/** GET /auth/backup-codes: `left`, which is null without a second factor. */
export function sendBackupCodeCount(accounts: Accounts, connection: Connection): RequestHandler {
  return async (request, response) => {
    const { user } = await getSignedIn(accounts, request);
    const { secretConfig } = await accounts.$context;
    response.json({ left: await countBackupCodes(connection, user.id, secretConfig) });
  };
}
