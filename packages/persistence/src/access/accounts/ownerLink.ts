/**
 * The one-time link that creates the first owner of a workspace. Only the hash of its token is stored. A new link replaces the one before
 * it, and none is issued once an owner can sign in.
 */
import { createHash, randomBytes } from "node:crypto";
import type { Connection } from "../../server/database/database.ts";

const bytesOfToken = 32;
/** Milliseconds. Each start of the server prints a new link. */
const validFor = 3_600_000;

function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Returns the token of a new link, or null if an owner of the workspace can already sign in. */
export async function issueOwnerLink(connection: Connection, workspaceId: string): Promise<string | null> {
  const owners = await connection.membership.count({ where: { workspaceId, role: "OWNER", user: { accounts: { some: {} } } } });
  if (owners > 0) return null;
  const token = randomBytes(bytesOfToken).toString("base64url");
  const link = { tokenHash: hashToken(token), expiresAt: new Date(Date.now() + validFor) };
  await connection.ownerLink.upsert({ where: { workspaceId }, create: { workspaceId, ...link }, update: link });
  return token;
}

export interface OpenOwnerLink {
  readonly expiresAt: Date;
  readonly workspaceName: string;
  /** Experiments that were created before, without accounts. */
  readonly experimentCount: number;
}

/** What the link gives access to; null for an unknown, used or expired token. */
export async function findOwnerLink(connection: Connection, token: string): Promise<OpenOwnerLink | null> {
  const found = await connection.ownerLink.findFirst({
    where: { tokenHash: hashToken(token), expiresAt: { gt: new Date() } },
    select: { expiresAt: true, workspace: { select: { name: true, _count: { select: { experiments: true } } } } },
  });
  if (found === null) return null;
  const { expiresAt, workspace } = found;
  return { expiresAt, workspaceName: workspace.name, experimentCount: workspace._count.experiments };
}

/**
 * Deletes the link, so that it works only once: call it in the transaction that creates the owner. Returns its workspace, or null for an
 * unknown, used or expired token.
 */
export async function takeOwnerLink(connection: Connection, token: string): Promise<string | null> {
  const links = await connection.$queryRaw<{ workspaceId: string }[]>`
    DELETE FROM owner_links WHERE token_hash = ${hashToken(token)} AND expires_at > now() RETURNING workspace_id AS "workspaceId"`;
  return links[0]?.workspaceId ?? null;
}
