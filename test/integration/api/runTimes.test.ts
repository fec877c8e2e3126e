/** Waited, computed, elapsed and the speed of runs: the same values by the same rule on runs, in lists, groups and sweeps. */
import { claimRun } from "@pareidolia/persistence/lab/runs/claimRun";
import { failRun } from "@pareidolia/persistence/lab/runs/lease";
import { handBackRun, pauseForOutage } from "@pareidolia/persistence/lab/runs/outagePause";
import { pauseSpentSweep } from "@pareidolia/persistence/lab/sweeps/controlSweep";
import { measureSweeps } from "@pareidolia/persistence/lab/sweeps/readSweeps";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MutationApi, startMutationApi } from "../../support/mutationApi.ts";
import { seedAscent, seedPerturbation } from "../../support/queuedRuns.ts";
import { seedRun } from "../../support/runs.ts";

let api: MutationApi;
let runId: string;
beforeAll(async () => {
  api = await startMutationApi();
  runId = await api.runIdOf("RUN-1");
});
afterAll(() => api.close());

const at = (seconds: number) => new Date(Date.parse("2026-11-27T12:00:00Z") + seconds * 1000);

/** Waited 47 s, computed for 15 of the 45 s from start to end, 1,440 evaluations, of which the last second had 581. */
const times = {
  createdAt: at(0),
  startedAt: at(47),
  countedAt: at(92),
  endedAt: at(92),
  computeSeconds: 15,
  evaluations: 1440,
  speed: 581,
};

const change = (id: string, data: object) => api.database.connection.run.update({ where: { id }, data });

async function readTimes(key = "RUN-1") {
  const { body } = await api.query(
    `query ($id: ID!) { node(id: $id) { ... on Run { speed waitedSeconds computedSeconds elapsedSeconds
      cells(columns: ["speed", "waited", "computed", "elapsed"]) } } }`,
    { id: key },
  );
  expect(body.errors).toBeUndefined();
  const { cells, ...fields } = body.data.node;
  // The table of runs, its file and the command line have the cells.
  expect(cells).toEqual([fields.speed, fields.waitedSeconds, fields.computedSeconds, fields.elapsedSeconds]);
  return fields;
}

/** The same number on the run and in lists. */
async function readEvaluations(key: string) {
  const { body } = await api.query(
    `query ($id: ID!) { node(id: $id) { ... on Run { evaluations progress cells(columns: ["evaluations"]) } } }`,
    {
      id: key,
    },
  );
  expect(body.errors).toBeUndefined();
  const { cells, ...fields } = body.data.node;
  expect(cells).toEqual([fields.evaluations]);
  return fields;
}

describe("a run that has ended", () => {
  it("has the mean speed over its computing, and its times by name", async () => {
    await change(runId, times);
    expect(await readTimes()).toEqual({ speed: 96, waitedSeconds: 47, computedSeconds: 15, elapsedSeconds: 45 });
  });

  it("has the same speed in groups and in the estimates of new runs", async () => {
    await change(runId, times);
    const { body } =
      await api.query(`{ runGroups(search: "run = 1", groupBy: ["kind"], measures: ["speed", "elapsed", "waited", "computed"]) {
        nodes { measures { mean } } }
      models(first: 20) { nodes { slug measuredSpeed } } }`);
    expect(body.errors).toBeUndefined();
    expect(body.data.runGroups.nodes[0].measures.map(({ mean }: { mean: number }) => mean)).toEqual([96, 45, 47, 15]);
    expect(body.data.models.nodes.find(({ slug }: { slug: string }) => slug === "linear").measuredSpeed).toBe(96);
  });

  it("has the speed of its own evaluations if it is a fork", async () => {
    const { run } = await api.mutate("forkRun", { runId: "RUN-1", generation: 5 });
    const fork = await api.runIdOf(run.key);
    const { evaluations: inherited } = await api.database.connection.run.findUniqueOrThrow({ where: { id: fork } });
    expect(inherited).toBeGreaterThan(0);
    expect((await readTimes(run.key)).speed).toBeNull();
    await change(fork, { ...times, evaluations: inherited + 1440 });
    expect((await readTimes(run.key)).speed).toBe(96);
  });

  it("leaves out steps that a trajectory skipped by ending early", async () => {
    const ascent = await seedAscent(api.database, { classes: [0], starts: 1 });
    const { number } = await change(ascent, times);
    const trajectory = { class: 0, start: 0, step: 239, ended: true, confidence: 0.5, storedConfidence: 0.5 };
    const { imageSha256 } = await api.database.connection.genome.findFirstOrThrow({ where: { runId } });
    await api.database.connection.trajectory.create({
      data: {
        id: "t",
        runId: ascent,
        imageSha256,
        ...trajectory,
        curveSteps: [],
        curveConfidences: [],
        curveStoredConfidences: [],
        curveNorms: [],
      },
    });
    expect((await readTimes(`RUN-${number}`)).speed).toBe(16);
    expect(await readEvaluations(`RUN-${number}`)).toEqual({ evaluations: 240, progress: 1 });
    // Gradients per second say nothing about how long an evolution takes.
    const { body } = await api.query("{ models(first: 20) { nodes { slug measuredSpeed } } }");
    expect(body.data.models.nodes.find(({ slug }: { slug: string }) => slug === "linear").measuredSpeed).toBe(96);
  });

  it("leaves out steps that an attack skipped by ending early, also in the budget of its sweep", async () => {
    const { connection } = api.database;
    const { imageSha256 } = await connection.genome.findFirstOrThrow({ where: { runId } });
    const attack = await seedPerturbation(api.database, { sourceSha256: imageSha256, attack: "pgd", bounds: [4, 8] });
    const { evaluationGoal } = (await connection.run.findUniqueOrThrow({ where: { id: attack } })).plan as { evaluationGoal: number };
    // One of its two attacks has ended, after 3 steps.
    const { number, workspaceId, experimentId, createdById } = await change(attack, { state: "PAUSED", evaluations: evaluationGoal / 2 });
    const image = { imageSha256, originalSha256: imageSha256 };
    const classes = { originalClass: 0, storedClass: 1, originalConfidence: 0.9, storedConfidence: 0.6, confidence: 0.6 };
    await connection.perturbation.create({
      data: { id: "p", runId: attack, index: 0, bound: 4, success: true, steps: 3, linf: 4, l2: 9, l0: 7, ...image, ...classes },
    });
    expect(await readEvaluations(`RUN-${number}`)).toEqual({ evaluations: 3, progress: 0.5 });

    const owner = { workspaceId, experimentId, createdById };
    const plan = { kind: "perturbation", base: {}, axes: [], sampler: { kind: "grid" }, seeds: [1], earlyStopping: null };
    await connection.sweep.create({
      data: { id: "attacks", ...owner, number: 90, name: "Attacks", plan, pointCount: 1, runCount: 1, state: "RUNNING", maxEvaluations: 4 },
    });
    await change(attack, { sweepId: "attacks", sweepPoint: 0, sweepReplicate: 0, state: "QUEUED" });
    const [measured] = await measureSweeps(connection, ["attacks"]);
    expect(measured?.evaluations).toBe(3);
    expect(await pauseSpentSweep(api.database, "attacks")).toBe(false);
    await connection.perturbation.update({ where: { id: "p" }, data: { steps: 4 } });
    expect(await pauseSpentSweep(api.database, "attacks")).toBe(true);
  });
});

