/** Sweeps through the API and real workers: order, budgets, early stopping, control of all runs, lost workers and fair shares. */
import { setTimeout as sleep } from "node:timers/promises";
import { claimRun } from "@pareidolia/persistence/lab/runs/claimRun";
import { takeNextRun } from "@pareidolia/persistence/lab/runs/nextRun";
import { admitRuns } from "@pareidolia/persistence/lab/sweeps/admitRuns";
import { pauseSpentSweep } from "@pareidolia/persistence/lab/sweeps/controlSweep";
import { readRunLimits, setRunLimits } from "@pareidolia/persistence/workspace/quotas/runLimits";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { describe, expect, it } from "vitest";
import { stranger } from "../../support/actors.ts";
import { inFull } from "../../support/extent/inFull.ts";
import { openRawSocket } from "../../support/rawSocket.ts";
import { openSweepBench } from "../../support/sweepBench.ts";

const { api, workers, work, inputOf, start, read, readProgress, control, reach, rowsOf } = openSweepBench();

describe("a sweep of 2 x 2 x 2 seeds", () => {
  it("runs each point with each seed, first seeds first, and has results and importance", async () => {
    const { key, name } = await start();
    expect(name).toBe("Mutation rate and offspring by seed");
    await work();
    const done = await reach(key, "SUCCEEDED");
    expect(done.progress).toMatchObject({ queued: 0, running: 0, succeeded: 8, failed: 0, evaluations: 2 * 2 * (8 + 12) * 5 });
    expect(done.results.points.map(({ values, count }) => [...values, count])).toEqual([
      [0.05, 8, 2],
      [0.05, 12, 2],
      [0.2, 8, 2],
      [0.2, 12, 2],
    ]);
    for (const { runs } of done.results.points) expect(runs.map(({ seed }) => seed)).toEqual([1, 2]);
    expect(done.importance).toMatchObject({ isExact: true, runs: 8, shares: [{}, {}, {}, {}] });
    expect(done.importance?.shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 10);
    const rows = await rowsOf(key);
    expect(rows.map(({ seed }) => seed)).toEqual([1, 1, 1, 1, 2, 2, 2, 2]);
    expect(rows.map(({ parameters }) => (parameters as { mutationRate: number }).mutationRate)).toEqual([
      0.05, 0.05, 0.2, 0.2, 0.05, 0.05, 0.2, 0.2,
    ]);
    const startedAt = rows.map((row) => row.startedAt?.getTime() ?? 0);
    expect(startedAt).toEqual(startedAt.toSorted((a, b) => a - b));
    expect(rows.every(({ computeSeconds }) => computeSeconds > 0)).toBe(true);
  });

  it("gives the same archives as its runs alone", async () => {
    const { key } = await start({ replicates: 1 });
    const started = await api().query(
      `mutation($input: StartEvolutionInput!) { startEvolution(input: $input) { ... on StartEvolutionSuccess { run { id key } } ... on Error { message } } }`,
      { input: { ...inputOf({}).run.evolution, offspring: 12, parameters: { mutationRate: 0.2 } } },
    );
    await work();
    await reach(key, "SUCCEEDED");
    const number = Number(started.body.data.startEvolution.run.key.slice(4));
    const alone = () => api().database.connection.run.findFirstOrThrow({ where: { number, workspaceId: localWorkspaceId } });
    await expect.poll(async () => (await alone()).state, { timeout: 30_000 }).toBe("SUCCEEDED");
    const { archiveHash } = await alone();
    expect((await rowsOf(key))[3]).toMatchObject({ archiveHash, name: "Mutation rate 0.2, offspring 12, seed 1" });
  });
});

