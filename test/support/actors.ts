/** Actors for tests: each request chooses one by its `authorization` header, and a socket by its connection parameters. */
import type { Authenticate } from "@pareidolia/api/identity/authenticate";
import type { Actor, MemberActor, VisitorActor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";

/** The owner of the workspace that the seeds fill. */
export const localOwner: MemberActor = { userId: localUserId, workspaceId: localWorkspaceId, role: "OWNER" };

/** The owner of a second workspace; `createStranger` stores it. */
export const stranger: MemberActor = { userId: "stranger", workspaceId: "elsewhere", role: "OWNER" };

/** A request without credentials. */
const visitor: VisitorActor = { userId: null, workspaceId: null, role: "VISITOR" };

const scheme = "Actor ";

export function credentialsOf(actor: Actor): { authorization: string } {
  return { authorization: scheme + Buffer.from(JSON.stringify(actor)).toString("base64url") };
}

export const authenticateByHeader: Authenticate = async ({ headers, connectionParams }) => {
  const authorization = headers.authorization ?? connectionParams["authorization"];
  if (authorization === undefined) return visitor;
  if (typeof authorization !== "string" || !authorization.startsWith(scheme)) throw new AppError("UNAUTHENTICATED", "Sign in first.");
  return JSON.parse(Buffer.from(authorization.slice(scheme.length), "base64url").toString()) as Actor;
};

/** For tests that are not about identity: requests without credentials come from the local owner. */
export const authenticateLocalOwner: Authenticate = async (credentials) => {
  const actor = await authenticateByHeader(credentials);
  return actor.role === "VISITOR" ? localOwner : actor;
};

export async function createStranger({ connection }: Database): Promise<void> {
  const { userId, workspaceId, role } = stranger;
  await connection.user.create({ data: { id: userId, name: "Stranger", email: `${userId}@pareidolia.example` } });
  await connection.workspace.create({ data: { id: workspaceId, name: "Elsewhere", slug: workspaceId } });
  await connection.membership.create({ data: { id: "membership_stranger", userId, workspaceId, role } });
}
