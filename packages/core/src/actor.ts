/** The user behind a request, with workspace and role. Every service call has one. */
export const roles = ["OWNER", "RESEARCHER", "LABELLER", "VIEWER"] as const;
export type Role = (typeof roles)[number];

/** What an API key permits: reading, changing experiments and runs, voting, and managing the workspace and its members. */
export const keyScopes = ["READ", "RUN", "VOTE", "ADMIN"] as const;
export type KeyScope = (typeof keyScopes)[number];

export interface ActorKey {
  readonly id: string;
  readonly scopes: readonly KeyScope[];
}

export interface Actor {
  readonly userId: string;
  readonly workspaceId: string;
  readonly role: Role;
  /** The API key of the request; absent for a signed-in user. A key never permits more than its user's role. */
  readonly key?: ActorKey;
  /** The session of a signed-in user; absent for an API key and for a single user without an account. */
  readonly sessionId?: string;
  /** The network address that the request came from, for the audit log. */
  readonly clientAddress?: string | undefined;
}