describe("the queue", () => {
  it("never has more jobs of a sweep than there are workers", async () => {
    const { key } = await start({ replicates: 10 });
    const waiting = (await rowsOf(key)).filter(({ admittedAt }) => admittedAt !== null);
    expect(waiting).toHaveLength(1);
    await control("cancelSweep", key);
    expect((await rowsOf(key)).every(({ state }) => state === "CANCELLED")).toBe(true);
  });

  it("computes no more runs at a time than the sweep allows", async () => {
    const { key } = await start({ limits: { concurrency: 1 }, generations: 8 });
    await Promise.all([work({ milliseconds: 2 }), work({ milliseconds: 2 })]);
    let most = 0;
    await expect
      .poll(
        async () => {
          const { progress, state } = await readProgress(key);
          most = Math.max(most, progress["running"] ?? 0);
          return state;
        },
        { timeout: 60_000, interval: 10 },
      )
      .toBe("SUCCEEDED");
    expect(most).toBe(1);
  });

  inFull("serves the few runs of one workspace before the many of another", async () => {
    const many = await start({ replicates: 6, generations: 6 });
    const few = await start({ replicates: 1, generations: 6 }, stranger);
    await work({ milliseconds: 2 });
    await reach(few.key, "SUCCEEDED", stranger);
    const ended = (await rowsOf(many.key)).filter(({ state }) => state === "SUCCEEDED").length;
    // One worker shares its time equally, so the 4 runs of one are done when the other has had about as many of its 24.
    expect(ended).toBeLessThanOrEqual(8);
    await reach(many.key, "SUCCEEDED");
    expect((await api().query('query { sweep(id: "SWP-1") { key } }', {}, stranger)).body.data.sweep).toEqual({ key: few.key });
  });

  inFull(
    "computes no more runs at once than the workspace may, whether they are of a sweep or not, and resumes once it has a place",
    async () => {
      await setRunLimits(api().database, { slug: "local", limit: 1 });
      try {
        const { key } = await start({ replicates: 1, generations: 8 });
        for (const seed of [1, 2])
          await api().query("mutation($input: StartEvolutionInput!) { startEvolution(input: $input) { __typename } }", {
            input: { ...inputOf({}).run.evolution, seed },
          });
        await Promise.all([work({ milliseconds: 2 }), work({ milliseconds: 2 }), work({ milliseconds: 2 })]);
        let most = 0;
        const isDone = async () => {
          const { running } = await readRunLimits(api().database.connection, { workspaceId: localWorkspaceId });
          most = Math.max(most, running);
          const left = await api().database.connection.run.count({ where: { state: { in: ["QUEUED", "RUNNING"] } } });
          return left === 0;
        };
        await expect.poll(isDone, { timeout: 100_000, interval: 10 }).toBe(true);
        expect(most).toBe(1);
        await reach(key, "SUCCEEDED");
      } finally {
        await setRunLimits(api().database, { slug: "local", limit: null });
      }
    },
  );

  it("gives two claims for the last place of a workspace to one of them, and none to a third", async () => {
    const { database } = api();
    const { key } = await start({ replicates: 3 });
    await database.connection.run.updateMany({ where: { state: "QUEUED" }, data: { admittedAt: new Date() } });
    await setRunLimits(database, { slug: "local", limit: 1 });
    try {
      const claims = (await rowsOf(key)).slice(0, 3).map(({ id: runId }) =>
        database.transaction(async (transaction) => {
          const next = await takeNextRun(transaction, { runId, kinds: ["evolution"] });
          return next === null ? null : claimRun(transaction, { runId: next, workerId: "worker", leaseSeconds: 60 });
        }),
      );
      expect((await Promise.all(claims)).filter((run) => run !== null)).toHaveLength(1);
    } finally {
      await setRunLimits(database, { slug: "local", limit: null });
      await control("cancelSweep", key);
    }
  });

  it("gives a workspace with a larger share more of the time, and the others the rest", async () => {
    const { database } = api();
    await setRunLimits(database, { slug: "local", share: 4 });
    try {
      const other = await start({ generations: 6 }, stranger);
      const larger = await start({ generations: 6 });
      await work({ milliseconds: 2 });
      await reach(larger.key, "SUCCEEDED");
      const ended = (await rowsOf(other.key, stranger.workspaceId as string)).filter(({ state }) => state === "SUCCEEDED").length;
      // With equal shares, 7 or 8 of its 8 runs would have ended; a quarter of the time is enough for 2.
      expect(ended).toBeGreaterThan(0);
      expect(ended).toBeLessThan(6);
      await reach(other.key, "SUCCEEDED", stranger);
    } finally {
      await setRunLimits(database, { slug: "local", share: 1 });
    }
  });

  inFull("starts the sweep of the highest priority first", async () => {
    const low = await start({ limits: { priority: "LOW" } });
    const high = await start({ limits: { priority: "HIGH" } });
    await work();
    await Promise.all([reach(low.key, "SUCCEEDED"), reach(high.key, "SUCCEEDED")]);
    const last = (await rowsOf(high.key)).at(-1)?.startedAt?.getTime() ?? Number.NaN;
    // One low run may have been admitted before the other sweep was started.
    const first = (await rowsOf(low.key))[1]?.startedAt?.getTime() ?? Number.NaN;
    expect(first).toBeGreaterThan(last);
  });
});

describe("the subscription to changes", () => {
  it("has the progress and the results of each change", async () => {
    const { key } = await start();
    const socket = await openRawSocket(api().url);
    const query = `subscription { sweepChanges(sweepId: "${key}") { state progress { succeeded } results { points { count } } } }`;
    socket.subscribe("changes", query);
    await work();
    const last = (): unknown => socket.received.findLast(({ type }) => type === "next")?.payload;
    const points = Array.from({ length: 4 }, () => ({ count: 2 }));
    const sweepChanges = { state: "SUCCEEDED", progress: { succeeded: 8 }, results: { points } };
    await expect.poll(last, { timeout: 30_000 }).toEqual({ data: { sweepChanges } });
    await socket.close();
  });
});

