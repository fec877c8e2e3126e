/** Notifications: who gets which, exactly once, in the transaction of the change; choices, marks, and what never reaches a member. */

import { admitRuns } from "@pareidolia/persistence/lab/sweeps/admitRuns";
import { pauseSpentSweep } from "@pareidolia/persistence/lab/sweeps/controlSweep";
import { openDatabase } from "@pareidolia/persistence/server/database/database";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { credentialsOf } from "../../../support/actors.ts";
import { openRawSocket } from "../../../support/rawSocket.ts";
import { members, startTrackingApi, type TrackingApi } from "../../../support/trackingApi.ts";

let api: TrackingApi;
beforeAll(async () => {
  api = await startTrackingApi(20);
  const worker = { id: "worker", host: "test", processId: 1, engine: "test", heartbeatAt: new Date() };
  await api.database.connection.worker.create({ data: worker });
});
afterAll(() => api.close());
beforeEach(async () => {
  const { connection } = api.database;
  await connection.pin.deleteMany();
  await connection.notification.deleteMany();
  await connection.notificationChoice.deleteMany();
});

type Name = "owner" | "ada" | "ben" | "viewer" | "stranger";

const read = async (by: Name) =>
  (await api.read(by, "{ notifications { nodes { id kind subjectKey detail by { name } readAt createdAt } totalCount } }")).notifications;
const kindsOf = async (by: Name): Promise<string[]> =>
  (await read(by)).nodes.map(({ kind, subjectKey }: { kind: string; subjectKey: string }) => `${kind} ${subjectKey}`).toSorted();
const idOfRun = async (number: number): Promise<string> =>
  (await api.database.connection.run.findFirstOrThrow({ where: { workspaceId: localWorkspaceId, number } })).id;
let used = 0;
/** The number of a run that is being computed and that no test has used yet. */
async function takeRun(): Promise<number> {
  used += 1;
  await api.database.connection.run.update({ where: { id: await idOfRun(used) }, data: { state: "RUNNING", ...lease } });
  return used;
}
const free = { workerId: null, leaseToken: null, leaseExpiresAt: null };
const lease = { workerId: "worker", leaseToken: "token", leaseExpiresAt: new Date("2100-01-01T00:00:00Z") };
const step = async (number: number, data: object) =>
  api.database.connection.run.update({ where: { id: await idOfRun(number) }, data: { ...free, ...data } });
const end = (number: number, data: object) => step(number, { endedAt: new Date(), ...data });

async function ask(by: Name, name: string, type: string, input: object, fields: string) {
  const query = `mutation ($input: ${type}!) { result: ${name}(input: $input) { __typename ... on Error { message } ${fields} } }`;
  return (await api.query(query, { input }, members[by])).body.data.result;
}

