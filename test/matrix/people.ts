/**
 * The people and programs of the matrix. Everything about an actor is in its entry, so that a new kind of actor is one more entry. All but
 * the outsider belong to the first workspace.
 */
import { createHmac, randomUUID } from "node:crypto";
import { createSecret, hashSecret, shownPrefix } from "@pareidolia/api/apiKey/secret";
import type { KeyScope, Role } from "@pareidolia/core/actor";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { accountSettings } from "../support/accounts.ts";
import { stranger } from "../support/actors.ts";
import type { SharedPlace } from "./place.ts";

export interface Person {
  readonly name: string;
  /** Null for a sender who is not signed in, belongs to no workspace, or whose membership is suspended. */
  readonly role: Role | null;
  /** Null for a session. */
  readonly scopes: readonly KeyScope[] | null;
  /** The workspace in which the actor acts. */
  readonly home: string;
  readonly userId: string | null;
  readonly headers: Readonly<Record<string, string>>;
  /** The API key with which the actor sends requests; null for a session. */
  readonly keyId: string | null;
  /** An API key that the actor may revoke; null without one of their own. */
  readonly apiKeyId: string | null;
  /** Another workspace of which the actor is a member. */
  readonly alsoIn?: string;
  /** The shared place that the actor visits in another workspace; its objects are then `own`. */
  readonly visiting?: SharedPlace;
  /** Whether each query is sent by itself, as one that ends in an error would be anyway. */
  readonly sendsAlone?: boolean;
}

const hour = 3_600_000;

/** A cookie as better-auth signs it. Signing in would take a tenth of a second of a core for each actor. */
async function createCookie(connection: Connection, userId: string): Promise<string> {
  const token = randomUUID();
  await connection.session.create({ data: { id: randomUUID(), userId, token, expiresAt: new Date(Date.now() + hour) } });
  const signature = createHmac("sha256", accountSettings.secret).update(token).digest("base64");
  return `pareidolia.session=${encodeURIComponent(`${token}.${signature}`)}`;
}

/** The ID of a session that sends no request of the matrix. */
export const spareSessionOf = (userId: string): string => `session_of_${userId}`;

/** Gives each user a session in another browser and an invitation to another workspace. */
async function createOfUsers(connection: Connection, userIds: readonly string[]): Promise<void> {
  const workspaceId = "inviting";
  await connection.workspace.create({ data: { id: workspaceId, name: "Inviting", slug: workspaceId } });
  await connection.user.updateMany({ where: { id: { in: [...userIds] } }, data: { emailVerified: true } });
  const expiresAt = new Date(Date.now() + hour);
  for (const { id: userId, email } of await connection.user.findMany({ where: { id: { in: [...userIds] } } })) {
    const device = {
      userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
      ipAddress: "203.0.113.7",
    };
    await connection.session.create({ data: { id: spareSessionOf(userId), userId, token: randomUUID(), expiresAt, ...device } });
    const invitation = { id: `invitation_of_${userId}`, workspaceId, email: email.toLowerCase(), role: "VIEWER" as const, expiresAt };
    await connection.invitation.create({ data: { ...invitation, tokenHash: randomUUID() } });
  }
}

async function createGuest(connection: Connection, name: string): Promise<string> {
  await connection.user.create({ data: { id: name, name, email: `${name}.here@pareidolia.example`, emailVerified: true } });
  return name;
}

async function createUser(connection: Connection, name: string, role: Role, isSuspended = false): Promise<string> {
  await createGuest(connection, name);
  const suspendedAt = isSuspended ? new Date() : null;
  const membership = { id: `membership_${name}`, userId: name, workspaceId: localWorkspaceId, role, suspendedAt };
  await connection.membership.create({ data: membership });
  return name;
}

async function createKey(connection: Connection, userId: string, scopes: readonly KeyScope[], id: string): Promise<string> {
  const secret = createSecret();
  const key = { id, workspaceId: localWorkspaceId, userId, name: "Key", prefix: shownPrefix(secret) };
  await connection.apiKey.create({ data: { ...key, secretHash: hashSecret(secret), scopes: [...scopes] } });
  return `Bearer ${secret}`;
}

