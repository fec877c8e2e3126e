/** Listeners of a process share one connection to a database: each hears its own channel, and all are told when a lost one is replaced. */
import { type Listener, listen } from "@pareidolia/persistence/server/database/notifications";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { keptName } from "../../support/keptConnection.ts";
import { withClient } from "../../support/postgresServer.ts";

let testDatabase: TestDatabase;
let heard: string[];
let open: Listener[];

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  heard = [];
  open = [];
});
afterEach(async () => {
  for (const listener of open) await listener.close();
  await testDatabase.drop();
});

async function listenTo(channel: string, name = channel): Promise<Listener> {
  const listener = await listen({
    url: testDatabase.url,
    channel,
    onMessage: (payload) => heard.push(`${name}: ${payload}`),
    onReconnect: () => heard.push(`${name} is back`),
  });
  open.push(listener);
  return listener;
}

const others = `FROM pg_stat_activity
  WHERE datname = current_database() AND application_name <> '${keptName}' AND pid <> pg_backend_pid()`;
const countConnections = () =>
  withClient(testDatabase.url, async (client) => (await client.query<{ count: number }>(`SELECT count(*)::int ${others}`)).rows[0]?.count);
const notify = (channel: string, payload: string) =>
  withClient(testDatabase.url, (client) => client.query("SELECT pg_notify($1, $2)", [channel, payload]));
const expectHeard = (...messages: readonly string[]) => expect.poll(() => heard.toSorted(), { timeout: 20_000 }).toEqual(messages);

it("hear only their own channel, on one connection", async () => {
  await Promise.all([listenTo("runs"), listenTo("studies"), listenTo("studies", "more studies")]);
  expect(await countConnections()).toBe(1);
  await notify("runs", "one");
  await notify("others", "two");
  await notify("studies", "three");
  await expectHeard("more studies: three", "runs: one", "studies: three");
});

it("keep listening when another one of the same channel or connection closes, and the last one closes the connection", async () => {
  const [first, second, third] = [await listenTo("runs", "first"), await listenTo("runs", "second"), await listenTo("studies")];
  await first.close();
  await first.close();
  await notify("runs", "one");
  await expectHeard("second: one");
  await second.close();
  await notify("runs", "two");
  await notify("studies", "three");
  await expectHeard("second: one", "studies: three");
  await third.close();
  await expect.poll(countConnections).toBe(0);
  await listenTo("runs", "later");
  await notify("runs", "four");
  await expectHeard("later: four", "second: one", "studies: three");
});

it("are told when a lost connection is replaced, and hear what follows", async () => {
  await listenTo("runs");
  await listenTo("studies");
  await withClient(testDatabase.url, (client) => client.query(`SELECT pg_terminate_backend(pid) ${others}`));
  await expectHeard("runs is back", "studies is back");
  expect(await countConnections()).toBe(1);
  await notify("studies", "one");
  await expectHeard("runs is back", "studies is back", "studies: one");
});