describe("the end of a run", () => {
  it("is told to who started it, its assignee, and who pinned it or its experiment, and to no other member", async () => {
    const run = await takeRun();
    await api.mutate("ben", "pin", { subjectId: `EXP-${run}` });
    await step(run, { assigneeId: members.ada.userId, ...lease });
    await api.database.connection.notification.deleteMany();
    await end(run, { state: "FAILED", failure: "The network diverged." });
    for (const name of ["owner", "ada", "ben"] as const) {
      const { nodes } = await read(name);
      expect(nodes, name).toMatchObject([{ kind: "RUN_FAILED", subjectKey: `RUN-${run}`, detail: "The network diverged.", by: null }]);
    }
    expect((await read("viewer")).nodes).toEqual([]);
    expect((await read("stranger")).nodes).toEqual([]);
  });

  it("is told once for each end, also if several writers store it at the same time", async () => {
    const run = await takeRun();
    const id = await idOfRun(run);
    const data = { state: "SUCCEEDED", endedAt: new Date(), ...free } as const;
    await Promise.all(Array.from({ length: 8 }, () => api.database.connection.run.updateMany({ where: { id, state: "RUNNING" }, data })));
    expect(await kindsOf("owner")).toEqual([`RUN_SUCCEEDED RUN-${run}`]);
  });

  it("is not told if the transaction of the change does not commit, or its process dies", async () => {
    const run = await takeRun();
    const id = await idOfRun(run);
    const refused = api.database.transaction(async ({ connection }) => {
      await connection.run.update({ where: { id }, data: { state: "SUCCEEDED", endedAt: new Date(), ...free } });
      throw new Error("refused");
    });
    await expect(refused).rejects.toThrow("refused");
    const dying = await openDatabase(api.databaseUrl);
    const killed = dying.transaction(async ({ connection }) => {
      await connection.run.update({ where: { id }, data: { state: "SUCCEEDED", endedAt: new Date(), ...free } });
      const [session] = await connection.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      await api.database.connection.$executeRaw`SELECT pg_terminate_backend(${session?.pid ?? 0}::int)::text`;
      await connection.run.count();
    });
    await expect(killed).rejects.toThrow(/connection|terminat|closed|57P01/i);
    await dying.close();
    expect(await kindsOf("owner")).toEqual([]);
    await end(run, { state: "SUCCEEDED" });
    expect(await kindsOf("owner")).toEqual([`RUN_SUCCEEDED RUN-${run}`]);
  });

  it("is told once for an outage that pauses it several times, and again for the next one", async () => {
    const run = await takeRun();
    const first = new Date("2026-01-01T00:00:00Z");
    const pause = async (outageSince: Date) => {
      await step(run, { state: "PAUSED", outage: "The object store does not answer.", outageSince, outageRetryAt: new Date() });
      await step(run, { state: "QUEUED", outage: null, outageRetryAt: null });
      await step(run, { state: "RUNNING", ...lease });
    };
    for (let i = 0; i < 3; i++) await pause(first);
    expect(await kindsOf("owner")).toEqual([`RUN_PAUSED RUN-${run}`]);
    await pause(new Date("2026-01-02T00:00:00Z"));
    expect(await kindsOf("owner")).toEqual([`RUN_PAUSED RUN-${run}`, `RUN_PAUSED RUN-${run}`]);
  });

  it("is not told to the member who cancelled it", async () => {
    const run = await takeRun();
    await api.mutate("ada", "pin", { subjectId: `RUN-${run}` });
    await step(run, { state: "PAUSED" });
    expect((await ask("ada", "cancelRun", "RunInput", { runId: `RUN-${run}` }, "")).__typename).toBe("CancelRunSuccess");
    expect(await kindsOf("ada")).toEqual([]);
    expect((await read("owner")).nodes).toMatchObject([{ kind: "RUN_CANCELLED", detail: "", by: { name: "Name of ada" } }]);
  });
});

describe("a sweep", () => {
  let number = 0;
  /** A sweep of the owner with one run. Returns its key and the number of the run. */
  async function takeSweep(): Promise<{ readonly id: string; readonly key: string; readonly run: number }> {
    const run = await takeRun();
    number += 1;
    const { experimentId, createdById } = await api.database.connection.run.findUniqueOrThrow({ where: { id: await idOfRun(run) } });
    const plan = {
      kind: "evolution",
      base: {},
      axes: [],
      sampler: { kind: "grid" },
      seeds: [1],
      earlyStopping: { plateau: null, median: null },
    };
    const shape = { workspaceId: localWorkspaceId, experimentId, createdById, number, name: "Seeds", plan, pointCount: 1, runCount: 1 };
    const { id } = await api.database.connection.sweep.create({ data: { id: `sweep-${number}`, ...shape, maxEvaluations: 10 } });
    await step(run, { ...lease, sweepId: id, sweepPoint: 0, sweepReplicate: 0, evaluations: 10 });
    return { id, key: `SWP-${number}`, run };
  }
  const settle = () => api.database.transaction(admitRuns);

  it("that has spent its budget is told once, also if several workers find it spent", async () => {
    const { id, key } = await takeSweep();
    await Promise.all(Array.from({ length: 4 }, () => pauseSpentSweep(api.database, id)));
    expect((await read("owner")).nodes).toMatchObject([
      {
        kind: "SWEEP_PAUSED",
        subjectKey: key,
        detail: "Its budget of 10 evaluations is spent. Raise the budget and resume it, or cancel it.",
        by: null,
      },
    ]);
    await ask("owner", "resumeSweep", "SweepInput", { sweepId: key }, "");
    await pauseSpentSweep(api.database, id);
    expect(await kindsOf("owner")).toEqual([`SWEEP_PAUSED ${key}`, `SWEEP_PAUSED ${key}`]);
  });

  it("that a member pauses is not told, and it ends when nothing is left to resume", async () => {
    const { key, run } = await takeSweep();
    await api.mutate("ben", "pin", { subjectId: `EXP-${run}` });
    await ask("owner", "pauseSweep", "SweepInput", { sweepId: key }, "");
    expect([await kindsOf("owner"), await kindsOf("ben")]).toEqual([[], []]);
    await settle();
    expect(await kindsOf("ben")).toEqual([]);
    // Its last run had passed its last checkpoint.
    await end(run, { state: "SUCCEEDED", control: "NONE" });
    await settle();
    expect(await kindsOf("ben")).toEqual([`SWEEP_ENDED ${key}`]);
    expect(await kindsOf("owner")).toEqual([`SWEEP_ENDED ${key}`]);
  });

  it("in the trash is not told, although no run of it is left", async () => {
    const { run } = await takeSweep();
    await step(run, { state: "QUEUED" });
    await ask("owner", "trashExperiments", "TrashExperimentsInput", { experimentIds: [`EXP-${run}`] }, "");
    await settle();
    expect(await kindsOf("owner")).toEqual([]);
  });
});

