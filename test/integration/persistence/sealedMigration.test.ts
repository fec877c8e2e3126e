/** Rows that earlier versions stored: the migration seals their columns, with times that do not depend on the session's time zone. */

import { findBrokenSeals } from "@pareidolia/persistence/integrity/sealedColumns";
import { openDatabase } from "@pareidolia/persistence/server/database/database";
import { migrate } from "@pareidolia/persistence/server/database/migrations";
import type pg from "pg";
import { expect, it } from "vitest";
import { createDatabaseBefore } from "../../support/earlierDatabase.ts";
import { withClient } from "../../support/postgresServer.ts";

async function addModel(client: pg.Client, id: string, origin: string): Promise<void> {
  await client.query(
    `INSERT INTO models (id, slug, origin, name, description, licence, source, sha256, width, height, channels, labels, label_space)
     VALUES ($1, $1, $2, '', '', '', '', repeat('0', 64), 8, 8, 1, '{a,b}', 'ab')`,
    [id, origin],
  );
}

it("seals what is stored, and finds each later change of it, whatever the time zone", async () => {
  const earlier = await createDatabaseBefore("sealed_columns");
  try {
    await withClient(earlier.url, async (client) => {
      // Only these columns matter.
      await client.query("SET session_replication_role = replica");
      await client.query(`INSERT INTO votes (voter_id, trial, study_id, role, item, submission_id, timing, voted_at)
        VALUES ('v', 0, 's', 'COUNTED', 0, 'x', '{"shownMs": 250}', '2026-12-01T10:00:00Z')`);
      await addModel(client, "own", "upload");
      await addModel(client, "zoo", "zoo");
    });
    await migrate(earlier.url);
    const database = await openDatabase(earlier.url);
    const broken = async () => (await findBrokenSeals(database.connection)).map(({ column, place }) => `${column} of ${place}`);
    try {
      expect(await broken()).toEqual([]);
      await withClient(earlier.url, async (client) => {
        await client.query("SET TimeZone = 'Asia/Tokyo'");
        await addModel(client, "new", "upload");
        expect(await broken()).toEqual([]);
        for (const change of ["labels = '{b,a}'", "origin = 'zoo'"])
          await expect(client.query(`UPDATE models SET ${change} WHERE id = 'own'`)).rejects.toThrow(/of models cannot be changed/);
        await client.query("UPDATE models SET seals = '{}' WHERE id = 'own'");
        await client.query("UPDATE models SET labels = '{b,a}' WHERE id = 'zoo'");
        expect(await broken()).toEqual([]);
        await client.query("SET session_replication_role = replica");
        await client.query("UPDATE models SET labels = '{b,a}' WHERE id = 'own'");
        await client.query("UPDATE models SET origin = 'zoo' WHERE id = 'new'");
        await client.query("UPDATE votes SET timing = '{}'");
      });
      expect((await broken()).sort()).toEqual([
        "models.labels of the network own",
        "models.origin of the network new",
        "votes.timing of trial 0 of voter v",
      ]);
    } finally {
      await database.close();
    }
  } finally {
    await earlier.drop();
  }
});
