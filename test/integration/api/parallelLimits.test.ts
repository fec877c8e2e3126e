/** Limits hold for requests that arrive at the same time, and so do idempotency keys. */
import { randomUUID } from "node:crypto";
import { lockAuditLog } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import { type Connection, openDatabase } from "@pareidolia/persistence/server/database/database";
import { localUserId, localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { seedRun } from "../../support/runs.ts";

let api: TestApi;
beforeEach(async () => {
  api = await startTestApi();
  await seedLocalOwner(api.database.connection);
});
afterEach(() => api.close());

// oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of the response
async function mutate(field: string, type: string, input: object, more = ""): Promise<any> {
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { __typename ${more} ... on Error { message } } }`;
  const { body } = await api.query(query, { input });
  return body.data?.[field] ?? body;
}

/** Sends the requests while another process holds what each of them needs last, so that they meet. */
async function meet<T>(hold: (connection: Connection) => Promise<unknown>, send: () => Promise<T>[]): Promise<T[]> {
  const database = await openDatabase(api.databaseUrl);
  const waiting = async () => {
    const [row] = await database.connection.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    return row?.count;
  };
  let sent: Promise<T>[] = [];
  await database.transaction(async ({ connection }) => {
    await hold(connection);
    sent = send();
    await expect.poll(waiting, { timeout: 10_000 }).toBeGreaterThanOrEqual(4);
  });
  await database.close();
  return Promise.all(sent);
}

const holdAuditLog = (connection: Connection) => lockAuditLog(connection, localWorkspaceId);

const rule = { action: "TRASH_RUNS", days: 30 };
const success = "... on RetentionRuleSuccess { rule { id } }";
const createRule = (idempotencyKey?: string) =>
  mutate("createRetentionRule", "CreateRetentionRuleInput", { rule, idempotencyKey }, success);
const countRules = () => api.database.connection.retentionRule.count();

it("a workspace with 17 retention rules gets 3 more of 30 that are created at once", async () => {
  const rows = Array.from({ length: 17 }, () => ({
    id: randomUUID(),
    workspaceId: localWorkspaceId,
    action: "TRASH_RUNS" as const,
    days: 30,
    enabled: false,
    keepPinned: true,
    states: [],
    kinds: [],
  }));
  await api.database.connection.retentionRule.createMany({ data: rows });
  const results = await meet(holdAuditLog, () => Array.from({ length: 30 }, () => createRule()));
  expect(await countRules()).toBe(20);
  const refused = results.filter(({ message }) => /at most 20 retention rules/.test(message ?? ""));
  expect(refused).toHaveLength(27);
});

it("six requests for a retention rule with one key create one rule, and all return it", async () => {
  const results = await meet(holdAuditLog, () => Array.from({ length: 6 }, () => createRule("the same key")));
  expect(await countRules()).toBe(1);
  const [first] = results;
  expect(first).toMatchObject({ __typename: "RetentionRuleSuccess" });
  expect(results).toEqual(Array.from({ length: 6 }, () => first));
});

it("a member with 97 pinned runs pins 3 more of 20 that are pinned at once", async () => {
  const { connection } = api.database;
  const ids: string[] = [];
  for (let seed = 0; seed < 117; seed++) ids.push(await seedRun(api.database, { seed }));
  const pins = ids.slice(0, 97).map((runId) => ({ id: randomUUID(), workspaceId: localWorkspaceId, userId: localUserId, runId }));
  await connection.pin.createMany({ data: pins });
  const holdPins = (held: Connection) => held.$executeRaw`LOCK TABLE pins IN SHARE ROW EXCLUSIVE MODE`;
  const results = await meet(holdPins, () => ids.slice(97).map((_, i) => mutate("pin", "PinInput", { subjectId: `RUN-${98 + i}` })));
  expect(await connection.pin.count()).toBe(100);
  expect(results.filter(({ message }) => /pinned 100 already/.test(message ?? ""))).toHaveLength(17);
});
