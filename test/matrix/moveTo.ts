/** Moves everything of the local workspace to another workspace, so that the local one can be filled again. */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import type { AccountsApi } from "../support/accounts.ts";
import { moveCodings } from "./codings.ts";
import { createRemoved } from "./createRemoved.ts";
import { tables, userColumns } from "./movedTables.ts";
import { othersDeletedWorkspaceId } from "./people.ts";
import { moveReleases } from "./releases.ts";
import { moveRooms, votersElsewhere } from "./rooms.ts";
import type { Filled } from "./things.ts";
import { moveTrash } from "./trash.ts";

/** A workspace's columns with the last number of each kind of key. */
const lastNumbers = [
  "lastRunNumber",
  "lastExperimentNumber",
  "lastStudyNumber",
  "lastSweepNumber",
  "lastViewNumber",
  "lastExportNumber",
  "lastBulkQueryNumber",
  "lastComparisonNumber",
] as const;
type NumberName = (typeof lastNumbers)[number];

/** Moves all rows of the local workspace, and what they name, to the workspace of another user. */
export async function moveTo(
  api: AccountsApi,
  things: Filled,
  to: { readonly workspaceId: string; readonly userId: string },
): Promise<Filled> {
  const { connection } = api.database;
  const { workspaceId, userId } = to;
  for (const table of tables) {
    const column = table in userColumns ? userColumns[table as keyof typeof userColumns] : "created_by_id";
    const user = column === null ? "" : `, ${column} = CASE WHEN ${column} IS NOT NULL THEN '${userId}' END`;
    await connection.$executeRawUnsafe(
      `UPDATE ${table} SET workspace_id = '${workspaceId}'${user} WHERE workspace_id = '${localWorkspaceId}'`,
    );
  }
  await connection.studyVoter.updateMany({ where: { userId: localUserId }, data: { userId } });
  for (const move of [moveRooms, moveReleases, moveCodings]) await move(api, userId);
  await moveTrash(api, to);
  const local = { where: { id: localWorkspaceId } };
  const row = await connection.workspace.findUniqueOrThrow(local);
  const numbersOf = (numberOf: (name: NumberName) => number) => Object.fromEntries(lastNumbers.map((name) => [name, numberOf(name)]));
  await connection.workspace.update({ where: { id: workspaceId }, data: numbersOf((name) => row[name]) });
  await connection.workspace.update({ ...local, data: numbersOf(() => 0) });
  for (const [name, role] of [
    ["elsewhere_owner", "OWNER"],
    ["elsewhere_viewer", "VIEWER"],
  ] as const) {
    await connection.user.create({ data: { id: name, name, email: `${name}@pareidolia.example` } });
    await connection.membership.create({ data: { id: `membership_${name}`, userId: name, workspaceId, role } });
  }
  await api.database.transaction((transaction) =>
    appendAuditEntry(transaction.connection, to, {
      action: "test:move",
      subjectType: "Workspace",
      subjectId: workspaceId,
      before: null,
      after: {},
    }),
  );
  const nodes = {
    ...things.nodes,
    AuditEntry: encodeGlobalId("AuditEntry", `${workspaceId}.1`),
    Member: encodeGlobalId("Member", "membership_elsewhere_viewer"),
    User: encodeGlobalId("User", userId),
    Workspace: encodeGlobalId("Workspace", workspaceId),
  };
  const deletedWorkspace = encodeGlobalId("Workspace", othersDeletedWorkspaceId);
  return {
    ...things,
    workspaceId,
    nodes,
    activeBulkQueries: { [userId]: things.activeBulkQueries[localUserId] as string },
    partUploads: { [userId]: things.partUploads[localUserId] as string },
    bulkQueryKeys: { [userId]: things.bulkQueryKeys[localUserId] as string },
    voters: votersElsewhere,
    deletedWorkspace,
    removedUser: await createRemoved(api, to, "removed_elsewhere"),
  };
}
