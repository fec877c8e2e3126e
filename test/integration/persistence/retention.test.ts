/** Retention rules on a real database and on both object stores: what a dry run lists is what happens, and storage is freed. */
import { randomUUID } from "node:crypto";
import { imageReferences, images } from "@pareidolia/persistence/lab/cleanUps/images";
import { retention } from "@pareidolia/persistence/lab/cleanUps/retention";
import { trash } from "@pareidolia/persistence/lab/cleanUps/trash";
import { previewRetention } from "@pareidolia/persistence/lab/retention/applyRetention";
import type { RetentionConditions } from "@pareidolia/persistence/lab/retention/retentionRule";
import { listRetentionRules } from "@pareidolia/persistence/lab/retention/retentionRules";
import { imageRows, previewTrash } from "@pareidolia/persistence/lab/trash/previewTrash";
import { listTrash } from "@pareidolia/persistence/lab/trash/readTrash";
import { trashRuns } from "@pareidolia/persistence/lab/trash/trash";
import { objects } from "@pareidolia/persistence/server/cleanUps/objects";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { openScope } from "@pareidolia/persistence/server/scope/openScope";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { sampled } from "../../support/extent/sampled.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { evolveContext, seedRun } from "../../support/runs.ts";
import { withoutS3 } from "../../support/s3/startS3Server.ts";
import { skippedFor } from "../../support/skippedFor.ts";
import { openTestStore, type TestStore } from "../../support/testStores.ts";

let testDatabase: TestDatabase;
let database: Database;
const scope = openScope(localWorkspaceId);
const signal = new AbortController().signal;

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
});
afterEach(async () => {
  await database.close();
  await testDatabase.drop();
});

async function evolve(objectStore: ObjectStore, seed: number): Promise<string> {
  const runId = await seedRun(database, { seed, generations: 30 });
  const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });
  await carryOutRun({ runId }, evolveContext({ database, objectStore, classifier }));
  return runId;
}

const context = (objectStore: ObjectStore, dryRun = false) => ({ database, objectStore, dryRun, signal });
const numberOf = async (id: string) => (await database.connection.run.findUniqueOrThrow({ where: { id } })).number;
const none = { states: [], kinds: [], archived: null, withoutTag: null, keepPinned: true } as const;

async function addRule(rule: Partial<RetentionConditions>): Promise<RetentionConditions> {
  const conditions = { ...none, action: "TRASH_RUNS", days: 30, ...rule } as const;
  const { states, kinds, ...columns } = conditions;
  await database.connection.retentionRule.create({
    data: { id: randomUUID(), workspaceId: localWorkspaceId, enabled: true, states: [...states], kinds: [...kinds], ...columns },
  });
  return conditions;
}

const age = (ids: readonly string[], days: number) =>
  database.connection.$executeRaw`UPDATE runs SET ended_at = now() - ${days} * interval '1 day' WHERE id = ANY (${[...ids]})`;

const trashNumbers = async () => {
  const page = await listTrash(database.connection, { scope, page: { limit: 100, backward: false, after: null, before: null } });
  return page.rows.map(({ node }) => node.number).sort((a, b) => a - b);
};

it("the preview of the trash knows every row that shows an image", () => {
  expect(imageRows.map(([table, column]) => [table, column])).toEqual(imageReferences);
});

for (const kind of sampled(["folder", "s3"] as const, { by: () => "store" }))
  describe(`with the store of kind ${kind}`, skippedFor(kind === "s3" ? withoutS3 : null), () => {
    let store: TestStore;
    beforeEach(async () => {
      store = await openTestStore(kind);
    }, 120_000);
    afterEach(() => store.close());

    it("what leaves the trash for good frees its objects, except those that other rows name", async () => {
      const [kept, gone] = [await evolve(store.objectStore, 1), await evolve(store.objectStore, 2)];
      const shared = await database.connection.genome.findFirstOrThrow({ where: { runId: gone }, orderBy: { id: "asc" } });
      const photo = { id: "photo", workspaceId: localWorkspaceId, name: "P", licence: "", source: "", imageSha256: shared.imageSha256 };
      await database.connection.photo.create({ data: photo });
      const preview = await previewTrash(database.connection, { runIds: [gone], experimentIds: [] });
      expect(preview).toMatchObject({ keptImages: 1, isEstimate: false });
      const before = await database.connection.image.aggregate({ _sum: { byteLength: true }, _count: true });
      await database.transaction((transaction) =>
        trashRuns(transaction, { workspaceId: localWorkspaceId, userId: localUserId, ids: [gone] }),
      );
      await database.connection.$executeRaw`UPDATE runs SET trashed_at = now() - interval '31 days' WHERE id = ${gone}`;
      await addRule({ action: "DELETE_TRASHED" });
      await retention.cleanUp(context(store.objectStore));
      await trash.cleanUp(context(store.objectStore));
      expect(await database.connection.run.count({ where: { id: gone } })).toBe(0);
      await database.connection.$executeRaw`UPDATE images SET created_at = now() - interval '2 days'`;
      await images.cleanUp(context(store.objectStore));
      await objects.cleanUp(context(store.later));
      const after = await database.connection.image.aggregate({ _sum: { byteLength: true }, _count: true });
      expect(before._count - after._count).toBe(preview.images);
      expect((before._sum.byteLength ?? 0) - (after._sum.byteLength ?? 0)).toBe(preview.bytes);
      const stored = new Set<string>();
      for await (const { key } of store.objectStore.list()) stored.add(key);
      const named = await database.connection.image.findMany({ select: { sha256: true } });
      expect([...stored].filter((key) => key.startsWith("images/")).sort()).toEqual(named.map(({ sha256 }) => imageKey(sha256)).sort());
      expect(stored).toContain(imageKey(shared.imageSha256));
      expect(await database.connection.run.count({ where: { id: kept } })).toBe(1);
    });
  });

