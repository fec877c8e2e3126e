/** The clean-up of deleted workspaces, with runs, results and an audit log. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import "@pareidolia/api/assembly/modules";
import { StudyShelf } from "@pareidolia/api/voting/studyShelf";
import { VotingService } from "@pareidolia/api/voting/voting.service";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import { verifyAuditLog } from "@pareidolia/persistence/access/audit/verifyAuditLog";
import { workspaces } from "@pareidolia/persistence/lab/cleanUps/workspaces";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { castRoomVote, createNormingRoomOnce } from "@pareidolia/persistence/studies/norming/writeRooms";
import { markWorkspaceDeleted } from "@pareidolia/persistence/workspace/workspaces/changeWorkspace";
import { localUserId, localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { secondsToRestore } from "@pareidolia/persistence/workspace/workspaces/restoreTime";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { writeOpenedStudy } from "../../support/openedStudy.ts";
import { seedAscent } from "../../support/queuedRuns.ts";
import { evolveContext, seedRun } from "../../support/runs.ts";

let testDatabase: TestDatabase;
let database: Database;
let folder: string;
let objectStore: ObjectStore;

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-workspaces-"));
  objectStore = openFolderStore({ folder });
});
afterEach(async () => {
  await database.close();
  await testDatabase.drop();
  await rm(folder, { recursive: true });
});

const signal = new AbortController().signal;
const cleanUp = (dryRun = false) => workspaces.cleanUp({ database, objectStore, dryRun, signal });
const deleteAgo = (seconds: number) => markWorkspaceDeleted(database.connection, localWorkspaceId, new Date(Date.now() - seconds * 1000));
const actor = { userId: localUserId, workspaceId: localWorkspaceId };
const entry = { action: "workspace:delete", subjectType: "Workspace", subjectId: localWorkspaceId, before: null, after: null };

/** An evolution and an ascent that are finished, against a model of the workspace that also scored their images, and another workspace. */
async function fillWorkspace(): Promise<void> {
  const { connection } = database;
  const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });
  const context = evolveContext({ database, objectStore, classifier });
  await carryOutRun({ runId: await seedRun(database) }, context);
  await carryOutRun({ runId: await seedAscent(database) }, context);
  await connection.model.updateMany({ data: { workspaceId: localWorkspaceId, origin: "upload" } });
  await connection.workspace.create({ data: { id: "elsewhere", name: "Elsewhere", slug: "elsewhere" } });
  await connection.experiment.create({ data: { id: "kept", workspaceId: "elsewhere", createdById: localUserId, number: 1, name: "Kept" } });
  await database.transaction((transaction) => appendAuditEntry(transaction.connection, actor, entry));
}

describe("the clean-up of deleted workspaces", () => {
  it("deletes all rows of one after 14 days, but its audit log, and nothing of another", async () => {
    await fillWorkspace();
    const { connection } = database;
    await deleteAgo(secondsToRestore + 60);
    expect(await cleanUp(true)).toEqual({ removed: { count: 1, byteLength: 0 }, waiting: { count: 0, byteLength: 0 } });
    expect(await connection.run.count()).toBe(2);
    expect((await cleanUp()).removed.count).toBe(1);
    const counts = [connection.run, connection.elite, connection.genome, connection.trajectory, connection.model, connection.membership];
    expect(await Promise.all(counts.map((table) => (table as { count(): Promise<number> }).count()))).toEqual(counts.map(() => 0));
    expect((await connection.workspace.findMany()).map(({ id }) => id)).toEqual(["elsewhere"]);
    expect((await connection.experiment.findMany()).map(({ id }) => id)).toEqual(["kept"]);
    expect(await verifyAuditLog(connection, localWorkspaceId)).toMatchObject({ entries: 2, broken: null });
    const log = await connection.auditEntry.findMany({ orderBy: { sequence: "asc" } });
    expect(log.map(({ action, userId }) => [action, userId])).toEqual([
      ["workspace:delete", localUserId],
      ["workspace:purge", null],
    ]);
    expect((await cleanUp()).removed.count).toBe(0);
  });

  it("deletes studies with their votes, rooms and assignments, and lets voters withdraw until then", async () => {
    const { connection } = database;
    await seedLocalOwner(connection);
    const { study, key, link } = await writeOpenedStudy({ database, objectStore });
    const voting = new VotingService({ database, shelf: new StudyShelf(database), secret: null });
    const owner = { userId: localUserId, workspaceId: localWorkspaceId, role: "OWNER" } as const;
    const visitor = { userId: null, workspaceId: null, role: "VISITOR" } as const;
    const consent = { language: "en", consentVersion: 1 };
    await voting.join(owner, { ...consent, study: key });
    const { session, withdrawalCode } = await voting.join(visitor, { ...consent, link });
    const vote = { trial: 0, submissionId: "first", answer: { choice: 0 }, votedAt: new Date() };
    await voting.cast(owner, { ...vote, study: key });
    await voting.cast(visitor, { ...vote, session });
    await database.transaction(async (transaction) => {
      const room = { studyId: study.id, createdById: localUserId, images: [0, 1], userIds: [localUserId], idempotencyKey: null };
      const { id: roomId } = await createNormingRoomOnce(transaction, room);
      await castRoomVote(transaction, { roomId, place: 0, member: 0, round: 1, label: 3 });
    });
    const assignment = { studyId: study.id, userId: localUserId, imageIndex: 0 };
    await connection.studyAssignment.create({ data: assignment });
    await deleteAgo(secondsToRestore + 60);
    await expect(voting.cast(visitor, { ...vote, trial: 1, session })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await voting.withdraw(visitor, { link, code: withdrawalCode })).toEqual({ removedVotes: 1 });
    expect((await cleanUp()).removed.count).toBe(1);
    const tables = [
      connection.study,
      connection.studyImage,
      connection.studyVoter,
      connection.vote,
      connection.normingRoom,
      connection.normingVote,
      connection.studyAssignment,
    ];
    expect(await Promise.all(tables.map((table) => (table as { count(): Promise<number> }).count()))).toEqual(tables.map(() => 0));
  });

  it("keeps one that was deleted less than 14 days ago, and stops what still runs there", async () => {
    const runId = await seedRun(database);
    await deleteAgo(secondsToRestore - 60);
    expect(await cleanUp()).toEqual({ removed: { count: 0, byteLength: 0 }, waiting: { count: 1, byteLength: 0 } });
    expect(await database.connection.run.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({ state: "PAUSED" });
  });
});
