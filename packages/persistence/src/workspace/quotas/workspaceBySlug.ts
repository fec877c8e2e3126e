/** The workspace that an operator names by its short name. */
import { AppError } from "@pareidolia/core/appError";
import type { Workspace } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";

/** @throws AppError NOT_FOUND; a deleted workspace is not found. */
export async function findWorkspaceBySlug(connection: Connection, slug: string): Promise<Workspace> {
  const workspace = await connection.workspace.findUnique({ where: { slug, deletedAt: null } });
  if (workspace === null)
    throw new AppError("NOT_FOUND", `There is no workspace "${slug}". \`npm run store -- quota\` lists the short names of all workspaces.`);
  return workspace;
}
