/** The log of a workspace's changes stays small, however much a transaction changes. */
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { seedRun } from "../../support/runs.ts";

let testDatabase: TestDatabase;
let database: Database;
let runId: string;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  runId = await seedRun(database);
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

describe("the log of changes", () => {
  it("has one row for a transaction that stores 1,000 elites, and none for progress outside of lists", async () => {
    const { connection } = database;
    const countRows = () => connection.workspaceChange.count();
    const before = await countRows();
    await database.transaction(async ({ connection: inside }) => {
      await inside.$executeRaw`INSERT INTO images (sha256, width, height, channels, byte_length)
        SELECT lpad(i::text, 64, '0'), 8, 8, 1, 100 FROM generate_series(1, 1000) i`;
      await inside.$executeRaw`INSERT INTO genomes (id, run_id, generation, index, sha256, byte_length, bytes, image_sha256)
        SELECT 'g' || i, ${runId}, 0, i, lpad(i::text, 64, '0'), 1, 'x', lpad(i::text, 64, '0') FROM generate_series(1, 1000) i`;
      await inside.$executeRaw`INSERT INTO elites (id, run_id, genome_id, niche, generation, fitness, stored_fitness)
        SELECT 'e' || i, ${runId}, 'g' || i, i, 0, 0.5, 0.5 FROM generate_series(1, 1000) i`;
      for (let evaluations = 1; evaluations <= 20; evaluations++) await inside.run.update({ where: { id: runId }, data: { evaluations } });
    });
    expect([await connection.elite.count({ where: { runId } }), await countRows()]).toEqual([1_000, before + 1]);
    await connection.run.update({ where: { id: runId }, data: { speed: 12 } });
    expect(await countRows()).toBe(before + 1);
  });
});
