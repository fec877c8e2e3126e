/**
 * Authentication by the session cookie. Membership is read together with the session, so that a removed member loses access. The
 * workspace comes from the request's address or, if the address names none, from the session. Without a session, the sender is a visitor.
 */
import { findActiveMembership, findMembershipAt } from "@pareidolia/persistence/access/accounts/activeMembership";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { fromNodeHeaders } from "better-auth/node";
import { readExplorerToken } from "../explorer/explorerToken.ts";
import { readWorkspace } from "../http/workspaceAddress.ts";
import { type Accounts, sessionCookie } from "./accounts.ts";
import type { Authenticate } from "./authenticate.ts";

export function authenticateSession(accounts: Accounts, database: Database, secret: string): Authenticate {
  return async ({ headers, connectionParams, clientAddress }) => {
    const visitor = { userId: null, workspaceId: null, role: "VISITOR", clientAddress } as const;
    if (headers.cookie?.includes(sessionCookie) !== true) return visitor;
    // Only GET /auth/get-session renews a session, since it also sends the cookie with the later expiry.
    const found = await accounts.api.getSession({ headers: fromNodeHeaders(headers), query: { disableRefresh: true } });
    if (found === null) return visitor;
    const { user, session } = found;
    const slug = readWorkspace(headers);
    const membership =
      slug === null
        ? await findActiveMembership(database.connection, { userId: user.id, activeWorkspaceId: session.activeWorkspaceId ?? null })
        : await findMembershipAt(database.connection, { userId: user.id, slug });
    const explorerUntil = readExplorerToken(secret, session.id, { headers, connectionParams });
    const signedIn = {
      userId: user.id,
      sessionId: session.id,
      clientAddress,
      ...(slug === null ? {} : { workspaceSlug: slug }),
      ...(explorerUntil === null ? {} : { explorerUntil }),
    };
    return membership === null ? { ...signedIn, workspaceId: null, role: "GUEST" } : { ...signedIn, ...membership };
  };
}
