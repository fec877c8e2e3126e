/** Authentication by an API key, sent as `Authorization: Bearer pdl_...` or as the connection parameter `authorization`. */
import { AppError } from "@pareidolia/core/appError";
import { findKeyHolder } from "@pareidolia/persistence/access/accounts/apiKeys";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { KeyUses } from "../apiKey/keyUses.ts";
import { hasFormOfSecret, hashSecret } from "../apiKey/secret.ts";
import { readWorkspace } from "../http/workspaceAddress.ts";
import type { Authenticate, Credentials } from "./authenticate.ts";

const scheme = /^Bearer +(\S+)$/i;

/** Null without a key. @throws AppError UNAUTHENTICATED for a text that is not a key. */
export function readKeySecret({ headers, connectionParams }: Pick<Credentials, "headers" | "connectionParams">): string | null {
  const authorization = headers.authorization ?? connectionParams["authorization"];
  if (typeof authorization !== "string") return null;
  const secret = scheme.exec(authorization)?.[1];
  if (secret === undefined || !hasFormOfSecret(secret))
    throw new AppError("UNAUTHENTICATED", "This is not an API key of Pareidolia. Send `Authorization: Bearer pdl_...`.");
  return secret;
}

/** A request with a key never falls back to a cookie, and its address names no workspace but the key's. */
export function authenticateKeyOr(authenticateOtherwise: Authenticate, database: Database, uses: KeyUses): Authenticate {
  return async (credentials) => {
    const secret = readKeySecret(credentials);
    if (secret === null) return authenticateOtherwise(credentials);
    const holder = await findKeyHolder(database.connection, hashSecret(secret));
    if (holder === null)
      throw new AppError("UNAUTHENTICATED", "This API key is revoked, expired or unknown, or its user may no longer use one.");
    const { keyId, scopes, slug, ...member } = holder;
    if (credentials.isRepeated !== true) uses.note(keyId);
    const named = readWorkspace(credentials.headers);
    if (named !== null && named !== slug)
      throw new AppError(
        "UNAUTHENTICATED",
        `This API key does not open the workspace "${named}". Leave it out of the address, or use its own key.`,
      );
    const workspace = named === null ? {} : { workspaceSlug: named };
    return { ...member, ...workspace, key: { id: keyId, scopes }, clientAddress: credentials.clientAddress };
  };
}
