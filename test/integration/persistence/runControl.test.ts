/** The actions of users and of the clean-up on a run in each of its states. */

import { claimRun } from "@pareidolia/persistence/lab/runs/claimRun";
import { commitRun, type RunOutcome } from "@pareidolia/persistence/lab/runs/commitRun";
import { maxAttempts, requeueExpiredRuns } from "@pareidolia/persistence/lab/runs/expiredLeases";
import { failRun, renewLease } from "@pareidolia/persistence/lab/runs/lease";
import { cancelRun, pauseRun, resumeRun } from "@pareidolia/persistence/lab/runs/runControl";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { seedRun } from "../../support/runs.ts";

let testDatabase: TestDatabase;
let database: Database;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

const actions = { pause: pauseRun, resume: resumeRun, cancel: cancelRun };
const act = (action: keyof typeof actions, runId: string) => database.transaction((transaction) => actions[action](transaction, { runId }));
const claim = (runId: string) => database.transaction((transaction) => claimRun(transaction, { runId, workerId: "w", leaseSeconds: 10 }));
const readRun = (id: string) => database.connection.run.findUniqueOrThrow({ where: { id } });
const expire = (id: string) => database.connection.run.update({ where: { id }, data: { leaseExpiresAt: new Date(0) } });

/** For each state, a function that creates a run in it. */
const createRunIn: Readonly<Record<string, () => Promise<string>>> = {
  QUEUED: () => seedRun(database),
  RUNNING: async () => {
    const runId = await seedRun(database);
    await claim(runId);
    return runId;
  },
  PAUSED: async () => {
    const runId = await seedRun(database);
    await act("pause", runId);
    return runId;
  },
  CANCELLED: async () => {
    const runId = await seedRun(database);
    await act("cancel", runId);
    return runId;
  },
  FAILED: async () => {
    const runId = await seedRun(database);
    const run = await claim(runId);
    await database.transaction((transaction) => failRun(transaction, { runId, leaseToken: run?.leaseToken ?? "" }, "It broke."));
    return runId;
  },
};

