/** The sender of a request: a member with workspace and role, a signed-in user without a workspace, or a visitor. Every service call has one. */
export const roles = ["OWNER", "RESEARCHER", "LABELLER", "VIEWER"] as const;
export type Role = (typeof roles)[number];

/** How the policy sees an actor: by role in the workspace, or as GUEST (signed in, without a workspace) or VISITOR (not signed in). */
export const standings = [...roles, "GUEST", "VISITOR"] as const;
export type Standing = (typeof standings)[number];

/** What an API key permits: reading, changing experiments and runs, voting, and managing the workspace and its members. */
export const keyScopes = ["READ", "RUN", "VOTE", "ADMIN"] as const;
export type KeyScope = (typeof keyScopes)[number];

export interface ActorKey {
  readonly id: string;
  readonly scopes: readonly KeyScope[];
}

/** The share link of an unlisted experiment that the request came with. */
export interface ShareLink {
  readonly experimentId: string;
  /** Unguessable. Goes only into addresses that are answered to this actor. */
  readonly token: string;
}

interface Sender {
  /** The network address that the request came from, for the audit log. */
  readonly clientAddress?: string | undefined;
  readonly shareLink?: ShareLink;
}

interface SignedInUser extends Sender {
  readonly userId: string;
  /** The slug of the workspace that the request's address names, if any: no change of the session then changes the workspace. */
  readonly workspaceSlug?: string;
  /** The browser's session; absent for an API key and for a single user without an account. */
  readonly sessionId?: string;
  /**
   * For a request from GraphiQL with a token for this session: until when it may send the user's own documents, in milliseconds since the
   * epoch. An open WebSocket may outlive the token.
   */
  readonly explorerUntil?: number;
}

export interface MemberActor extends SignedInUser {
  readonly workspaceId: string;
  readonly role: Role;
  /** The API key of the request; absent for a signed-in user. A key never permits more than its user's role. */
  readonly key?: ActorKey;
}

/** A signed-in user who belongs to no workspace, or is suspended in each; or who does not belong to the one that the address names. */
export interface GuestActor extends SignedInUser {
  readonly workspaceId: null;
  readonly role: "GUEST";
  readonly key?: never;
}

/** A request without credentials. */
export interface VisitorActor extends Sender {
  readonly userId: null;
  readonly workspaceId: null;
  readonly role: "VISITOR";
  readonly workspaceSlug?: never;
  readonly key?: never;
  readonly sessionId?: never;
  readonly explorerUntil?: never;
}

export type SignedInActor = MemberActor | GuestActor;
export type Actor = SignedInActor | VisitorActor;