describe("control", () => {
  it("pauses all runs at their checkpoints, resumes them, and ends with the results of an uninterrupted sweep", async () => {
    const plain = await start({ generations: 20 });
    await work();
    await reach(plain.key, "SUCCEEDED");
    for (const worker of workers.splice(0)) await worker.close();
    const { key } = await start({ generations: 20 });
    await work({ milliseconds: 5 });
    await expect.poll(async () => (await readProgress(key)).progress["evaluations"], { timeout: 20_000, interval: 20 }).toBeGreaterThan(0);
    await control("pauseSweep", key);
    await expect.poll(async () => (await readProgress(key)).progress, { timeout: 20_000, interval: 20 }).toMatchObject({ running: 0 });
    const paused = await read(key);
    await sleep(300);
    expect(await read(key)).toMatchObject({ state: "PAUSED", reason: "Paused by a user.", progress: paused.progress });
    await control("resumeSweep", key);
    await reach(key, "SUCCEEDED");
    const hashes = async (sweep: string) => (await rowsOf(sweep)).map(({ archiveHash }) => archiveHash);
    expect(await hashes(key)).toEqual(await hashes(plain.key));
  });

  it.each([
    ["a user pauses", (key: string) => control("pauseSweep", key)],
    ["a spent budget pauses", (_: string, sweepId: string) => pauseSpentSweep(api().database, sweepId)],
  ] as const)("takes the slots back that %s during their admission", async (_, pause) => {
    const { database } = api();
    const { key } = await start({ limits: { maxEvaluations: 1 } });
    const sweepId = (await rowsOf(key))[0]?.sweepId ?? "";
    await database.connection.run.updateMany({ where: { sweepId }, data: { admittedAt: null, evaluations: 1 } });
    const pausing = await database.transaction(async (transaction) => {
      expect(await admitRuns(transaction)).toHaveLength(1);
      let isPaused = false;
      const paused = (async () => {
        await pause(key, sweepId);
        isPaused = true;
      })();
      const waits = () => database.connection.$queryRaw<unknown[]>`
        SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      await expect.poll(async () => isPaused || (await waits()).length > 0, { timeout: 10_000, interval: 10 }).toBe(true);
      // The transaction commits first.
      return { paused };
    });
    await pausing.paused;
    expect((await readProgress(key)).state).toBe("PAUSED");
    expect((await rowsOf(key)).filter(({ admittedAt }) => admittedAt !== null)).toEqual([]);
  });

  it("cancels one run alone, or all that have not ended", async () => {
    const { key, results } = await start({ generations: 200 });
    await work({ milliseconds: 5 });
    const run = results.points[3]?.runs[1]?.key;
    await api().query("mutation($input: RunInput!) { cancelRun(input: $input) { __typename } }", { input: { runId: run } });
    expect((await readProgress(key)).progress).toMatchObject({ cancelled: 1 });
    await expect.poll(async () => (await readProgress(key)).progress["running"], { timeout: 20_000 }).toBe(1);
    await control("cancelSweep", key);
    await expect.poll(async () => (await readProgress(key)).progress["cancelled"], { timeout: 20_000 }).toBe(8);
    expect((await read(key)).state).toBe("CANCELLED");
  });
});

describe("a budget", () => {
  it("pauses the sweep when it is spent, and the sweep ends after the budget is raised", async () => {
    const { key } = await start({ limits: { maxEvaluations: 150 } });
    await work();
    const paused = await reach(key, "PAUSED");
    expect(paused.reason).toBe("Its budget of 150 evaluations is spent. Raise the budget and resume it, or cancel it.");
    await expect.poll(async () => (await readProgress(key)).progress["running"], { timeout: 20_000 }).toBe(0);
    const spent = (await readProgress(key)).progress["evaluations"] ?? 0;
    expect(spent).toBeGreaterThanOrEqual(150);
    expect(spent).toBeLessThan(400);
    await api().query("mutation($input: ChangeSweepInput!) { changeSweep(input: $input) { __typename } }", {
      input: { sweepId: key, limits: { maxEvaluations: 1000 } },
    });
    await control("resumeSweep", key);
    expect((await reach(key, "SUCCEEDED")).progress).toMatchObject({ succeeded: 8, evaluations: 400 });
  });

  it("also counts seconds of computing", async () => {
    const { key } = await start({ limits: { maxSeconds: 1 }, generations: 500 });
    await work({ milliseconds: 2 });
    expect((await reach(key, "PAUSED")).reason).toContain("s of computing is spent");
    await control("cancelSweep", key);
  });
});

describe("a lost worker", () => {
  it("does not lose its run: another one continues the sweep", async () => {
    const { key } = await start({ replicates: 1 });
    const [first] = (await rowsOf(key)).filter(({ admittedAt }) => admittedAt !== null);
    const lost = { runId: first?.id ?? "", workerId: "lost", leaseSeconds: 0 };
    expect(await api().database.transaction((transaction) => claimRun(transaction, lost))).not.toBeNull();
    await work();
    expect((await reach(key, "SUCCEEDED")).progress).toMatchObject({ succeeded: 4 });
  });
});

describe("a plan that cannot be run", () => {
  const refuse = async (input: object) => {
    const { body } = await api().query(
      "mutation($input: StartSweepInput!) { startSweep(input: $input) { __typename ... on Error { message } ... on InvalidInputError { field } } }",
      { input },
    );
    const preview = await api().query("query($input: StartSweepInput!) { planSweep(input: $input) { runCount } }", { input });
    const { message, field } = body.data.startSweep;
    expect(preview.body.errors[0].message).toBe(message);
    return [field, message];
  };

  it.each([
    [
      { axes: [{ path: "parameters.mutationRate", values: [0.1, 3] }] },
      ["input.axes.0", 'Axis "Mutation rate", value 3: Mutation rate must be from 0 to 1.'],
    ],
    [
      { axes: [{ path: "offspring", values: [8, 9] }] },
      ["input.axes.0", 'Axis "Offspring", value 9: "offspring" must be even: each pair of parents has two children.'],
    ],
    [
      { axes: [{ path: "parameters.nonsense", values: [1] }] },
      ["input.axes.0", expect.stringContaining('Axis "nonsense", value 1: Unknown parameter "nonsense".')],
    ],
    [
      { axes: [{ path: "generations", values: ["ten"] }] },
      ["input.axes.generations", 'Axis "Generations": the value ten is not a whole number.'],
    ],
    [
      { axes: [{ path: "parameters.mutationRate", range: { from: 0.5, to: 0.1, scale: "LINEAR", count: 3 } }] },
      ["input.axes.parameters.mutationRate", 'Axis "Mutation rate": the range must begin below its end, but 0.5 is not below 0.1.'],
    ],
    [
      { axes: [{ path: "generations", range: { from: 1, to: 900, scale: "INTEGER", count: 200 } }], replicates: 11 },
      ["input.axes", "200 points with 11 seeds are 2,200 runs; a sweep has at most 2,000."],
    ],
    [
      { limits: { maxEvaluations: -1 } },
      ["input.limits.maxEvaluations", '"limits.maxEvaluations" must be a whole number from 1 to 1000000000000.'],
    ],
  ])("is refused with its axis and value (%#)", async (settings, expected) => {
    expect(await refuse(inputOf(settings))).toEqual(expected);
  });
});

describe("an idempotency key", () => {
  const send = async (keys: { readonly own?: string; readonly ofRun?: string }, replicates = 1) => {
    const { run, ...rest } = inputOf({ replicates });
    const evolution = { ...run.evolution, ...(keys.ofRun === undefined ? {} : { idempotencyKey: keys.ofRun }) };
    const input = { ...rest, run: { evolution }, ...(keys.own === undefined ? {} : { idempotencyKey: keys.own }) };
    const query = `mutation ($input: StartSweepInput!) { startSweep(input: $input) {
      __typename ... on StartSweepSuccess { sweep { key } } ... on InvalidInputError { field } } }`;
    return (await api().query(query, { input })).body.data.startSweep;
  };

  it("starts one sweep, as a field of the input or of its run; of two, that of the input counts", async () => {
    const first = await send({ own: "own" });
    expect(first).toEqual({ __typename: "StartSweepSuccess", sweep: { key: expect.stringMatching(/^SWP-/) } });
    expect(await send({ own: "own" })).toEqual(first);
    const second = await send({ ofRun: "of the run" });
    expect(await send({ ofRun: "of the run" })).toEqual(second);
    const third = await send({ own: "both", ofRun: "of the run" });
    expect(await send({ own: "both", ofRun: "of the run" })).toEqual(third);
    expect(new Set([first, second, third].map(({ sweep }) => sweep.key)).size).toBe(3);
  });

  it("is a conflict with another input, and refused if it is empty", async () => {
    await send({ own: "other" });
    expect(await send({ own: "other" }, 2)).toMatchObject({ __typename: "ConflictError" });
    expect(await send({ own: "" })).toEqual({ __typename: "InvalidInputError", field: "input.idempotencyKey" });
  });
});
