/** Authentication by the session cookie. Membership is read again for each request, so that a removed member loses access at once. */
import { AppError } from "@pareidolia/core/appError";
import { findActiveMembership } from "@pareidolia/persistence/accounts/activeMembership";
import type { Database } from "@pareidolia/persistence/database/database";
import { fromNodeHeaders } from "better-auth/node";
import type { Accounts } from "./accounts.ts";
import type { Authenticate } from "./authenticate.ts";

export function authenticateSession(accounts: Accounts, database: Database): Authenticate {
  return async ({ headers, clientAddress }) => {
    // Only GET /auth/get-session renews a session, since it also sends the cookie with the later expiry.
    const found = await accounts.api.getSession({ headers: fromNodeHeaders(headers), query: { disableRefresh: true } });
    if (found === null) throw new AppError("UNAUTHENTICATED", "Sign in first.");
    const { user, session } = found;
    const membership = await findActiveMembership(database.connection, {
      userId: user.id,
      activeWorkspaceId: session.activeWorkspaceId ?? null,
    });
    if (membership === null) throw new AppError("UNAUTHENTICATED", "Your account is suspended, or belongs to no workspace. Ask an owner.");
    return { userId: user.id, ...membership, sessionId: session.id, clientAddress };
  };
}