describe("control by users", () => {
  it.each([
    ["pause", "QUEUED", "PAUSED", "NONE"],
    ["cancel", "QUEUED", "CANCELLED", "NONE"],
    ["pause", "RUNNING", "RUNNING", "PAUSE"],
    ["cancel", "RUNNING", "RUNNING", "CANCEL"],
    ["resume", "PAUSED", "QUEUED", "NONE"],
    ["cancel", "PAUSED", "CANCELLED", "NONE"],
    ["resume", "FAILED", "QUEUED", "NONE"],
  ] as const)("%s moves a %s run to %s, with the request %s for its worker", async (action, from, state, control) => {
    const runId = await (createRunIn[from] as () => Promise<string>)();
    expect(await act(action, runId)).toMatchObject({ state, control });
    expect(await readRun(runId)).toMatchObject({ state, control });
  });

  it.each([
    ["resume", "QUEUED", "waiting"],
    ["resume", "RUNNING", "running already"],
    ["pause", "PAUSED", "Resume it"],
    ["pause", "FAILED", "Resume it"],
    ["cancel", "FAILED", "failed"],
    ["pause", "CANCELLED", "Start another run"],
    ["resume", "CANCELLED", "Start another run"],
    ["cancel", "CANCELLED", "already"],
  ] as const)('%s is refused for a %s run with "%s" in the error', async (action, from, words) => {
    const runId = await (createRunIn[from] as () => Promise<string>)();
    const before = await readRun(runId);
    await expect(act(action, runId)).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining(words) });
    expect(await readRun(runId)).toEqual(before);
  });

  it("withdraws a pause that the worker has not seen yet", async () => {
    const runId = await (createRunIn["RUNNING"] as () => Promise<string>)();
    await act("pause", runId);
    expect(await act("resume", runId)).toMatchObject({ state: "RUNNING", control: "NONE" });
  });

  it("reports a missing run", async () => {
    await expect(act("pause", "nothing")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("a lease", () => {
  it("is renewed only for the holder of its token", async () => {
    const runId = await seedRun(database);
    const run = await claim(runId);
    expect(await renewLease(database.connection, { runId, leaseToken: run?.leaseToken ?? "" }, 10)).toBe("NONE");
    await expect(renewLease(database.connection, { runId, leaseToken: "stale" }, 10)).rejects.toMatchObject({ code: "LEASE_LOST" });
  });

  it.each([
    [null, "QUEUED"],
    ["pause", "PAUSED"],
    ["cancel", "CANCELLED"],
  ] as const)("that expires with the request %s leaves the run %s", async (action, state) => {
    const runId = await (createRunIn["RUNNING"] as () => Promise<string>)();
    if (action !== null) await act(action, runId);
    const cleanUp = () => database.transaction(requeueExpiredRuns);
    expect(await cleanUp()).not.toContain(runId);
    await expire(runId);
    expect((await cleanUp()).includes(runId)).toBe(state === "QUEUED");
    expect(await readRun(runId)).toMatchObject({ state, control: "NONE", leaseToken: null });
  });

  it("that expires repeatedly without a checkpoint crashes the run with the reason, until a user resumes it", async () => {
    const runId = await seedRun(database);
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      await claim(runId);
      await expire(runId);
      await database.transaction(requeueExpiredRuns);
    }
    const run = await readRun(runId);
    expect(run).toMatchObject({ state: "CRASHED", leaseToken: null, control: "NONE" });
    expect(run.endedAt).not.toBeNull();
    expect(run.failure).toContain(`${maxAttempts} times`);
    const [last] = await database.connection.runEvent.findMany({ where: { runId }, orderBy: { seq: "desc" }, take: 1 });
    expect(last?.payload).toEqual({ from: "RUNNING", to: "CRASHED", reason: run.failure });
    await database.transaction(requeueExpiredRuns);
    expect((await readRun(runId)).eventSeq).toBe(last?.seq);
    await act("resume", runId);
    expect(await readRun(runId)).toMatchObject({ state: "QUEUED", failure: null, attempts: 0, endedAt: null });
  });

  it("that expires after a checkpoint restarts the count", async () => {
    const runId = await seedRun(database);
    for (let attempt = 1; attempt < maxAttempts; attempt++) {
      await claim(runId);
      await expire(runId);
      await database.transaction(requeueExpiredRuns);
    }
    await claim(runId);
    await database.connection.run.update({ where: { id: runId }, data: { attempts: 0 } });
    await expire(runId);
    await database.transaction(requeueExpiredRuns);
    expect((await readRun(runId)).state).toBe("QUEUED");
  });
});

describe("a worker that leaves a run", () => {
  it.each([
    [["cancel"], "QUEUED", "CANCELLED", "Cancelled by a user."],
    [["cancel"], "PAUSED", "CANCELLED", "Cancelled by a user."],
    [["pause", "cancel"], "PAUSED", "CANCELLED", "Cancelled by a user."],
    [["pause"], "QUEUED", "PAUSED", "Paused by a user."],
    [["pause", "resume"], "PAUSED", "QUEUED", "The pause was withdrawn. The run continues from its last checkpoint."],
    [[], "QUEUED", "QUEUED", "The worker's reason."],
    [["pause"], "PAUSED", "PAUSED", "Paused by a user."],
    [["cancel"], "SUCCEEDED", "SUCCEEDED", "The worker's reason."],
  ] as const)("after the requests %j, and with the outcome %s, leaves it %s", async (requests, intended, state, reason) => {
    const runId = await seedRun(database);
    const run = await claim(runId);
    for (const action of requests) await act(action, runId);
    const commit = () =>
      database.transaction((transaction) =>
        commitRun(transaction, {
          runId,
          leaseToken: run?.leaseToken ?? "",
          leaseSeconds: 10,
          delta: {
            generations: { after: -1, to: 0 },
            evaluations: 8,
            speed: null,
            resultHash: "0".repeat(64),
            checkpoint: new Uint8Array([1]),
            event: null,
            outcome: { state: intended, reason: "The worker's reason." } satisfies RunOutcome,
            write: async () => {},
          },
        }),
      );
    expect(await commit()).toEqual({ state, reason });
    const ended = state === "CANCELLED" || state === "SUCCEEDED";
    const left = await readRun(runId);
    expect(left).toMatchObject({ state, control: "NONE", leaseToken: null, generation: 0, endedAt: ended ? expect.any(Date) : null });
    expect(await database.connection.runCheckpoint.count({ where: { runId } })).toBe(ended ? 0 : 1);
    const [last] = await database.connection.runEvent.findMany({ where: { runId }, orderBy: { seq: "desc" }, take: 1 });
    expect(last?.payload).toEqual({ from: "RUNNING", to: state, reason });
    // As after a lost acknowledgement.
    await commit();
    expect(await readRun(runId)).toEqual(left);
  });
});
