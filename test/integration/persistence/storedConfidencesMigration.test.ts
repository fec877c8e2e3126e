/** Statistics that an earlier version took from the search keep their values under their own names; those of stored images are added. */

import { findGenerations } from "@pareidolia/persistence/lab/generations/readGenerations";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { migrate } from "@pareidolia/persistence/server/database/migrations";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestDatabase } from "../../support/database.ts";
import { createDatabaseBefore } from "../../support/earlierDatabase.ts";
import { withClient } from "../../support/postgresServer.ts";

let testDatabase: TestDatabase;
let database: Database;

/** The second run was trimmed: its replaced elites are gone. The third has an empty niche. */
beforeAll(async () => {
  testDatabase = await createDatabaseBefore("confidences_of_stored_images");
  await withClient(testDatabase.url, async (client) => {
    await client.query("SET session_replication_role = replica");
    await client.query(`
      INSERT INTO models (id, slug, name, description, licence, source, sha256, width, height, channels, labels, label_space)
        VALUES ('m', 'm', 'M', '', '', '', repeat('0', 64), 8, 8, 1, '{a,b,c,d}', 'abcd');
      INSERT INTO runs (id, workspace_id, experiment_id, created_by_id, model_id, number, kind, plan, preset, parameters, seed, generation, median,
          updated_at)
        SELECT id, 'w', 'e', 'u', 'm', number, 'evolution', '{"encoding": "direct", "generations": 2, "offspring": 4}', 'paper', '{}', 1, 1,
          median, now() FROM (VALUES ('whole', 1, .35), ('trimmed', 2, .35), ('empty', 3, .05)) AS r (id, number, median);
      INSERT INTO elites (id, run_id, genome_id, niche, generation, replaced_at, fitness, stored_fitness)
        SELECT run || niche || generation, run, 'g', niche, generation, replaced_at, .5, stored FROM (VALUES
          ('whole', 0, 0, NULL, .1), ('whole', 1, 0, 1, .2), ('whole', 1, 1, NULL, .4), ('whole', 2, 0, NULL, .3), ('whole', 3, 0, NULL, .6),
          ('trimmed', 0, 0, NULL, .1), ('trimmed', 1, 1, NULL, .4), ('trimmed', 2, 0, NULL, .3), ('trimmed', 3, 0, NULL, .6),
          ('empty', 0, 0, NULL, .1), ('empty', 2, 1, NULL, .3)) AS e (run, niche, generation, replaced_at, stored);
      INSERT INTO generations (run_id, generation, median, mean, minimum, maximum, jumps, filled, evaluations) VALUES
        ('whole', 0, .26, .31, .11, .61, 4, 4, 4), ('whole', 1, .36, .36, .11, .61, 1, 4, 8),
        ('trimmed', 0, .26, .31, .11, .61, 4, 4, 4), ('trimmed', 1, .36, .36, .11, .61, 1, 4, 8),
        ('empty', 0, 0, .03, 0, .11, 1, 1, 4), ('empty', 1, .06, .11, 0, .31, 1, 2, 8)`);
  });
  await migrate(testDatabase.url);
  database = await openDatabase(testDatabase.url);
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

async function rowsOf(runId: string) {
  const rows = await findGenerations(database.connection, { runIds: [runId], from: 0 });
  return rows.map(({ median, mean, minimum, maximum }) => [median, mean, minimum, maximum]);
}

describe("the migration", () => {
  it("keeps the search's statistics under their own names", async () => {
    const rows = await findGenerations(database.connection, { runIds: ["whole"], from: 0 });
    expect(rows.map((row) => [row.searchMedian, row.searchMean, row.searchMinimum, row.searchMaximum])).toEqual([
      [0.26, 0.31, 0.11, 0.61],
      [0.36, 0.36, 0.11, 0.61],
    ]);
  });

  it("adds those of the stored images after each generation, and an empty niche counts as 0", async () => {
    expect(await rowsOf("whole")).toEqual([
      [(0.2 + 0.3) / 2, (0.1 + 0.2 + 0.3 + 0.6) / 4, 0.1, 0.6],
      [(0.3 + 0.4) / 2, (0.1 + 0.4 + 0.3 + 0.6) / 4, 0.1, 0.6],
    ]);
    expect(await rowsOf("empty")).toEqual([
      [0, 0.1 / 4, 0, 0.1],
      [0.1 / 2, (0.1 + 0.3) / 4, 0, 0.3],
    ]);
  });

  it("leaves out a generation of which a retention rule has removed images", async () => {
    expect(await rowsOf("trimmed")).toEqual([
      [null, null, null, null],
      [(0.3 + 0.4) / 2, (0.1 + 0.4 + 0.3 + 0.6) / 4, 0.1, 0.6],
    ]);
  });

  it("gives each run the mean and best of its stored images", async () => {
    const runs = await database.connection.run.findMany({ orderBy: { number: "asc" }, select: { median: true, mean: true, best: true } });
    for (const [i, id] of ["whole", "trimmed", "empty"].entries()) {
      const [median, mean, , best] = (await rowsOf(id)).at(-1) ?? [];
      expect([runs[i]?.mean, runs[i]?.best]).toEqual([mean, best]);
      expect(runs[i]?.median).toBeCloseTo(median ?? Number.NaN, 12);
    }
  });
});
