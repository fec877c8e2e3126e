/** `npm run store -- quota`: the operator's list of workspaces, and their quotas. */
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { runQuotaCommand } from "@pareidolia/workers/quotaCommand";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createStranger } from "../../support/actors.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";

let testDatabase: TestDatabase;
let database: Database;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  await seedLocalOwner(database.connection);
  await createStranger(database);
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

async function run(values: {
  workspace?: string;
  gigabytes?: string;
  default?: boolean;
  runs?: string;
  share?: string;
}): Promise<readonly string[]> {
  const lines: string[] = [];
  const environment = { PAREIDOLIA_STORAGE_QUOTA_GB: "5" };
  expect(await runQuotaCommand({ database, environment, values, print: (line) => void lines.push(line) })).toBe(0);
  return lines;
}

it("lists every workspace, sets the quota of one, and resets it to the default", async () => {
  expect(await run({})).toEqual([
    "Elsewhere (elsewhere): 0 B of 5 GB (the default); 0 B sent within 24 hours; 0 of any number of runs at once",
    "Local workspace (local): 0 B of 5 GB (the default); 0 B sent within 24 hours; 0 of any number of runs at once",
  ]);
  expect(await run({ workspace: "local", gigabytes: "50" })).toEqual([
    "Local workspace (local): 0 B of 50 GB (its own quota); 0 B sent within 24 hours; 0 of any number of runs at once",
  ]);
  expect(await run({ workspace: "local", default: true })).toEqual([
    "Local workspace (local): 0 B of 5 GB (the default); 0 B sent within 24 hours; 0 of any number of runs at once",
  ]);
});

it("limits the runs of a workspace, sets its share, and removes both", async () => {
  const local = "Local workspace (local): 0 B of 5 GB (the default); 0 B sent within 24 hours";
  expect(await run({ workspace: "local", runs: "4", share: "2" })).toEqual([`${local}; 0 of 4 runs at once, share 2`]);
  expect(await run({ workspace: "local", runs: "unlimited" })).toEqual([`${local}; 0 of any number of runs at once, share 2`]);
  expect(await run({ workspace: "local", share: "1" })).toEqual([`${local}; 0 of any number of runs at once`]);
  const where = { action: "workspace:setRunLimits" };
  const entries = await database.connection.auditEntry.findMany({ where, orderBy: { sequence: "asc" } });
  expect(entries.map(({ text }) => (JSON.parse(text) as { after: unknown }).after)).toEqual([
    { runLimit: 4, runShare: 2 },
    { runLimit: null, runShare: 2 },
    { runLimit: null, runShare: 1 },
  ]);
});

it.each([
  [{ workspace: "local" }, "INVALID_INPUT"],
  [{ workspace: "local", runs: "0" }, "INVALID_INPUT"],
  [{ workspace: "local", runs: "some" }, "INVALID_INPUT"],
  [{ workspace: "local", share: "101" }, "INVALID_INPUT"],
  [{ runs: "4" }, "INVALID_INPUT"],
  [{ workspace: "none", runs: "4" }, "NOT_FOUND"],
  [{ gigabytes: "5" }, "INVALID_INPUT"],
  [{ default: true }, "INVALID_INPUT"],
  [{ workspace: "local", gigabytes: "5", default: true }, "INVALID_INPUT"],
  [{ workspace: "local", gigabytes: "many" }, "INVALID_INPUT"],
  [{ workspace: "none", gigabytes: "5" }, "NOT_FOUND"],
])("refuses %j and changes nothing", async (values, code) => {
  await expect(run(values)).rejects.toMatchObject({ code });
  expect(await database.connection.workspace.count({ where: { OR: [{ NOT: { storageQuota: null } }, { NOT: { runLimit: null } }] } })).toBe(
    0,
  );
});
