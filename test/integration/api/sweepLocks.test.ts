/** Locks of experiments and runs hold for sweeps: none starts in a locked experiment, and none is cancelled with what is locked. */
import { changeLocks } from "@pareidolia/persistence/lab/locks/holdLocks";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterEach, describe, expect, it } from "vitest";
import { openSweepBench } from "../../support/sweepBench.ts";

const { api, work, inputOf, start, read, control, reach, rowsOf } = openSweepBench();

// oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of the response
async function mutate(field: string, type: string, input: object): Promise<any> {
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { __typename ... on Error { message } } }`;
  const { body } = await api().query(query, { input });
  return body.data?.[field] ?? body;
}

const experiment = () => api().database.connection.experiment.findFirstOrThrow({ where: { workspaceId: localWorkspaceId } });
const lockExperiment = async () => {
  expect(await mutate("lockExperiment", "LockExperimentInput", { experimentId: `EXP-${(await experiment()).number}` })).toMatchObject({
    __typename: "LockExperimentSuccess",
  });
};
const unlockExperiment = async () =>
  mutate("unlockExperiment", "LockExperimentInput", { experimentId: `EXP-${(await experiment()).number}` });
const startOne = () => mutate("startSweep", "StartSweepInput", inputOf({}));
const cancel = (sweepId: string) => mutate("cancelSweep", "SweepInput", { sweepId });
const conflict = (message: RegExp) => ({ __typename: "ConflictError", message: expect.stringMatching(message) });
const countStored = async () => {
  const { connection } = api().database;
  return { sweeps: await connection.sweep.count(), runs: await connection.run.count() };
};

afterEach(async () => {
  await unlockExperiment();
});

describe("a locked experiment", () => {
  it("takes no sweep until it is unlocked", async () => {
    await lockExperiment();
    expect(await startOne()).toEqual(conflict(/ locked EXP-(\d+)\. Unlock EXP-\1 to change it\.$/));
    expect(await countStored()).toEqual({ sweeps: 0, runs: 0 });
    await unlockExperiment();
    expect(await startOne()).toMatchObject({ __typename: "StartSweepSuccess" });
  });

  it("has sweeps that pause, resume and get other limits, but are cancelled only once it is unlocked", async () => {
    const { key } = await start();
    await lockExperiment();
    expect(await cancel(key)).toEqual(conflict(/^[^,]* locked EXP-(\d+)\. Unlock EXP-\1 to change it\.$/));
    expect((await rowsOf(key)).map(({ state }) => state)).toEqual(Array.from({ length: 8 }, () => "QUEUED"));
    await control("pauseSweep", key);
    expect(await cancel(key)).toEqual(conflict(/ locked EXP-/));
    await control("resumeSweep", key);
    const limits = { concurrency: 1 };
    expect(await mutate("changeSweep", "ChangeSweepInput", { sweepId: key, limits })).toMatchObject({ __typename: "ChangeSweepSuccess" });
    expect((await read(key)).state).toBe("RUNNING");
    await unlockExperiment();
    await control("cancelSweep", key);
    expect((await rowsOf(key)).every(({ state }) => state === "CANCELLED")).toBe(true);
  });

  it("has its waiting runs computed, those of a sweep like any other", async () => {
    const { key } = await start({ replicates: 1 });
    expect(await mutate("startEvolution", "StartEvolutionInput", inputOf({}).run.evolution)).toMatchObject({
      __typename: "StartEvolutionSuccess",
    });
    await lockExperiment();
    await work();
    await reach(key, "SUCCEEDED");
    const left = () => api().database.connection.run.count({ where: { state: { not: "SUCCEEDED" } } });
    await expect.poll(left, { timeout: 30_000 }).toBe(0);
  });
});

describe("a sweep", () => {
  it("with a locked run that has not ended is not cancelled, and leaves a locked run that has ended as it is", async () => {
    const { key } = await start();
    const [locked] = await rowsOf(key);
    await mutate("lockRuns", "LockRunsInput", { runIds: [`RUN-${locked?.number}`] });
    expect(await cancel(key)).toEqual(conflict(new RegExp(` locked RUN-${locked?.number}\\.`)));
    expect((await rowsOf(key)).some(({ state }) => state === "CANCELLED")).toBe(false);
    await api().database.connection.run.update({ where: { id: locked?.id ?? "" }, data: { state: "SUCCEEDED" } });
    await control("cancelSweep", key);
    expect((await rowsOf(key)).map(({ state }) => state)).toEqual(["SUCCEEDED", ...Array.from({ length: 7 }, () => "CANCELLED")]);
  });

  it("is refused if its experiment is moved to the trash while it starts", async () => {
    const { database } = api();
    const { id } = await experiment();
    const waiting = async () => {
      const [row] = await database.connection.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      return row?.count;
    };
    let started: ReturnType<typeof startOne> | undefined;
    try {
      await database.transaction(async ({ connection }) => {
        await changeLocks(connection, localWorkspaceId);
        await connection.experiment.update({ where: { id }, data: { trashedAt: new Date() } });
        started = startOne();
        await expect.poll(waiting, { timeout: 10_000 }).toBe(1);
      });
      expect(await started).toEqual(conflict(/archived or in the trash/));
      expect(await countStored()).toEqual({ sweeps: 0, runs: 0 });
    } finally {
      await database.connection.experiment.update({ where: { id }, data: { trashedAt: null } });
    }
  });
});
