/** Successive halving through the API and real workers: what runs to which rung, who decides, and what interruptions change. */
import { claimRun } from "@pareidolia/persistence/lab/runs/claimRun";
import { admitRuns } from "@pareidolia/persistence/lab/sweeps/admitRuns";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { describe, expect, it } from "vitest";
import { inFull } from "../../support/extent/inFull.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { evolveContext } from "../../support/runs.ts";
import { storePattern } from "../../support/storePattern.ts";
import { openSweepBench } from "../../support/sweepBench.ts";

const { api, workers, work, inputOf, start, read, readProgress, control, reach, rowsOf } = openSweepBench();

/** Four points of very different rates: rungs at generations 2, 4 and 8 keep 2, 1 and 1 of them. */
const settings = {
  generations: 12,
  axes: [{ path: "parameters.mutationRate", values: [0.0001, 0.3, 0.01, 0.1] }],
  earlyStopping: { halving: { minimum: 2, eta: 2 } },
};
const offspring = 8;

interface Rung {
  readonly at: number;
  readonly entered: number;
  readonly kept: number;
  readonly reached: number;
  readonly decidedAt: string | null;
  readonly points: readonly { readonly point: number; readonly nines: number; readonly rank: number; readonly kept: boolean }[];
}

async function readRungs(key: string): Promise<readonly Rung[]> {
  const query = "query($id: ID!) { sweep(id: $id) { rungs { at entered kept reached decidedAt points { point nines rank kept } } } }";
  return (await api().query(query, { id: key })).body.data.sweep.rungs;
}

const ranked = (rungs: readonly Rung[]) => rungs.map(({ points }) => points.map(({ point, nines, kept }) => [point, nines, kept]));

/** Sets every waiting run of the sweep to its first rung, with a median that grows with the run's number. */
async function bringToFirstRung(key: string): Promise<void> {
  for (const [i, { id }] of (await rowsOf(key)).entries()) {
    const median = 0.1 * (i + 1);
    const { connection } = api().database;
    await connection.run.update({ where: { id }, data: { admittedAt: null, rungReachedAt: new Date(), median } });
    await connection.rungResult.create({ data: { runId: id, rung: 0, median } });
  }
}