describe("what members write", () => {
  it("is told to the assignee, to members whom a comment names, and to those who follow its subject", async () => {
    const run = await takeRun();
    await api.mutate("owner", "assignRuns", { assignments: [{ runIds: [`RUN-${run}`], assigneeId: null }] });
    const ada = (await api.read("ada", "{ viewer { user { id name } } }")).viewer.user;
    await api.mutate("owner", "updateRun", { runId: `RUN-${run}`, assigneeId: ada.id });
    expect(await kindsOf("ada")).toEqual([`ASSIGNED RUN-${run}`]);
    expect((await read("ada")).nodes[0].by).not.toBeNull();
    await api.mutate("ben", "addComment", { subjectId: `RUN-${run}`, body: `Look, @${ada.name}: stripes. But not @viewers.` });
    expect(await kindsOf("ada")).toEqual([`ASSIGNED RUN-${run}`, `MENTIONED RUN-${run}`]);
    expect(await kindsOf("owner")).toEqual([`COMMENTED RUN-${run}`]);
    expect(await kindsOf("viewer")).toEqual([]);
    expect(await kindsOf("ben")).toEqual([]);
  });
});

describe("a member", () => {
  it("chooses by kind and channel: what the product does not show is only sent", async () => {
    const run = await takeRun();
    const fields = "... on ChooseNotificationsSuccess { settings { choices { kind product email webhook } } }";
    const chosen = await ask(
      "owner",
      "chooseNotifications",
      "ChooseNotificationsInput",
      { kind: "RUN_SUCCEEDED", product: false, email: true },
      fields,
    );
    expect(chosen.settings.choices.find(({ kind }: { kind: string }) => kind === "RUN_SUCCEEDED")).toEqual({
      kind: "RUN_SUCCEEDED",
      product: false,
      email: true,
      webhook: true,
    });
    await end(run, { state: "SUCCEEDED" });
    expect(await kindsOf("owner")).toEqual([]);
    const [row] = await api.database.connection.notification.findMany();
    expect(row).toMatchObject({ kind: "RUN_SUCCEEDED", shown: false, mailDueAt: expect.any(Date) });
    await ask("owner", "chooseNotifications", "ChooseNotificationsInput", { kind: "RUN_FAILED", product: false, email: false }, fields);
    await end(await takeRun(), { state: "FAILED", failure: "It failed." });
    expect(await api.database.connection.notification.count()).toBe(1);
  });

  it("marks only their own, and can make all that were marked at once unread again", async () => {
    const run = await takeRun();
    await end(run, { state: "SUCCEEDED" });
    await end(await takeRun(), { state: "SUCCEEDED" });
    const { nodes } = await read("owner");
    const marked = await ask(
      "ada",
      "markNotifications",
      "MarkNotificationsInput",
      { notificationIds: [nodes[0].id], read: true },
      "... on MarkNotificationsSuccess { notifications { id } }",
    );
    expect(marked.__typename).toBe("NotFoundError");
    const fields = "... on MarkAllNotificationsReadSuccess { ids }";
    const all = await ask("owner", "markAllNotificationsRead", "MarkAllNotificationsReadInput", { until: nodes[0].createdAt }, fields);
    expect(all.ids.toSorted()).toEqual(nodes.map(({ id }: { id: string }) => id).toSorted());
    expect((await api.read("owner", "{ notifications(filter: { unread: true }) { totalCount } }")).notifications.totalCount).toBe(0);
    await ask("owner", "markNotifications", "MarkNotificationsInput", { notificationIds: all.ids, read: false }, "");
    expect((await api.read("owner", "{ notifications(filter: { unread: true }) { totalCount } }")).notifications.totalCount).toBe(2);
  });

  it("gets the number of unread notifications, and undoes hundreds of marks at once", async () => {
    const runId = await idOfRun(1);
    const at = (i: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, i));
    const data = Array.from({ length: 150 }, (_, i) => ({
      id: `many-${i}`,
      event: `many ${i}`,
      kind: "RUN_FAILED",
      createdAt: at(i),
      runId,
    }));
    const recipient = { workspaceId: localWorkspaceId, userId: members.owner.userId };
    await api.database.connection.notification.createMany({ data: data.map((each) => ({ ...each, ...recipient })) });
    const [latest] = (await read("owner")).nodes;
    const one = { notificationIds: [latest.id], read: true };
    const unread = (type: string) => `... on ${type} { unread }`;
    expect(await ask("owner", "markNotifications", "MarkNotificationsInput", one, unread("MarkNotificationsSuccess"))).toMatchObject({
      unread: 100,
    });
    const fields = "... on MarkAllNotificationsReadSuccess { ids unread }";
    const all = await ask("owner", "markAllNotificationsRead", "MarkAllNotificationsReadInput", { until: at(99) }, fields);
    expect({ marked: all.ids.length, unread: all.unread }).toEqual({ marked: 100, unread: 49 });
    const rest = await ask("owner", "markAllNotificationsRead", "MarkAllNotificationsReadInput", { until: at(149) }, fields);
    expect(rest.unread).toBe(0);
    const back = { notificationIds: [...all.ids, ...rest.ids], read: false };
    expect(await ask("owner", "markNotifications", "MarkNotificationsInput", back, unread("MarkNotificationsSuccess"))).toMatchObject({
      __typename: "MarkNotificationsSuccess",
      unread: 100,
    });
    expect(await api.database.connection.notification.count({ where: { readAt: null } })).toBe(149);
  });

  it("hears of each within a second by the subscription, and of nothing that concerns others", async () => {
    const run = await takeRun();
    const open = async (name: "owner" | "ada" | "stranger") => {
      const socket = await openRawSocket(api.url, { connectionParams: credentialsOf(members[name]) });
      socket.subscribe("bell", "subscription { notificationChanges { unread latest { subjectKey } } }");
      expect(await socket.answer("bell")).toMatchObject({ payload: { data: { notificationChanges: { unread: 0, latest: null } } } });
      return socket;
    };
    const [owner, ada, stranger] = [await open("owner"), await open("ada"), await open("stranger")];
    await end(run, { state: "SUCCEEDED" });
    await expect
      .poll(() => owner.received.filter(({ id }) => id === "bell").at(-1)?.payload, { timeout: 10_000 })
      .toEqual({ data: { notificationChanges: { unread: 1, latest: { subjectKey: `RUN-${run}` } } } });
    for (const socket of [ada, stranger]) expect(socket.received.filter(({ id }) => id === "bell")).toHaveLength(1);
    await Promise.all([owner, ada, stranger].map((socket) => socket.close()));
  });

  it("keeps nothing once the membership ends, and hears nothing while it is suspended", async () => {
    const run = await takeRun();
    const { connection } = api.database;
    await api.mutate("viewer", "pin", { subjectId: `RUN-${run}` });
    const key = { workspaceId_userId: { workspaceId: localWorkspaceId, userId: "viewer" } };
    await connection.membership.update({ where: key, data: { suspendedAt: new Date() } });
    await end(run, { state: "SUCCEEDED" });
    expect(await connection.notification.count({ where: { userId: "viewer" } })).toBe(0);
    await connection.membership.update({ where: key, data: { suspendedAt: null } });
    const other = await takeRun();
    await api.mutate("viewer", "pin", { subjectId: `RUN-${other}` });
    await end(other, { state: "SUCCEEDED" });
    expect(await connection.notification.count({ where: { userId: "viewer" } })).toBe(1);
    const { id, createdAt: _createdAt, ...membership } = await connection.membership.delete({ where: key });
    expect(await connection.notification.count({ where: { userId: "viewer" } })).toBe(0);
    await connection.membership.create({ data: { id, ...membership } });
  });
});
