/** Creates, renames, deletes and restores workspaces, and chooses the one of a session. Call each in the transaction of its audit entry. */
import { randomBytes, randomUUID } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import { countAttempt } from "../../access/accounts/rateLimit.ts";
import type { Connection } from "../../server/database/database.ts";
import { latestPurged } from "./restoreTime.ts";

export const workspacesPerDay = 10;
const secondsPerDay = 86_400;
const maxSlugLength = 40;

/** "Perception Lab" becomes "perception-lab-3f9a2c": random at the end, so that the names of other workspaces cannot be guessed from it. */
function slugOf(name: string): string {
  const words = name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, maxSlugLength)
    .replaceAll(/^-|-$/g, "");
  const suffix = randomBytes(4).toString("hex");
  return words === "" ? suffix : `${words}-${suffix}`;
}

/** Makes the user its owner. @throws AppError RATE_LIMITED beyond `workspacesPerDay`. */
export async function createWorkspace(
  connection: Connection,
  { userId, name }: { readonly userId: string; readonly name: string },
): Promise<{ readonly id: string; readonly slug: string }> {
  const { attempts, secondsLeft } = await countAttempt(connection, `workspace:create by ${userId}`, secondsPerDay);
  if (attempts > workspacesPerDay) {
    const hours = Math.ceil(secondsLeft / 3600);
    throw new AppError(
      "RATE_LIMITED",
      `You can create ${workspacesPerDay} workspaces a day. Try again in ${hours} ${hours === 1 ? "hour" : "hours"}.`,
    );
  }
  const id = `workspace_${randomUUID()}`;
  const slug = slugOf(name);
  const owner = { id: `membership_${randomUUID()}`, userId, role: "OWNER" } as const;
  await connection.workspace.create({ data: { id, name, slug, memberships: { create: owner } } });
  return { id, slug };
}

/** Returns the name that it had. @throws AppError NOT_FOUND. */
export async function findWorkspaceName(connection: Connection, id: string): Promise<string> {
  const workspace = await connection.workspace.findFirst({ where: { id, deletedAt: null }, select: { name: true } });
  if (workspace === null) throw new AppError("NOT_FOUND", "There is no such workspace.");
  return workspace.name;
}

export async function renameWorkspace(connection: Connection, id: string, name: string): Promise<void> {
  await connection.workspace.updateMany({ where: { id }, data: { name } });
}

/** Marks it as deleted; sessions in it lose their choice. Returns false if it is deleted already. */
export async function markWorkspaceDeleted(connection: Connection, id: string, deletedAt: Date): Promise<boolean> {
  const { count } = await connection.workspace.updateMany({ where: { id, deletedAt: null }, data: { deletedAt } });
  await connection.session.updateMany({ where: { activeWorkspaceId: id }, data: { activeWorkspaceId: null } });
  return count > 0;
}

/** Returns when it had been deleted; null if it is not deleted, or can no longer be restored. */
export async function restoreWorkspace(connection: Connection, id: string): Promise<Date | null> {
  const workspace = await connection.workspace.findUnique({ where: { id }, select: { deletedAt: true } });
  const { count } = await connection.workspace.updateMany({ where: { id, deletedAt: { gt: latestPurged() } }, data: { deletedAt: null } });
  return count > 0 ? (workspace?.deletedAt ?? null) : null;
}

/** The workspace in which the session acts from now on. */
export async function chooseWorkspace(
  connection: Connection,
  {
    sessionId,
    userId,
    workspaceId: activeWorkspaceId,
  }: { readonly sessionId: string; readonly userId: string; readonly workspaceId: string },
): Promise<void> {
  await connection.session.updateMany({ where: { id: sessionId, userId }, data: { activeWorkspaceId } });
}
