/** Runs and experiments in the trash, locks and retention rules, in the states that the matrix's mutations need. */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import type { AccountsApi } from "../support/accounts.ts";
import { storeImage } from "../support/openedStudy.ts";
import { seedRun } from "../support/runs.ts";
import { writeElite } from "./elites.ts";

export interface Trash {
  readonly trashedRun: string;
  readonly trashedExperiment: string;
  /** An experiment with a run, neither of them locked. */
  readonly spareExperiment: string;
  readonly spareRun: string;
  readonly lockedExperiment: string;
  /** Of the trashed run. */
  readonly trashedName: string;
  /** Hash of an image that only the trashed run shows. */
  readonly trashedImage: string;
  /** After which the workspace's rule deletes what is in the trash. */
  readonly trashDays: number;
}

const daysAgo = (days: number): Date => new Date(Date.now() - days * 86_400_000);

/** @param experimentId of the trashed run, and `lockedRun` another one of its runs, which is locked. */
export async function writeTrash(
  { database, objectStore }: AccountsApi,
  { experimentId, lockedRun, seed }: { readonly experimentId: string; readonly lockedRun: string; readonly seed: number },
): Promise<Trash & { readonly rule: string }> {
  const { connection } = database;
  const experimentOf = async (id: string) => (await connection.run.findUniqueOrThrow({ where: { id } })).experimentId;
  const [run, trashed, spare, locked] = [
    await seedRun(database, { seed }),
    await seedRun(database, { seed }),
    await seedRun(database, { seed }),
    await seedRun(database, { seed }),
  ];
  const experiments = { trashed: await experimentOf(trashed), spare: await experimentOf(spare), locked: await experimentOf(locked) };
  const trashedName = `Trashed ${seed}`;
  const inTrash = { trashedAt: daysAgo(40), trashedById: localUserId };
  await connection.run.update({ where: { id: run }, data: { experimentId, state: "PAUSED", name: trashedName, ...inTrash } });
  await connection.run.update({ where: { id: trashed }, data: { ...inTrash, trashedTogether: true } });
  await connection.experiment.update({ where: { id: experiments.trashed }, data: inTrash });
  const trashedImage = await storeImage(database, objectStore, `trashed ${seed}`, 8);
  await writeElite(connection, { id: `trashed_${seed}`, runId: run, imageSha256: trashedImage, firstParentId: null });
  const lock = { lockedAt: daysAgo(1), lockedById: localUserId };
  await connection.run.update({ where: { id: lockedRun }, data: lock });
  await connection.experiment.update({ where: { id: experiments.locked }, data: lock });
  const trashDays = 30 + seed;
  const rule = { workspaceId: localWorkspaceId, createdById: localUserId, keepPinned: true, days: trashDays, states: [], kinds: [] };
  const applied = { appliedAt: daysAgo(0), failure: "A failure.", actedAt: daysAgo(1) };
  await connection.retentionRule.create({ data: { id: `rule_${seed}`, ...rule, ...applied, action: "DELETE_TRASHED", enabled: true } });
  const conditions = { states: ["FAILED" as const], kinds: ["evolution"], archived: false, withoutTag: "paper" };
  await connection.retentionRule.create({
    data: { id: `rule_${seed}_runs`, ...rule, ...applied, ...conditions, action: "TRASH_RUNS", enabled: false },
  });
  return {
    trashedRun: encodeGlobalId("Run", run),
    trashedExperiment: encodeGlobalId("Experiment", experiments.trashed),
    spareExperiment: encodeGlobalId("Experiment", experiments.spare),
    spareRun: encodeGlobalId("Run", spare),
    lockedExperiment: encodeGlobalId("Experiment", experiments.locked),
    trashedName,
    trashedImage,
    trashDays,
    rule: encodeGlobalId("RetentionRule", `rule_${seed}_runs`),
  };
}

/** After the rows have moved to another workspace: who trashed and locked them. */
export async function moveTrash({ database }: AccountsApi, to: { readonly workspaceId: string; readonly userId: string }): Promise<void> {
  for (const table of ["runs", "experiments"])
    for (const column of ["trashed_by_id", "locked_by_id", "assignee_id"])
      await database.connection.$executeRawUnsafe(
        `UPDATE ${table} SET ${column} = '${to.userId}' WHERE workspace_id = '${to.workspaceId}' AND ${column} IS NOT NULL`,
      );
}

export const missingTrash: Trash = {
  trashedRun: encodeGlobalId("Run", "missing"),
  trashedExperiment: encodeGlobalId("Experiment", "missing"),
  spareExperiment: encodeGlobalId("Experiment", "missing"),
  spareRun: encodeGlobalId("Run", "missing"),
  lockedExperiment: encodeGlobalId("Experiment", "missing"),
  trashedName: "",
  trashedImage: "0".repeat(64),
  trashDays: 0,
};
