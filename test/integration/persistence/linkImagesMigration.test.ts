/** Links that an earlier version stored keep the object that holds their images. */
import { openDatabase } from "@pareidolia/persistence/server/database/database";
import { migrate } from "@pareidolia/persistence/server/database/migrations";
import { expect, it } from "vitest";
import { createDatabaseBefore } from "../../support/earlierDatabase.ts";
import { withClient } from "../../support/postgresServer.ts";

it("the migration renames the key of a link's images and keeps its other metrics", async () => {
  const testDatabase = await createDatabaseBefore("images_of_links");
  await withClient(testDatabase.url, async (client) => {
    await client.query("SET session_replication_role = replica");
    await client.query(`
      INSERT INTO chain_links (id, chain_id, run_id, iteration, metrics) VALUES
        ('evolved', 'c', 'r', 1, '{"pictures": "abc", "evolvedImages": 30}'),
        ('trained', 'c', 'r', 2, '{"foolingError": 0.25}')`);
  });
  await migrate(testDatabase.url);
  const database = await openDatabase(testDatabase.url);
  try {
    const links = await database.connection.chainLink.findMany({ orderBy: { iteration: "asc" } });
    expect(links.map(({ metrics }) => metrics)).toEqual([{ images: "abc", evolvedImages: 30 }, { foolingError: 0.25 }]);
  } finally {
    await database.close();
    await testDatabase.drop();
  }
});