describe("a sweep with successive halving", () => {
  it("runs the best half of the points on from each rung, and stops the others there", async () => {
    const { key } = await start(settings);
    await Promise.all([work(), work()]);
    const { progress, results } = await reach(key, "SUCCEEDED");
    const rungs = await readRungs(key);
    expect(rungs.map(({ at, entered, kept, reached }) => [at, entered, kept, reached])).toEqual([
      [2, 4, 2, 8],
      [4, 2, 1, 4],
      [8, 1, 1, 2],
    ]);
    for (const { decidedAt, points } of rungs) {
      expect(decidedAt).not.toBeNull();
      expect(points.map(({ nines }) => nines)).toEqual(points.map(({ nines }) => nines).toSorted((a, b) => b - a));
      expect(points.map(({ rank }) => rank)).toEqual(points.map((_, i) => i + 1));
    }
    const last = rungs.map(({ points }) => points.filter(({ kept }) => !kept).map(({ point }) => point));
    const endOf = (point: number): number => [2, 4, 8][last.findIndex((stopped) => stopped.includes(point))] ?? settings.generations;
    for (const [point, { runs }] of results.points.entries())
      for (const run of runs) {
        const end = endOf(point);
        expect([run.state, run.stoppedBy, run.evaluations]).toEqual([
          "SUCCEEDED",
          end === settings.generations ? null : "HALVING",
          (end + 1) * offspring,
        ]);
      }
    expect(progress).toMatchObject({ succeeded: 8, stoppedEarly: 6 });
    expect(results.savedEvaluations).toBe(2 * offspring * (2 * 10 + 8));
  });

  inFull("decides the same whatever interrupts it, and its best runs have the archives of a sweep without it", async () => {
    const { key } = await start(settings);
    const worker = await work({ milliseconds: 1 });
    await expect.poll(async () => (await readProgress(key)).progress["evaluations"], { timeout: 20_000, interval: 10 }).toBeGreaterThan(0);
    await worker.close();
    workers.length = 0;
    // A worker that claimed a run and vanished.
    const [first] = (await rowsOf(key)).filter(({ admittedAt, state }) => admittedAt !== null && state === "QUEUED");
    if (first !== undefined)
      await api().database.transaction((transaction) => claimRun(transaction, { runId: first.id, workerId: "lost", leaseSeconds: 0 }));
    await Promise.all([work(), work()]);
    await reach(key, "SUCCEEDED");
    const again = await reach((await start(settings)).key, "SUCCEEDED");
    expect(ranked(await readRungs(key))).toEqual(ranked(await readRungs(again.key)));
    const { earlyStopping: _, ...without } = settings;
    const plain = await reach((await start(without)).key, "SUCCEEDED");
    const all = await rowsOf(plain.key);
    const survivors = (await rowsOf(key)).map(({ stoppedBy }) => stoppedBy === null);
    expect(survivors.filter(Boolean)).toHaveLength(2);
    for (const [i, row] of (await rowsOf(key)).entries()) if (survivors[i]) expect(row.archiveHash).toBe(all[i]?.archiveHash);
  });

  it("decides a rung once, and never before its last run is there", async () => {
    const { key } = await start(settings);
    await bringToFirstRung(key);
    const [late] = await rowsOf(key);
    await api().database.connection.run.update({ where: { id: late?.id ?? "" }, data: { rungReachedAt: null } });
    await api().database.transaction(admitRuns);
    expect((await readRungs(key))[0]).toMatchObject({ decidedAt: null, points: [] });
    await api().database.connection.run.update({ where: { id: late?.id ?? "" }, data: { rungReachedAt: new Date() } });
    await Promise.all(Array.from({ length: 4 }, () => api().database.transaction(admitRuns)));
    const [rung] = await readRungs(key);
    expect(rung?.points.map(({ point, kept }) => [point, kept])).toEqual([
      [3, true],
      [2, true],
      [1, false],
      [0, false],
    ]);
    const rows = await rowsOf(key);
    expect(rows.map((row) => [row.state, row.stoppedBy, row.rung])).toEqual(
      [0, 1, 2, 3, 0, 1, 2, 3].map((point) => (point > 1 ? ["QUEUED", null, 1] : ["SUCCEEDED", "HALVING", 0])),
    );
    const events = await api().database.connection.runEvent.findMany({ where: { runId: rows[0]?.id ?? "" }, orderBy: { seq: "asc" } });
    expect(events.at(-1)?.payload).toMatchObject({
      to: "SUCCEEDED",
      reason: "Stopped at rung 1: its point came 4 of 4, with 0.17 nines; the best 2 continue.",
    });
    await control("cancelSweep", key);
  });

  it("does not wait for runs that were cancelled, and waits while it is paused", async () => {
    const { key } = await start({ ...settings, replicates: 1 });
    await bringToFirstRung(key);
    const [first] = await rowsOf(key);
    await api().database.connection.run.update({ where: { id: first?.id ?? "" }, data: { rungReachedAt: null } });
    await control("pauseSweep", key);
    await api().query("mutation($input: RunInput!) { cancelRun(input: $input) { __typename } }", {
      input: { runId: `RUN-${first?.number}` },
    });
    await api().database.transaction(admitRuns);
    expect((await readRungs(key))[0]?.decidedAt).toBeNull();
    expect((await read(key)).results.points.map(({ runs }) => runs[0]?.waitsAtRung)).toEqual([null, 1, 1, 1]);
    await control("resumeSweep", key);
    const [rung] = await readRungs(key);
    expect(rung).toMatchObject({ entered: 4, kept: 2 });
    await control("cancelSweep", key);
  });
});

describe("a run at whose rung a request arrives", () => {
  it.each([
    ["cancelSweep", "CANCELLED"],
    ["pauseSweep", "PAUSED"],
  ] as const)("follows %s instead of waiting there", async (action, state) => {
    const { database, objectStore } = api();
    const { key } = await start(settings);
    const [first] = (await rowsOf(key)).filter(({ admittedAt }) => admittedAt !== null);
    const runId = first?.id ?? "";
    let refresh: (() => Promise<void>) | undefined;
    const classifier = createLinearClassifier({
      input: { width: 8, height: 8, channels: 1 },
      classes: 5,
      // Each generation takes 4 calls, from 0, so this is in generation 2, the last before the rung.
      duringPredict: async (call) => {
        if (call !== 9) return;
        await control(action, key);
        await refresh?.();
      },
    });
    const context = { database, objectStore, classifier, checkpointSeconds: 60 };
    await carryOutRun({ runId }, evolveContext({ ...context, onHeld: (_, lease) => (refresh = lease?.refresh) }));
    const run = await database.connection.run.findUniqueOrThrow({ where: { id: runId }, include: { rungResults: true } });
    expect(run).toMatchObject({ state, control: "NONE", generation: 2, rungReachedAt: null, rungResults: [] });
    if (state === "PAUSED") await control("cancelSweep", key);
  });
});

