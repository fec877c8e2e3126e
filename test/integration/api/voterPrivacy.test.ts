/** What is stored of a voter's address: a keyed hash for a few hours, and nothing after the withdrawal and after the study has closed. */

import { hashForLimits } from "@pareidolia/api/identity/hashForLimits";
import { nameClient } from "@pareidolia/api/voting/voterLimits";
import { cleanUps } from "@pareidolia/persistence/cleanUps/registry";
import { seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { networkOf } from "@pareidolia/server/networkOf";
import { afterAll, beforeAll, expect, it } from "vitest";
import { localOwner } from "../../support/actors.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { dumpTables } from "../../support/dumpTables.ts";
import { type OpenedStudy, writeOpenedStudy } from "../../support/openedStudy.ts";
import { authenticateWithAddress, VoterClient } from "../../support/voterClient.ts";

let api: TestApi;
/** The secret of `startTestApi`. */
const secret = "s".repeat(32);

beforeAll(async () => {
  api = await startTestApi({ authenticate: authenticateWithAddress, costLimit: { limit: 100_000, drainPerSecond: 1 } });
  await seedLocalOwner(api.database.connection);
});
afterAll(() => api.close());

const addresses = ["203.0.113.77", "2001:db8:77:7:1:2:3:4"];

/** The address in every form in which the tables could name it. */
function tracesOf(address: string, { study }: OpenedStudy): string[] {
  const network = networkOf(address);
  return [address, network, nameClient(secret, address, study.id), nameClient(secret, address)];
}

async function found(address: string, study: OpenedStudy): Promise<string[]> {
  const rows = (await dumpTables(api.databaseUrl)).split("\n");
  return tracesOf(address, study).filter((trace) => rows.some((row) => row.includes(trace)));
}

async function voted(study: OpenedStudy, clientAddress: string): Promise<VoterClient> {
  const client = new VoterClient(api.url, { link: study.link, clientAddress });
  await client.join();
  for (const trial of [0, 1, 2]) await client.cast(trial, { choice: 0 });
  return client;
}

it.each(addresses)("no table has the address %s in plain text, also while the voter votes", async (address) => {
  const study = await writeOpenedStudy(api);
  await voted(study, address);
  expect(await found(address, study)).toEqual([nameClient(secret, address, study.study.id)]);
});

it.each(addresses)("after a withdrawal by session, no table has the address %s or its hash", async (address) => {
  const study = await writeOpenedStudy(api);
  const client = await voted(study, address);
  expect(await client.send("withdrawVotes", {})).toMatchObject({ removedVotes: 3 });
  expect(await found(address, study)).toEqual([]);
});

it.each(addresses)("after a withdrawal by code from another network, no table has the address %s or its hash", async (address) => {
  const study = await writeOpenedStudy(api);
  const { code } = await voted(study, address);
  const elsewhere = "198.51.100.4";
  const other = new VoterClient(api.url, { link: study.link, clientAddress: elsewhere });
  expect(await other.mutate("withdrawVotes", { link: study.link, code })).toMatchObject({ removedVotes: 3 });
  expect(await found(address, study)).toEqual([]);
  expect(await found(elsewhere, study)).toEqual([]);
});

it("after a withdrawal, others of the same network stay counted", async () => {
  const study = await writeOpenedStudy(api, { joinsPerHour: 2 });
  const [address = ""] = addresses;
  const [first] = [await voted(study, address), await voted(study, address)];
  await first.send("withdrawVotes", {});
  await voted(study, address);
  const refused = await new VoterClient(api.url, { link: study.link, clientAddress: address }).tryJoin();
  expect(refused.errors).toMatchObject([{ extensions: { code: "RATE_LIMITED" } }]);
});

it("after a study has closed, no table has the addresses of its voters, or their hashes", async () => {
  const study = await writeOpenedStudy(api, { joinsPerHour: 2 });
  for (const address of addresses) for (let voter = 0; voter < 2; voter++) await voted(study, address);
  // One that was refused has no row of a voter.
  await new VoterClient(api.url, { link: study.link, clientAddress: addresses[0] ?? "" }).tryJoin();
  const { body } = await api.query(
    "mutation ($input: ChangeStudyStateInput!) { changeStudyState(input: $input) { __typename } }",
    { input: { studyId: study.key, state: "CLOSED" } },
    localOwner,
  );
  expect(body.data.changeStudyState.__typename).toBe("StudySuccess");
  const late = await new VoterClient(api.url, { link: study.link, clientAddress: addresses[0] ?? "" }).tryJoin();
  expect(late.__typename).not.toBe("JoinStudySuccess");
  for (const address of addresses) expect(await found(address, study)).toEqual([]);
});

it("the hash that counts what a network requests is the only one after a withdrawal, and an hourly clean-up removes it", async () => {
  const { connection } = api.database;
  const study = await writeOpenedStudy(api);
  const clientAddress = "198.51.100.99";
  const client = await voted(study, clientAddress);
  await client.send("withdrawVotes", {});
  const key = hashForLimits(secret, `network ${networkOf(clientAddress)}`);
  await expect.poll(() => connection.costBucket.count({ where: { key } })).toBe(1);
  // Written a few times a second, and once more for the withdrawal.
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(await found(clientAddress, study)).toEqual([]);
  await connection.costBucket.updateMany({ where: { key }, data: { updatedAt: new Date(Date.now() - 2.5 * 3_600_000) } });
  const context = { database: api.database, objectStore: api.objectStore, signal: new AbortController().signal };
  await cleanUps.find(({ kind }) => kind === "cost-buckets")?.cleanUp({ ...context, dryRun: false });
  expect(await connection.costBucket.count({ where: { key } })).toBe(0);
});

it("an hourly clean-up removes the hashes once joins are no longer counted", async () => {
  const study = await writeOpenedStudy(api);
  const { connection } = api.database;
  for (const address of addresses) await voted(study, address);
  await connection.studyVoter.updateMany({
    where: { studyId: study.study.id, number: 0 },
    data: { joinedAt: new Date(Date.now() - 2.5 * 3_600_000) },
  });
  const cleanUp = cleanUps.find(({ kind }) => kind === "voter-networks");
  const context = { database: api.database, objectStore: api.objectStore, signal: new AbortController().signal };
  expect((await cleanUp?.cleanUp({ ...context, dryRun: true }))?.removed.count).toBe(1);
  await cleanUp?.cleanUp({ ...context, dryRun: false });
  const rows = await connection.studyVoter.findMany({ where: { studyId: study.study.id }, orderBy: { number: "asc" } });
  expect(rows.map(({ clientHash }) => clientHash === null)).toEqual([true, false]);
});

it("hashes depend on the installation's secret, the study and the day", () => {
  const noon = Date.UTC(2026, 11, 1, 12);
  const hashes = [
    hashForLimits(secret, "203.0.113.7", noon),
    hashForLimits("t".repeat(32), "203.0.113.7", noon),
    hashForLimits(secret, "203.0.113.7", noon + 86_400_000),
    nameClient(secret, "203.0.113.7", "study"),
    nameClient(secret, "203.0.113.7", "other"),
  ];
  expect(new Set(hashes).size).toBe(5);
  expect(hashForLimits(secret, "203.0.113.7", noon + 3_600_000)).toBe(hashes[0]);
});
