/**
 * Writes sign-ins, sign-outs, refused sign-ins and password changes to the audit log of the user's workspace. It must be the last plugin: it
 * sees what the others made of a request, such as a sign-in that still lacks its second factor, which starts no session.
 */
import { findActiveMembership } from "@pareidolia/persistence/access/accounts/activeMembership";
import { findUserByEmail } from "@pareidolia/persistence/access/accounts/createAccount";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { BetterAuthPlugin } from "better-auth";
import { APIError, createAuthMiddleware } from "better-auth/api";
import type { Logger } from "pino";
import { clientAddressHeader } from "./clientAddressHeader.ts";
import { findChallengedUserId, verifyingPaths } from "./secondFactor.ts";

/** Routes that start a session. Others, such as a changed profile, only write the cookie of a running session again. */
const signInPaths = ["/sign-in/", "/callback/", "/oauth2/callback/", "/two-factor/verify-", "/passkey/verify-authentication"] as const;
export const startsSession = (path: string): boolean => signInPaths.some((start) => path.startsWith(start));
/** Routes that end sessions because the user said so. Others replace or expire them. */
const signOutPaths: readonly string[] = ["/sign-out", "/revoke-other-sessions", "/revoke-sessions"];

interface SessionEvent {
  readonly action: "session:start" | "session:end" | "session:refuse" | "password:change";
  readonly userId: string;
  /** Null for a refused sign-in. */
  readonly session: { readonly activeWorkspaceId?: string | null; readonly userAgent?: string | null | undefined } | null;
  readonly clientAddress: string | undefined;
  readonly path: string;
}

async function writeEvent(database: Database, { action, userId, session, clientAddress, path }: SessionEvent): Promise<void> {
  const activeWorkspaceId = session?.activeWorkspaceId ?? null;
  await database.transaction(async ({ connection }) => {
    const membership = await findActiveMembership(connection, { userId, activeWorkspaceId });
    if (membership === null) return;
    const { email } = await connection.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true } });
    const values = { through: path, device: session?.userAgent ?? null };
    const isEnd = action === "session:end";
    await appendAuditEntry(
      connection,
      // A refused sign-in was not necessarily sent by the user whom it names.
      { userId: action === "session:refuse" ? null : userId, workspaceId: membership.workspaceId, clientAddress },
      { action, subjectType: "User", subjectId: userId, subjectName: email, before: isEnd ? values : null, after: isEnd ? null : values },
    );
  });
}

export interface SessionAudit {
  readonly plugin: BetterAuthPlugin;
  /** Resolves once entries that no request waits for are written. */
  settle(): Promise<void>;
}

export function auditSessions(database: Database, logger: Logger): SessionAudit {
  const pending = new Set<Promise<void>>();
  /** A refused sign-in must not take longer for an address that has an account, so its answer does not wait for the entry. */
  const inBackground = (work: Promise<void>): void => {
    const settled = work
      .catch((error: unknown) => logger.error({ err: error }, "A refused sign-in could not be written to the audit log."))
      .finally(() => pending.delete(settled));
    pending.add(settled);
  };
  const writeRefusal = async (email: string, rest: Pick<SessionEvent, "clientAddress" | "path">): Promise<void> => {
    const userId = await findUserByEmail(database.connection, email.toLowerCase());
    if (userId !== null) await writeEvent(database, { ...rest, action: "session:refuse", userId, session: null });
  };

  const after = createAuthMiddleware(async (context) => {
    const { newSession, returned, session } = context.context;
    const { path } = context;
    const clientAddress = context.headers?.get(clientAddressHeader) ?? undefined;
    if (returned instanceof APIError) {
      const { email } = (context.body ?? {}) as { email?: unknown };
      if (path === "/sign-in/email" && typeof email === "string") inBackground(writeRefusal(email, { clientAddress, path }));
      if (verifyingPaths.has(path) && session == null) {
        const userId = await findChallengedUserId(context);
        if (userId !== null) await writeEvent(database, { action: "session:refuse", userId, session: null, clientAddress, path });
      }
      return;
    }
    if (newSession != null && session == null && startsSession(path))
      await writeEvent(database, { action: "session:start", userId: newSession.user.id, session: newSession.session, clientAddress, path });
    if (path === "/change-password" && session != null)
      await writeEvent(database, { action: "password:change", userId: session.user.id, session: session.session, clientAddress, path });
  });

  return {
    plugin: {
      id: "audit-sessions",
      hooks: { after: [{ matcher: () => true, handler: after }] },
      init: () => ({
        options: {
          databaseHooks: {
            session: {
              delete: {
                async after(session, context) {
                  const path = context?.path ?? "";
                  if (!signOutPaths.includes(path)) return;
                  const clientAddress = context?.headers?.get(clientAddressHeader) ?? undefined;
                  await writeEvent(database, { action: "session:end", userId: session.userId, session, clientAddress, path });
                },
              },
            },
          },
        },
      }),
    },
    async settle() {
      await Promise.all(pending);
    },
  };
}