describe("a rule", () => {
  let store: TestStore;
  beforeEach(async () => {
    store = await openTestStore("folder");
  });
  afterEach(() => store.close());

  it("moves to the trash exactly what its dry run lists, and leaves locked, pinned, tagged and young runs alone", async () => {
    const ids: string[] = [];
    for (let seed = 1; seed <= 7; seed++) ids.push(await seedRun(database, { seed }));
    const [old, older, locked, inLocked, pinned, tagged, young] = ids as [string, string, string, string, string, string, string];
    await database.connection.run.updateMany({ where: { id: { in: ids } }, data: { state: "CANCELLED" } });
    await age(ids, 40);
    await age([older], 50);
    await age([young], 20);
    await database.connection.run.update({ where: { id: locked }, data: { lockedAt: new Date(), lockedById: localUserId } });
    const { experimentId } = await database.connection.run.findUniqueOrThrow({ where: { id: inLocked } });
    await database.connection.experiment.update({ where: { id: experimentId }, data: { lockedAt: new Date() } });
    await database.connection.pin.create({ data: { id: "pin", workspaceId: localWorkspaceId, userId: localUserId, runId: pinned } });
    await database.connection.tag.create({
      data: { id: "tag", workspaceId: localWorkspaceId, name: "paper", runs: { create: { runId: tagged } } },
    });
    const rule = await addRule({ withoutTag: "paper", states: ["FAILED", "CANCELLED"] });
    const dry = await previewRetention(database.connection, { workspaceId: localWorkspaceId, rule, limit: 100 });
    expect(dry.items.map(({ number }) => number)).toEqual([await numberOf(older), await numberOf(old)]);
    expect(dry).toMatchObject({ bytes: 0, isEstimate: false });
    expect((await retention.cleanUp(context(store.objectStore, true))).removed.count).toBe(2);
    expect(await trashNumbers()).toEqual([]);
    await retention.cleanUp(context(store.objectStore));
    expect(await trashNumbers()).toEqual([await numberOf(old), await numberOf(older)].sort((a, b) => a - b));
    const [{ actedItems, actedRows, failure } = { actedItems: 0 }] = await listRetentionRules(database.connection, scope);
    expect([actedItems, actedRows, failure]).toEqual([2, dry.rows, null]);
    const again = await previewRetention(database.connection, { workspaceId: localWorkspaceId, rule, limit: 100 });
    expect(again.items).toEqual([]);
  });

  it("trims replaced elites and keeps the archive, its scores and the statistics", async () => {
    const id = await evolve(store.objectStore, 3);
    await age([id], 40);
    const { connection } = database;
    const current = () =>
      connection.elite.findMany({ where: { runId: id, replacedAt: null }, orderBy: { niche: "asc" }, include: { genome: true } });
    const strip = (rows: Awaited<ReturnType<typeof current>>) =>
      rows.map(({ genome: { firstParentId: _f, secondParentId: _s, ...genome }, ...elite }) => ({ ...elite, genome }));
    const [before, generations] = [await current(), await connection.generation.count({ where: { runId: id } })];
    const replaced = await connection.elite.count({ where: { runId: id, replacedAt: { not: null } } });
    expect(replaced).toBeGreaterThan(0);
    // An imported run has an image that trimming would free otherwise.
    const superseded = { runId: id, elites: { none: { replacedAt: null } } };
    const { imageSha256 } = await connection.genome.findFirstOrThrow({ where: superseded, orderBy: { id: "asc" } });
    const importing = await seedRun(database, { seed: 5 });
    await connection.importedImage.create({ data: { runId: importing, index: 0, imageSha256 } });
    const rule = await addRule({ action: "TRIM_RUNS" });
    const dry = await previewRetention(connection, { workspaceId: localWorkspaceId, rule, limit: 100 });
    const genomes = await connection.genome.count({ where: { runId: id } });
    await retention.cleanUp(context(store.objectStore));
    expect(strip(await current())).toEqual(strip(before));
    expect(await connection.elite.count({ where: { runId: id } })).toBe(before.length);
    const left = await connection.genome.count({ where: { runId: id } });
    expect(dry.rows).toBe(replaced + genomes - left);
    expect(await connection.generation.count({ where: { runId: id } })).toBe(generations);
    const bytes = async () => (await connection.image.aggregate({ _sum: { byteLength: true } }))._sum.byteLength ?? 0;
    const stored = await bytes();
    await connection.$executeRaw`UPDATE images SET created_at = now() - interval '2 days'`;
    await images.cleanUp(context(store.objectStore));
    expect(stored - (await bytes())).toBe(dry.bytes);
    expect((await connection.run.findUniqueOrThrow({ where: { id } })).trimmedAt).not.toBeNull();
  });
});

it("a preview of many images extrapolates from a sample, and says so", async () => {
  const store = await openTestStore("folder");
  const id = await evolve(store.objectStore, 4);
  const exact = await previewTrash(database.connection, { runIds: [id], experimentIds: [] });
  const estimated = await previewTrash(database.connection, { runIds: [id], experimentIds: [] }, { most: 5, sampled: 10 });
  expect(exact).toMatchObject({ isEstimate: false, keptImages: 0 });
  expect(exact.images).toBeGreaterThan(10);
  // Of images that no other row shows, each sample says the same.
  expect(estimated).toMatchObject({ isEstimate: true, images: exact.images, keptImages: 0 });
  expect(estimated.bytes / exact.bytes).toBeGreaterThan(0.5);
  expect(estimated.bytes / exact.bytes).toBeLessThan(2);
  await store.close();
});