it("a running run has the speed of its last interval, and times up to its last checkpoint", async () => {
  const running = await seedRun(api.database);
  const { number } = await api.database.connection.run.findUniqueOrThrow({ where: { id: running } });
  expect(await readTimes(`RUN-${number}`)).toEqual({ speed: null, waitedSeconds: null, computedSeconds: 0, elapsedSeconds: null });
  const lease = { state: "RUNNING", leaseToken: "t", leaseExpiresAt: new Date(Date.now() + 60_000), workerId: "w" } as const;
  await change(running, { ...times, ...lease, endedAt: null, countedAt: at(67) });
  expect(await readTimes(`RUN-${number}`)).toEqual({ speed: 581, waitedSeconds: 47, computedSeconds: 15, elapsedSeconds: 20 });
});

it("a sweep waited until its first run started, and elapsed from there to its end; its runs' computing is added up", async () => {
  const { connection } = api.database;
  const { body } = await api.query(
    `mutation ($input: StartSweepInput!) { startSweep(input: $input) { ... on StartSweepSuccess { sweep { key } } ... on Error { message } } }`,
    { input: sweepInput() },
  );
  expect(body.errors).toBeUndefined();
  const { key } = body.data.startSweep.sweep;
  const number = Number(key.split("-")[1]);
  const sweep = await connection.sweep.findFirstOrThrow({ where: { number }, include: { runs: { orderBy: { number: "asc" } } } });
  await connection.sweep.update({ where: { id: sweep.id }, data: { createdAt: at(0), endedAt: at(109) } });
  for (const [i, run] of sweep.runs.entries()) await change(run.id, { ...times, startedAt: at(47 + i) });
  const progress = await api.query(
    `query ($id: ID!) { node(id: $id) { ... on Sweep { progress { waitedSeconds computedSeconds elapsedSeconds } } } }`,
    { id: key },
  );
  expect(progress.body.data.node.progress).toEqual({
    waitedSeconds: 47,
    computedSeconds: 15 * sweep.runs.length,
    elapsedSeconds: 62,
  });
});

const sweepInput = () => ({
  run: {
    evolution: { experimentId: "EXP-1", modelId: api.modelId, encoding: "direct", preset: "paper", seed: 1, generations: 2, offspring: 4 },
  },
  axes: [{ path: "offspring", values: [4, 6] }],
});

describe("the seconds of a worker that leaves a run", () => {
  const leave = {
    fails: (lease: { runId: string; leaseToken: string }) =>
      api.database.transaction((transaction) => failRun(transaction, lease, "It broke.")),
    "is paused by an outage": (lease: { runId: string; leaseToken: string }) =>
      api.database.transaction((transaction) => pauseForOutage(transaction, { ...lease, reason: "The store is down." })),
    "is handed back": (lease: { runId: string; leaseToken: string }) =>
      api.database.transaction((transaction) => handBackRun(transaction, { ...lease, reason: "The worker stops." })),
  } as const;
  it.each(Object.keys(leave) as (keyof typeof leave)[])("count if it %s", async (how) => {
    const left = await seedRun(api.database);
    const claimed = await api.database.transaction((transaction) =>
      claimRun(transaction, { runId: left, workerId: "w", leaseSeconds: 60 }),
    );
    await change(left, { countedAt: new Date(Date.now() - 10_000) });
    await leave[how]({ runId: left, leaseToken: claimed?.leaseToken ?? "" });
    const { computeSeconds } = await api.database.connection.run.findUniqueOrThrow({ where: { id: left } });
    expect(computeSeconds).toBeGreaterThanOrEqual(9.9);
    expect(computeSeconds).toBeLessThan(60);
  });
});
