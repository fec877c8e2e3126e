/** A session that replaces another of the same user, as after a change of the password, stays in its workspace. */

interface SessionData {
  readonly userId: string;
  readonly activeWorkspaceId?: unknown;
}

/** @param replaced The session of the request that starts another; null without one. */
export function keepWorkspace<Data extends SessionData>(session: Data, replaced: { readonly session: SessionData } | null): Data {
  if (replaced?.session.userId !== session.userId) return session;
  return { ...session, activeWorkspaceId: session.activeWorkspaceId ?? replaced.session.activeWorkspaceId };
}
