/** A process of the API is killed while it stores the rows of a bulk query. Another one continues: each row is in the file once, in order. */
import path from "node:path";
import { findBulkParts } from "@pareidolia/persistence/files/bulkQueries/readBulkQueries";
import { openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { fileKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import { localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { expect, it } from "vitest";
import { startApiProcess } from "../support/apiProcess.ts";
import { bulkRowId, openProductBulk } from "../support/productBulk.ts";

const tags = 40_000;

it("continues after the process is killed, without lost or repeated rows", { timeout: 120_000 }, async () => {
  let home = "";
  const api = await startApiProcess(async (databaseUrl, folder) => {
    home = folder;
    const database = await openDatabase(databaseUrl);
    await seedLocalOwner(database.connection);
    await database.connection.$executeRaw`
      INSERT INTO tags (id, workspace_id, name) SELECT 'tag_' || n, ${localWorkspaceId}, 'tag ' || lpad(n::text, 6, '0') FROM generate_series(1, ${tags}) n`;
    await database.close();
  });
  const database = await openDatabase(api.databaseUrl);
  const query = async (text: string, variables: object = {}) => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${api.url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query: text, variables }) });
    const { extensions, ...body } = (await response.json()) as { readonly extensions?: object };
    return { status: response.status, text: "", body, extensions };
  };
  const objectStore = openFolderStore({ folder: path.join(home, "objects") });
  try {
    const bulk = await openProductBulk({ database, objectStore, query: query as never, url: api.url });
    const { bulkQuery } = await bulk.change("startBulkQuery", { query: "{ tags { nodes { name } } }", format: "JSONL" });
    const id = bulkRowId(bulkQuery.id);
    const read = () => database.connection.bulkQuery.findUniqueOrThrow({ where: { id } });
    await expect.poll(async () => Number((await read()).rows), { timeout: 30_000, interval: 50 }).toBeGreaterThan(0);
    await api.kill();
    const killed = await read();
    expect(killed).toMatchObject({ state: "RUNNING", answeredAt: null });
    expect(Number(killed.rows)).toBeLessThan(tags);
    // Its heartbeat counts as stopped after 20 seconds.
    await database.connection.bulkQuery.update({ where: { id }, data: { heartbeatAt: new Date(Date.now() - 60_000) } });
    await bulk.carryOut();
    const made = await read();
    expect([made.state, Number(made.rows)]).toEqual(["SUCCEEDED", tags]);
    const parts = await findBulkParts(database.connection, id);
    const bytes = await Promise.all(parts.map(({ sha256 }) => objectStore.get(fileKey(sha256))));
    expect(Buffer.concat(bytes).toString().trimEnd().split("\n")).toEqual(
      Array.from({ length: tags }, (_, i) => JSON.stringify({ name: `tag ${String(i + 1).padStart(6, "0")}` })),
    );
  } finally {
    await database.close();
    await api.close();
  }
});
