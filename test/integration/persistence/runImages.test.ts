/** The size of the images that runs computed, against the stored images. */

import { readRunImages } from "@pareidolia/persistence/lab/images/runImages";
import { trashRuns } from "@pareidolia/persistence/lab/trash/trash";
import { openDatabase } from "@pareidolia/persistence/server/database/database";
import { openScope } from "@pareidolia/persistence/server/scope/openScope";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { expect, it } from "vitest";
import { createTestDatabase } from "../../support/database.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { withClient } from "../../support/postgresServer.ts";
import { evolveContext, seedRun } from "../../support/runs.ts";
import { openTestStore } from "../../support/testStores.ts";

it("counts each image of the workspace's runs once, without the photographs that they started from and without runs in the trash", async () => {
  const testDatabase = await createTestDatabase();
  const [database, store] = await Promise.all([openDatabase(testDatabase.url), openTestStore("folder")]);
  const { connection } = database;
  const scope = openScope(localWorkspaceId);
  const read = () => readRunImages(connection, scope);
  try {
    const runIds: string[] = [];
    // Equal seeds compute equal images.
    for (const seed of [1, 1, 2]) {
      const runId = await seedRun(database, { seed, generations: 10 });
      const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });
      await carryOutRun({ runId }, evolveContext({ database, objectStore: store.objectStore, classifier }));
      runIds.push(runId);
    }
    const sizeOf = async (ids: readonly string[]) => {
      const genomes = await connection.genome.findMany({ where: { runId: { in: [...ids] } }, select: { image: true } });
      const sizes = new Map(genomes.map(({ image }) => [image.sha256, image.byteLength]));
      return { count: sizes.size, byteLength: [...sizes.values()].reduce((sum, size) => sum + size, 0), isEstimate: false };
    };
    const all = await sizeOf(runIds);
    expect(all.count).toBeGreaterThan(10);
    expect(await sizeOf(runIds.slice(0, 1))).toEqual(await sizeOf(runIds.slice(0, 2)));
    expect(await read()).toEqual(all);
    await database.transaction((transaction) =>
      trashRuns(transaction, { workspaceId: localWorkspaceId, userId: localUserId, ids: runIds.slice(2) }),
    );
    const kept = await sizeOf(runIds.slice(0, 2));
    expect(kept.count).toBeLessThan(all.count);
    expect(await read()).toEqual(kept);
    // The image of a run's source is a photograph.
    const { image } = await connection.genome.findFirstOrThrow({ where: { runId: runIds[0] ?? "" }, include: { image: true } });
    await withClient(testDatabase.ownerUrl, async (client) => {
      await client.query("SET session_replication_role = replica");
      await client.query("UPDATE runs SET source_sha256 = $1 WHERE id = $2", [image.sha256, runIds[0]]);
    });
    expect(await read()).toEqual({ ...kept, count: kept.count - 1, byteLength: kept.byteLength - image.byteLength });
    // Of many, the sizes are extrapolated from the first by hash.
    const genomes = await connection.genome.findMany({ where: { runId: { in: runIds.slice(0, 2) } }, select: { image: true } });
    const sizes = new Map(genomes.map(({ image: { sha256, byteLength } }) => [sha256, byteLength]));
    sizes.delete(image.sha256);
    const first = [...sizes].toSorted(([one], [other]) => (one < other ? -1 : 1)).slice(0, 3);
    const mean = first.reduce((sum, [, size]) => sum + size, 0) / 3;
    const estimate = { count: sizes.size, byteLength: Math.round(mean * sizes.size), isEstimate: true };
    expect(await readRunImages(connection, scope, 3)).toEqual(estimate);
    expect(await readRunImages(connection, openScope("another"))).toEqual({ count: 0, byteLength: 0, isEstimate: false });
  } finally {
    await database.close();
    await Promise.all([testDatabase.drop(), store.close()]);
  }
});
