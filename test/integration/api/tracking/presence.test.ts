/** Who else has a run open: over sockets, in two processes, after a lost process, and in another workspace. */
import { randomUUID } from "node:crypto";
import { openPage, presenceSeconds, renewPages } from "@pareidolia/persistence/workspace/presence/presence";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { credentialsOf } from "../../../support/actors.ts";
import { startTestApi, type TestApi } from "../../../support/api.ts";
import { openRawSocket, type RawSocket } from "../../../support/rawSocket.ts";
import { members, startTrackingApi, type TrackingApi } from "../../../support/trackingApi.ts";

let api: TrackingApi;
let second: TestApi;
const sockets: RawSocket[] = [];

beforeAll(async () => {
  api = await startTrackingApi(2);
  second = await startTestApi({ beside: api });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) await socket.close();
  await vi.waitFor(async () => {
    if ((await api.database.connection.presence.count()) > 0) throw new Error("A page is still open.");
  });
});
afterAll(async () => {
  await second.close();
  await api.close();
});

/** Opens the page of a run as a member. */
async function open(name: keyof typeof members, run: string, url = api.url): Promise<RawSocket> {
  const socket = await openRawSocket(url, { connectionParams: credentialsOf(members[name]) });
  sockets.push(socket);
  socket.subscribe("page", `subscription { presenceChanges(subjectId: "${run}") { users { name } } }`);
  await socket.answer("page");
  return socket;
}

/** The names in the last event. */
function namesOf(socket: RawSocket): readonly string[] {
  const last = socket.received.filter(({ id, type }) => id === "page" && type === "next").at(-1);
  const payload = last?.payload as { data: { presenceChanges: { users: { name: string }[] } } } | undefined;
  return payload?.data.presenceChanges.users.map(({ name }) => name) ?? [];
}

it("members see each other in the order in which they came, in any process, until they leave", async () => {
  const ada = await open("ada", "RUN-1");
  const ben = await open("ben", "RUN-1", second.url);
  const viewer = await open("viewer", "RUN-1");
  await expect.poll(() => namesOf(ada)).toEqual(["Name of ben", "Name of viewer"]);
  await expect.poll(() => namesOf(ben)).toEqual(["Name of ada", "Name of viewer"]);
  expect(namesOf(viewer)).toEqual(["Name of ada", "Name of ben"]);
  await ben.close();
  await expect.poll(() => namesOf(ada)).toEqual(["Name of viewer"]);
});

it("a member with two tabs is there once, until both are closed", async () => {
  const ada = await open("ada", "RUN-1");
  const tabs = [await open("ben", "RUN-1"), await open("ben", "RUN-1", second.url)];
  await expect.poll(() => namesOf(ada)).toEqual(["Name of ben"]);
  await tabs[0]?.close();
  await expect.poll(() => api.database.connection.presence.count()).toBe(2);
  expect(namesOf(ada)).toEqual(["Name of ben"]);
  await tabs[1]?.close();
  await expect.poll(() => namesOf(ada)).toEqual([]);
});

it("pages of other runs and of the experiment are apart", async () => {
  const ada = await open("ada", "RUN-1");
  const ben = await open("ben", "RUN-2");
  const viewer = await open("viewer", "EXP-1");
  for (const socket of [ada, ben, viewer]) expect(namesOf(socket)).toEqual([]);
});

it("members whose process died expire, and so do those who lost access at once", async () => {
  const { connection } = api.database;
  const runId = (await connection.run.findFirstOrThrow({ where: { number: 1 } })).id;
  const page = { id: randomUUID(), workspaceId: localWorkspaceId, userId: "ben", subjectId: runId };
  const ada = await open("ada", "RUN-1");
  await openPage(connection, page);
  await expect.poll(() => namesOf(ada)).toEqual(["Name of ben"]);
  await connection.membership.update({ where: { id: "membership_ben" }, data: { suspendedAt: new Date() } });
  await renewPages(connection, [page]);
  const viewer = await open("viewer", "RUN-1");
  expect(namesOf(viewer)).toEqual(["Name of ada"]);
  await connection.membership.update({ where: { id: "membership_ben" }, data: { suspendedAt: null } });
  await connection.presence.update({ where: { id: page.id }, data: { seenAt: new Date(Date.now() - 1000 * (presenceSeconds + 1)) } });
  await renewPages(connection, []);
  await expect.poll(() => namesOf(ada)).toEqual(["Name of viewer"]);
});

it("a run of another workspace is not found", async () => {
  const socket = await openRawSocket(api.url, { connectionParams: credentialsOf(members.stranger) });
  sockets.push(socket);
  socket.subscribe("page", 'subscription { presenceChanges(subjectId: "RUN-1") { users { name } } }');
  expect(await socket.answer("page")).toMatchObject({ payload: { errors: [{ extensions: { code: "NOT_FOUND" } }] } });
});