describe("a run that is resumed after its sweep has ended", () => {
  const rowOf = (id: string) => api().database.connection.run.findUniqueOrThrow({ where: { id } });
  async function resume(number: number): Promise<void> {
    const { body } = await api().query("mutation($input: RunInput!) { resumeRun(input: $input) { __typename ... on Error { message } } }", {
      input: { runId: `RUN-${number}` },
    });
    expect(body.data.resumeRun.message).toBeUndefined();
  }

  it("continues to its own end in a cancelled sweep, also from the rung at which it waited", async () => {
    const { connection } = api().database;
    const { key } = await start({ ...settings, replicates: 1 });
    const [waiting, paused, failed] = await rowsOf(key);
    if (waiting === undefined || paused === undefined || failed === undefined) throw new Error("The sweep has too few runs.");
    await connection.run.updateMany({ where: { sweepId: waiting.sweepId, id: { not: waiting.id } }, data: { state: "PAUSED" } });
    await work();
    await expect.poll(async () => (await rowOf(waiting.id)).rungReachedAt, { timeout: 20_000 }).not.toBeNull();
    // As an import leaves a sweep that had not ended.
    const here = { state: "PAUSED", admittedAt: null, rungReachedAt: null } as const;
    await connection.run.update({ where: { id: waiting.id }, data: here });
    await connection.run.update({ where: { id: failed.id }, data: { state: "QUEUED" } });
    await connection.run.update({ where: { id: failed.id }, data: { state: "FAILED", failure: "It broke.", endedAt: new Date() } });
    await connection.sweep.update({ where: { id: waiting.sweepId ?? "" }, data: { state: "CANCELLED", endedAt: new Date() } });
    for (const { id, number } of [waiting, paused, failed]) {
      await resume(number);
      await expect.poll(async () => (await rowOf(id)).state, { timeout: 20_000 }).toBe("SUCCEEDED");
      expect(await rowOf(id)).toMatchObject({ stoppedBy: null, generation: settings.generations });
    }
  });

  inFull("follows the stored decision about its point, however long ago its sweep succeeded", async () => {
    const { connection } = api().database;
    const { key } = await start({ ...settings, replicates: 1 });
    const [run] = await rowsOf(key);
    if (run === undefined) throw new Error("The sweep has no runs.");
    await connection.run.update({ where: { id: run.id }, data: { state: "FAILED", failure: "It broke.", endedAt: new Date() } });
    await work();
    await reach(key, "SUCCEEDED");
    const monthAgo = new Date(Date.now() - 30 * 86_400_000);
    await connection.sweep.update({ where: { id: run.sweepId ?? "" }, data: { endedAt: monthAgo } });
    await resume(run.number);
    await expect.poll(async () => (await rowOf(run.id)).state, { timeout: 20_000 }).toBe("SUCCEEDED");
    expect(await rowOf(run.id)).toMatchObject({ stoppedBy: "HALVING", generation: 2 });
    await reach(key, "SUCCEEDED");
  });
});

describe("a sweep of ascents with successive halving", () => {
  it("stops the worse half at a number of evaluations, with the trajectories so far as best images", async () => {
    const { evolution } = inputOf({}).run;
    const { experimentId, seed } = evolution;
    const ascent = { experimentId, modelId: evolution.modelId, preset: "paper-unregularised", classes: [0, 1], starts: 1, seed };
    const axes = [
      { path: "parameters.iterations", values: [40] },
      { path: "parameters.decay", values: [0, 0.5] },
    ];
    const input = { run: { ascent }, axes, replicates: 1, earlyStopping: { halving: { minimum: 10, eta: 2 } } };
    const { body } = await api().query(
      "mutation($input: StartSweepInput!) { startSweep(input: $input) { ... on StartSweepSuccess { sweep { key } } ... on Error { message } } }",
      { input },
    );
    expect(body.data.startSweep.message).toBeUndefined();
    const { key } = body.data.startSweep.sweep;
    await work();
    const { results } = await reach(key, "SUCCEEDED");
    const ended = results.points.map(({ runs }) => [runs[0]?.stoppedBy ?? null, runs[0]?.evaluations ?? 0]);
    expect(ended.map(([stoppedBy]) => stoppedBy)).toContain("HALVING");
    expect(ended.filter(([stoppedBy]) => stoppedBy === null)).toHaveLength(1);
    for (const [stoppedBy, evaluations] of ended) if (stoppedBy === "HALVING") expect(evaluations).toBeGreaterThanOrEqual(10);
    const images =
      "query($id: ID!) { sweep(id: $id) { bestTrajectories { class run { key } } bestElites { id } log(first: 100) { totalCount nodes { change { to reason } } } } }";
    const { sweep } = (await api().query(images, { id: key })).body.data;
    expect(sweep.bestTrajectories.map((row: { class: number }) => row.class)).toEqual([0, 1]);
    expect(sweep.bestElites).toEqual([]);
    const steps = sweep.log.nodes.map(({ change }: { change: { to: string; reason: string } }) => change);
    expect(sweep.log.totalCount).toBe(steps.length);
    expect(steps.filter(({ reason }: { reason: string }) => reason.startsWith("Waits at rung 1, after 10 evaluations"))).toHaveLength(2);
  });
});