/** A key of a member who is not one of the matrix's people. */
export const keyOfAnother = "key_of_second_owner";

/** Deleted workspaces, each with all signed-in users of one of the matrix's workspaces as owners, so that each of them may restore it. */
export const deletedWorkspaceId = "deleted";
export const othersDeletedWorkspaceId = "deleted_elsewhere";

async function createDeletedWorkspace(connection: Connection, id: string, userIds: readonly string[]): Promise<void> {
  await connection.workspace.create({ data: { id, name: "Deleted", slug: id, deletedAt: new Date() } });
  const data = userIds.map((userId) => ({ id: `membership_${id}_${userId}`, userId, workspaceId: id, role: "OWNER" as const }));
  await connection.membership.createMany({ data });
}

/** Creates them all; the owner of each workspace exists. */
export async function createPeople(connection: Connection): Promise<readonly Person[]> {
  const spareKeys = new Map<string, string>();
  const signedIn = async (name: string, role: Role | null, userId: string, home = localWorkspaceId): Promise<Person> => ({
    name,
    role,
    scopes: null,
    home,
    userId,
    headers: { cookie: await createCookie(connection, userId) },
    keyId: null,
    apiKeyId: spareKeys.get(userId) ?? null,
  });
  const program = async (name: string, role: Role, userId: string, scopes: readonly KeyScope[]): Promise<Person> => {
    const keyId = randomUUID();
    const headers = { authorization: await createKey(connection, userId, scopes, keyId) };
    return { name, role, scopes, home: localWorkspaceId, userId, headers, keyId, apiKeyId: spareKeys.get(userId) ?? null };
  };
  const researcher = await createUser(connection, "researcher", "RESEARCHER");
  const labeller = await createUser(connection, "labeller", "LABELLER");
  const viewer = await createUser(connection, "viewer", "VIEWER");
  const elsewhere = { id: "membership_researcher_elsewhere", userId: researcher, workspaceId: stranger.workspaceId };
  await connection.membership.create({ data: { ...elsewhere, role: "VIEWER", createdAt: new Date(Date.now() + hour) } });
  // Another owner, so that an owner may leave.
  await createUser(connection, "second_owner", "OWNER");
  await createKey(connection, "second_owner", ["READ"], keyOfAnother);
  const suspended = await createUser(connection, "suspended", "OWNER", true);
  const guest = await createGuest(connection, "guest");
  await createDeletedWorkspace(connection, deletedWorkspaceId, [localUserId, researcher, labeller, viewer, suspended, guest]);
  await createDeletedWorkspace(connection, othersDeletedWorkspaceId, [stranger.userId]);
  await createOfUsers(connection, [localUserId, stranger.userId, researcher, labeller, viewer, suspended, guest]);
  for (const userId of [localUserId, researcher, labeller, viewer]) {
    const id = `key_of_${userId}`;
    await createKey(connection, userId, ["READ"], id);
    spareKeys.set(userId, id);
  }
  return [
    await signedIn("owner", "OWNER", localUserId),
    { name: "anonymous", role: null, scopes: null, home: localWorkspaceId, userId: null, headers: {}, keyId: null, apiKeyId: null },
    await signedIn("outsider", "OWNER", stranger.userId, stranger.workspaceId),
    await signedIn("viewer", "VIEWER", viewer),
    await signedIn("labeller", "LABELLER", labeller),
    { ...(await signedIn("researcher", "RESEARCHER", researcher)), alsoIn: stranger.workspaceId },
    await signedIn("suspended member", null, suspended),
    await signedIn("guest", null, guest),
    await program("key with READ", "OWNER", localUserId, ["READ"]),
    await program("key with RUN", "OWNER", localUserId, ["RUN"]),
    await program("key with VOTE", "OWNER", localUserId, ["VOTE"]),
    await program("key with ADMIN", "OWNER", localUserId, ["ADMIN"]),
    await program("viewer's key with all scopes", "VIEWER", viewer, ["READ", "RUN", "VOTE", "ADMIN"]),
  ];
}
