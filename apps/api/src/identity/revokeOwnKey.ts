/** POST /auth/revoke-key: a program that signs out ends the API key that it sends. Every scope permits this, since it grants nothing. */
import { AppError } from "@pareidolia/core/appError";
import { findApiKeys, findKeyHolder } from "@pareidolia/persistence/access/accounts/apiKeys";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { RequestHandler } from "express";
import { endKey } from "../apiKey/endKey.ts";
import { hashSecret } from "../apiKey/secret.ts";
import { readKeySecret } from "./authenticateKey.ts";

export function revokeOwnKey(database: Database): RequestHandler {
  return async (request, response) => {
    const secret = readKeySecret({ headers: request.headers, connectionParams: {} });
    const holder = secret === null ? null : await findKeyHolder(database.connection, hashSecret(secret));
    const [key] = holder === null ? [] : await findApiKeys(database.connection, [holder.keyId]);
    if (holder === null || key == null)
      throw new AppError(
        "UNAUTHENTICATED",
        "Send the API key to revoke as `Authorization: Bearer pdl_...`. A key that has expired or been revoked needs no revoking.",
      );
    const { userId, workspaceId, keyId: id, scopes } = holder;
    await endKey(database, { userId, workspaceId, key: { id, scopes }, clientAddress: request.ip }, key);
    response.json({ revoked: key.prefix });
  };
}