describe("a sweep of attacks with successive halving", () => {
  it("ends the worse attack at a number of evaluations, and shows the surest success at each bound", async () => {
    const { experimentId, seed, modelId } = inputOf({}).run.evolution;
    const { connection } = api().database;
    const sha256 = await storePattern(api().database, api().objectStore);
    const { id } = await connection.photo.findFirstOrThrow({ where: { imageSha256: sha256 } });
    const sourceId = Buffer.from(`Photo:${id}`).toString("base64url");
    const perturbation = { experimentId, modelId, sourceId, attack: "pgd", preset: "paper-mnist", bounds: [16, 64, 128], seed };
    // The first attack takes steps that are too small to succeed at the first bound, where it shows the original class more surely.
    const axes = [{ path: "parameters.stepSize", values: [0.001, 0.25] }];
    const input = { run: { perturbation }, axes, replicates: 1, earlyStopping: { halving: { minimum: 40, eta: 2 } } };
    const { body } = await api().query(
      "mutation($input: StartSweepInput!) { startSweep(input: $input) { ... on StartSweepSuccess { sweep { key } } ... on Error { message } } }",
      { input },
    );
    expect(body.data.startSweep.message).toBeUndefined();
    const { key } = body.data.startSweep.sweep;
    await work();
    const { results } = await reach(key, "SUCCEEDED");
    expect(results.points.map(({ runs }) => [runs[0]?.stoppedBy, runs[0]?.evaluations])).toEqual([
      ["HALVING", 40],
      [null, 120],
    ]);
    const rungs = await readRungs(key);
    expect(rungs.map(({ at, entered, kept, reached }) => [at, entered, kept, reached])).toEqual([
      [40, 2, 1, 2],
      [80, 1, 1, 1],
    ]);
    expect(rungs[0]?.points.map(({ point, kept }) => [point, kept])).toEqual([
      [1, true],
      [0, false],
    ]);
    const stored = await connection.perturbation.findMany({ where: { run: { sweep: { number: Number(key.slice(4)) } } } });
    const [failed] = stored.filter(({ success }) => !success);
    const surest = stored.find(({ success, bound }) => success && bound === failed?.bound);
    expect(failed?.storedConfidence).toBeGreaterThan(surest?.storedConfidence ?? 1);

    const images =
      "query($id: ID!, $point: Int) { sweep(id: $id) { bestPerturbations(point: $point) { bound storedConfidence run { key } } bestElites { id } bestTrajectories { id } } }";
    const read = async (point: number | null) => (await api().query(images, { id: key, point })).body.data.sweep;
    const bestAt = (bound: number) =>
      Math.max(...stored.filter((row) => row.success && row.bound === bound).map((row) => row.storedConfidence));
    const all = await read(null);
    expect(all.bestPerturbations.map((row: { bound: number; storedConfidence: number }) => [row.bound, row.storedConfidence])).toEqual(
      [16, 64, 128].map((bound) => [bound, bestAt(bound)]),
    );
    expect([all.bestElites, all.bestTrajectories]).toEqual([[], []]);
    const [, survivor] = results.points.map(({ runs }) => runs[0]?.key);
    const keysOf = async (point: number) =>
      new Set((await read(point)).bestPerturbations.map((row: { run: { key: string } }) => row.run.key));
    expect(await keysOf(1)).toEqual(new Set([survivor]));
    // The point that ended at the first rung has no success at any bound.
    expect(await keysOf(0)).toEqual(new Set());
  });
});

describe("a plan with successive halving", () => {
  const preview = (input: object) =>
    api().query("query($input: StartSweepInput!) { planSweep(input: $input) { evaluations rungs { at points } } }", { input });

  it("previews its rungs and the evaluations that they leave", async () => {
    const { body } = await preview(inputOf(settings));
    expect(body.data.planSweep.rungs).toEqual([
      { at: 2, points: 4 },
      { at: 4, points: 2 },
      { at: 8, points: 1 },
      { at: 12, points: 1 },
    ]);
    // 4 points to generation 2, 2 to 4 and 1 to 12, of (12 + 1) x 8 evaluations each, with 2 seeds.
    expect(body.data.planSweep.evaluations).toBeCloseTo((2 * 13 * 8 * (4 * 2 + 2 * 2 + 8)) / 12, 6);
  });

  it.each([
    [{ minimum: 12 }, "The first rung must be below 12 generations, at which every run ends."],
    [{ minimum: 0 }, '"earlyStopping.halving.minimum" must be a whole number from 1 to 1000000000.'],
    [{ minimum: 2, eta: 1 }, '"earlyStopping.halving.eta" must be a whole number from 2 to 10.'],
  ])("is refused with the reason (%#)", async (halving, message) => {
    const { body } = await preview(inputOf({ ...settings, earlyStopping: { halving } }));
    expect(body.errors[0].message).toBe(message);
  });
});
