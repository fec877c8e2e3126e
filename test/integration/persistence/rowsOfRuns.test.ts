/** Rows of results stay with their run, even where another run of the same experiment, model and method has room for them. */

import { moveRuns } from "@pareidolia/persistence/lab/tracking/editRuns";
import { openDatabase } from "@pareidolia/persistence/server/database/database";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { expect, it } from "vitest";
import { createTestDatabase } from "../../support/database.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { evolveContext, seedRun } from "../../support/runs.ts";
import { openTestStore } from "../../support/testStores.ts";

it("an elite and its genome cannot move to another run", async () => {
  const testDatabase = await createTestDatabase();
  const [database, store] = await Promise.all([openDatabase(testDatabase.url), openTestStore("folder")]);
  const { connection } = database;
  try {
    const [runId, other] = [await seedRun(database, { generations: 10 }), await seedRun(database, { seed: 2, generations: 1 })];
    const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });
    await carryOutRun({ runId }, evolveContext({ database, objectStore: store.objectStore, classifier }));
    const { experimentId } = await connection.run.findUniqueOrThrow({ where: { id: runId } });
    await moveRuns(connection, [{ id: other, experimentId }], [experimentId]);
    const elite = await connection.elite.findFirstOrThrow({ where: { runId } });
    const data = { runId: other };
    await expect(connection.elite.update({ where: { id: elite.id }, data })).rejects.toThrow("The run of this row cannot change.");
    await expect(connection.genome.update({ where: { id: elite.genomeId }, data })).rejects.toThrow("The run of this row cannot change.");
    expect(await connection.elite.count({ where: { runId: other } })).toBe(0);
  } finally {
    await database.close();
    await Promise.all([testDatabase.drop(), store.close()]);
  }
});
