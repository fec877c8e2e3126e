/** Restoring exports: runs return with everything that was exported, and are exported again identically. */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import type { Actor } from "@pareidolia/core/actor";
import { encodePng } from "@pareidolia/images/png";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { verifyRun } from "@pareidolia/workers/verification/verifyRun";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localOwner, stranger } from "../../support/actors.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { changeBundle } from "../../support/changeBundle.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { makeProductExport } from "../../support/productExport.ts";
import { carryOutImport, changeImport, handIn } from "../../support/productImport.ts";
import { seedAscent, seedPerturbation } from "../../support/queuedRuns.ts";
import {
  carriedOut,
  classifier,
  contextOf,
  exportFrom,
  readRun,
  restore,
  restoredRuns,
  rowCounts,
  seedPhoto,
  startOtherServer,
  wideModel,
} from "../../support/restoringBench.ts";
import { seedRun } from "../../support/runs.ts";
import { zipOf } from "../../support/zipOf.ts";

/** Two servers: what one exports, the other restores. */
let here: TestApi;
let there: TestApi;

async function keyOf(runId: string): Promise<string> {
  return `RUN-${(await readRun(here, runId)).number}`;
}

// oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of the answer
async function ask(api: TestApi, query: string, variables: Record<string, unknown> = {}, actor: Actor = localOwner): Promise<any> {
  const { body } = await api.query(query, variables, actor);
  if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
  return body.data;
}

async function fork(api: TestApi, key: string, generation: number): Promise<string> {
  const mutation = `mutation ($input: ForkRunInput!) { forkRun(input: $input) { ... on ForkRunSuccess { run { key } } ... on Error { message } } }`;
  const { forkRun } = await ask(api, mutation, { input: { runId: key, generation } });
  if (forkRun.run === undefined) throw new Error(forkRun.message);
  const number = Number(forkRun.run.key.slice("RUN-".length));
  const { id } = await api.database.connection.run.findFirstOrThrow({ where: { workspaceId: localWorkspaceId, number } });
  return carriedOut(api, id);
}

/** A sweep with the run as its only point, tags, notes and comments. */
async function describeRun(runId: string): Promise<void> {
  const { connection } = here.database;
  const { experimentId } = await readRun(here, runId);
  const sweep = {
    id: "sweep",
    workspaceId: localWorkspaceId,
    experimentId,
    createdById: localUserId,
    number: 1,
    name: "Seeds",
    plan: {
      kind: "evolution",
      base: {},
      axes: [],
      sampler: { kind: "grid" },
      seeds: [3],
      earlyStopping: { plateau: null, median: null, halving: { eta: 2, minimum: 3 } },
    },
    pointCount: 1,
    runCount: 1,
    state: "SUCCEEDED",
    reason: "All runs ended.",
    priority: 1,
  } as const;
  await connection.sweep.create({ data: { ...sweep, endedAt: new Date() } });
  await connection.tag.create({ data: { id: "tag", workspaceId: localWorkspaceId, name: "paper" } });
  await connection.runTag.create({ data: { runId, tagId: "tag" } });
  await connection.experimentTag.create({ data: { experimentId, tagId: "tag" } });
  await connection.run.update({
    where: { id: runId },
    data: { notes: "=1+1\nA line.", name: "First", sweepId: "sweep", sweepPoint: 0, sweepReplicate: 0, rung: 1, priority: 1 },
  });
  // It passed the first of two rungs.
  const decision = { sweepId: "sweep", point: 0, nines: 1.5, runs: 1, rank: 1 };
  await connection.rungDecision.createMany({
    data: [
      { ...decision, rung: 0, kept: true },
      { ...decision, rung: 1, nines: null, runs: 0, kept: false },
    ],
  });
  await connection.rungResult.createMany({ data: [0, 1].map((rung) => ({ runId, rung, median: 0.5 + rung / 10 })) });
  const createdAt = new Date();
  for (const [index, subject] of [{ runId }, { experimentId }, { runId }].entries()) {
    const row = {
      id: `comment_${index}`,
      workspaceId: localWorkspaceId,
      authorId: localUserId,
      body: `Comment ${index} @Stranger`,
      createdAt,
    };
    await connection.comment.create({ data: { ...row, ...subject } });
  }
}

/** Each genome of the runs with its first parent, by numbers of the runs and by addresses. */
async function linesOf({ database }: TestApi, runIds: readonly string[]): Promise<readonly (readonly number[])[]> {
  const address = { runId: true, generation: true, index: true } as const;
  const genomes = await database.connection.genome.findMany({
    where: { runId: { in: [...runIds] }, firstParentId: { not: null } },
    select: { ...address, firstParent: { select: address } },
  });
  const lines = genomes.map(({ firstParent, ...genome }) =>
    [genome, firstParent].flatMap((each) => [runIds.indexOf(each?.runId ?? ""), each?.generation ?? -1, each?.index ?? -1]),
  );
  return lines.sort((one, other) => (String(one) < String(other) ? -1 : 1));
}

let evolution: string;
let forked: string;
let forkOfFork: string;
let ascent: string;
let perturbation: string;
let large: string;

beforeAll(async () => {
  here = await startTestApi();
  there = await startOtherServer();
  evolution = await carriedOut(here, await seedRun(here.database, { seed: 3, encoding: "cppn" }));
  await describeRun(evolution);
  forked = await fork(here, "RUN-1", 5);
  forkOfFork = await fork(here, "RUN-2", 8);
  ascent = await carriedOut(here, await seedAscent(here.database));
  perturbation = await carriedOut(here, await seedPerturbation(here.database, { sourceSha256: await seedPhoto(here) }));
  large = await carriedOut(here, await seedRun(here.database, { seed: 4, model: wideModel, generations: 4 }));
  const png = (grey: number) => encodePng({ width: 4, height: 4, channels: 1, pixels: new Uint8Array(16).fill(grey) });
  const foreign = await handIn(
    here,
    await zipOf({ "mmm/map_gen_50/map_50_1_0.92.png": png(20), "mmm/bestfit.dat": "0 0.1 0.15 0.3 10 0.05\n" }),
    "mmm.zip",
  );
  await carryOutImport(here, foreign);
  await changeImport(here, "startImport", { importId: foreign });
  await carryOutImport(here, foreign);
});
afterAll(async () => {
  await here.close();
  await there.close();
});

/** Every row of generations, with the figures of the run that follow from the last. */
async function statisticsOf({ database: { connection } }: TestApi, runId: string) {
  const rows = await connection.generation.findMany({ where: { runId }, orderBy: { generation: "asc" }, omit: { runId: true } });
  return [rows, await connection.run.findUniqueOrThrow({ where: { id: runId }, select: { median: true, mean: true, best: true } })];
}

describe("an export", () => {
  it.each([
    ["an evolution", () => evolution],
    ["a fork without its original", () => forked],
    ["an ascent", () => ascent],
    ["attacks", () => perturbation],
    ["an evolution whose genomes are objects", () => large],
  ])("of %s is restored on another server, and exported again identically", async (_, runOf) => {
    const { made, archive } = await exportFrom(here, { subject: "RUN", subjectId: await keyOf(runOf()) });
    const restored = await restore(there, archive, { target: { experimentName: "Restored" } });
    expect(restored).toMatchObject({ state: "SUCCEEDED", failure: null, runCount: 1, experiments: [{ name: "Restored" }] });
    const [run] = await restoredRuns(there, restored.id);
    const again = await makeProductExport(there, { subject: "RUN", subjectId: `RUN-${run?.number}` });
    expect(again.tables).toEqual(made.tables);
    expect(await statisticsOf(there, run?.id ?? "")).toEqual(await statisticsOf(here, runOf()));
    expect([again.content, again.key === made.key && again.sha256 === made.sha256]).toEqual([made.content, false]);
    expect(restored.report.warnings[0]).toMatch(/scores were computed here again and are equal bit by bit/);
    // Again into the same workspace, into an experiment that is there.
    const [{ key }] = restored.experiments;
    const second = await restore(there, archive, { target: { experimentId: key } });
    expect(second).toMatchObject({ state: "SUCCEEDED", experiments: [{ key }] });
    const [other] = await restoredRuns(there, second.id);
    expect((await makeProductExport(there, { subject: "RUN", subjectId: `RUN-${other?.number}` })).content).toBe(made.content);
  });

  it("of an experiment with a sweep, a fork, tags and comments is restored with them", async () => {
    const { made, archive } = await exportFrom(here, { subject: "EXPERIMENT", subjectId: "EXP-1" });
    const restored = await restore(there, archive);
    expect(restored).toMatchObject({ state: "SUCCEEDED", failure: null, runCount: 3, experiments: [{ name: "Test" }] });
    const [original, copy, copyOfCopy] = await restoredRuns(there, restored.id);
    expect(original).toMatchObject({ name: "First", notes: "=1+1\nA line.", sweepPoint: 0, priority: 1, createdById: localUserId });
    expect(copy).toMatchObject({ forkedFromRunId: original?.id, forkGeneration: 5 });
    const halving = `query ($id: ID!) { node(id: $id) { ... on Run { sweep { rungs { number decidedAt points { point nines runs rank kept } } } } } }`;
    const rungs = (api: TestApi, id: string) => ask(api, halving, { id: encodeGlobalId("Run", id) });
    const decided = await rungs(here, evolution);
    expect(decided.node.sweep.rungs.flatMap(({ points }: { points: object[] }) => points)).toEqual([
      { point: 0, nines: 1.5, runs: 1, rank: 1, kept: true },
      { point: 0, nines: null, runs: 0, rank: 1, kept: false },
    ]);
    expect(await rungs(there, original?.id ?? "")).toEqual(decided);
    expect(original?.rung).toBe(1);
    const again = await makeProductExport(there, { subject: "EXPERIMENT", subjectId: restored.experiments[0].key });
    expect(again.tables).toEqual(made.tables);
    expect(again.content).toBe(made.content);
    // Comments keep the name of their author, and notify no member.
    const comments = await there.database.connection.comment.findMany({ where: { runId: original?.id ?? "" } });
    expect(comments.map(({ sourceAuthor }) => sourceAuthor)).toEqual([expect.any(String), expect.any(String)]);
    expect(await there.database.connection.notification.count()).toBe(0);
    // Lines of descent lead through the forks as they did.
    const lines = await linesOf(here, [evolution, forked, forkOfFork]);
    expect(new Set(lines.map(([run, , , parent]) => `${run} of ${parent}`))).toEqual(
      new Set(["0 of 0", "1 of 0", "1 of 1", "2 of 0", "2 of 1", "2 of 2"]),
    );
    expect(await linesOf(there, [original?.id ?? "", copy?.id ?? "", copyOfCopy?.id ?? ""])).toEqual(lines);
  });

  it("of a workspace is restored in an empty one, and exported again identically", async () => {
    const { made, archive } = await exportFrom(here, { subject: "WORKSPACE" });
    expect(made.tables.map(({ name }: { name: string }) => name)).toContain("imported_images");
    const restored = await restore(there, archive, { actor: stranger });
    expect(restored).toMatchObject({ state: "SUCCEEDED", failure: null, runCount: 7 });
    const again = await makeProductExport(there, { subject: "WORKSPACE" }, {}, stranger);
    expect(again.tables).toEqual(made.tables);
    expect(again.content).toBe(made.content);
  });

  it("gives runs that are forked and verified like those that were computed here", async () => {
    const { archive } = await exportFrom(here, { subject: "RUN", subjectId: await keyOf(evolution) });
    const restored = await restore(there, archive);
    const [run] = await restoredRuns(there, restored.id);
    if (run === undefined) throw new Error("There is no run.");
    const copy = await readRun(there, await fork(there, `RUN-${run.number}`, 5));
    expect(copy.archiveHash).toBe((await readRun(here, forked)).archiveHash);
    const verify = { ...contextOf(there), signal: new AbortController().signal, report: async () => undefined };
    expect(await verifyRun(run.id, verify)).toMatchObject({ verdict: "EQUAL", difference: null });
    const { node } = await ask(there, "query ($id: ID!) { node(id: $id) { ... on Run { state restoredFrom { workspace key at } } } }", {
      id: encodeGlobalId("Run", run.id),
    });
    expect(node).toEqual({
      state: "SUCCEEDED",
      restoredFrom: { workspace: expect.any(String), key: "RUN-1", at: expect.any(String) },
    });
  });

  it("of a run that had not ended gives one that can be resumed", async () => {
    const runId = await seedRun(here.database, { seed: 5, generations: 30 });
    const stop = new AbortController();
    const stopping = createLinearClassifier({
      input: classifier.input,
      classes: 5,
      duringPredict: (call) => (call === 17 ? stop.abort() : undefined),
    });
    await carryOutRun({ runId }, { ...contextOf(here), openClassifier: async () => stopping, stop: stop.signal });
    expect((await readRun(here, runId)).state).toBe("QUEUED");
    const { archive } = await exportFrom(here, { subject: "RUN", subjectId: await keyOf(runId) });
    const restored = await restore(there, archive);
    expect(restored.preview.warnings.join()).toMatch(/RUN-\d+ was not finished/);
    const [run] = await restoredRuns(there, restored.id);
    expect(run?.state).toBe("PAUSED");
    const resume = `mutation ($id: ID!) { resumeRun(input: { runId: $id }) { __typename ... on Error { message } } }`;
    expect(await ask(there, resume, { id: `RUN-${run?.number}` })).toEqual({ resumeRun: { __typename: "ResumeRunSuccess" } });
    await carriedOut(there, run?.id ?? "");
    await carriedOut(here, runId);
    expect((await readRun(there, run?.id ?? "")).archiveHash).toBe((await readRun(here, runId)).archiveHash);
  });

  it("of an unfinished sweep restores a sweep that can be resumed", async () => {
    const { connection } = here.database;
    const { id, state, plan } = await connection.sweep.findFirstOrThrow();
    const unhalved = { ...(plan as object), earlyStopping: { plateau: null, median: null, halving: null } };
    await connection.sweep.update({ where: { id }, data: { state: "RUNNING", endedAt: null, plan: unhalved } });
    const { archive } = await exportFrom(here, { subject: "EXPERIMENT", subjectId: "EXP-1" });
    await connection.sweep.update({ where: { id }, data: { state, endedAt: new Date(), plan: plan as object } });
    const restored = await restore(there, archive);
    expect(restored.preview.warnings.join()).toMatch(/SWP-\d+ will be paused\. .* Resume it/);
    const [run] = await restoredRuns(there, restored.id);
    const sweep = await there.database.connection.sweep.findUniqueOrThrow({ where: { id: run?.sweepId ?? "" } });
    expect([sweep.state, sweep.endedAt]).toEqual(["PAUSED", null]);
    const resume = `mutation ($id: ID!) { resumeSweep(input: { sweepId: $id }) { __typename ... on Error { message } } }`;
    expect(await ask(there, resume, { id: `SWP-${sweep.number}` })).toEqual({ resumeSweep: { __typename: "ResumeSweepSuccess" } });
  });

  it("of unfinished attacks restores a run that resumes with the missing bounds and gets the same result", async () => {
    const runId = await seedPerturbation(here.database, { sourceSha256: await seedPhoto(here), seed: 9 });
    const stop = new AbortController();
    let attacks = 0;
    const stopping = createLinearClassifier({
      input: classifier.input,
      classes: 5,
      duringPredict: () => {
        attacks += 1;
        if (attacks === 60) stop.abort();
      },
    });
    await carryOutRun({ runId }, { ...contextOf(here), openClassifier: async () => stopping, stop: stop.signal });
    await here.database.connection.run.update({ where: { id: runId }, data: { state: "PAUSED" } });
    const resultsOf = (api: TestApi, id: string) => api.database.connection.perturbation.count({ where: { runId: id } });
    const { archive } = await exportFrom(here, { subject: "RUN", subjectId: await keyOf(runId) });
    const restored = await restore(there, archive);
    expect(restored.preview.warnings.join()).toMatch(/RUN-\d+ was not finished: it will be paused, and can be resumed/);
    const [run] = await restoredRuns(there, restored.id);
    const id = run?.id ?? "";
    expect([run?.state, await resultsOf(there, id)]).toEqual(["PAUSED", await resultsOf(here, runId)]);
    for (const [api, paused] of [
      [there, id],
      [here, runId],
    ] as const) {
      await api.database.connection.run.update({ where: { id: paused }, data: { state: "QUEUED" } });
      await carriedOut(api, paused);
    }
    const [here1, there1] = [await readRun(here, runId), await readRun(there, id)];
    expect([there1.state, there1.archiveHash]).toEqual(["SUCCEEDED", here1.archiveHash]);
  });

  it("of an ascent that had not ended gives one that resumes from its checkpoint, to the same result", async () => {
    const runId = await seedAscent(here.database, { parameters: { iterations: 40 } });
    const stop = new AbortController();
    const stopping = createLinearClassifier({
      input: classifier.input,
      classes: 5,
      duringPredict: (call) => (call === 30 ? stop.abort() : undefined),
    });
    await carryOutRun({ runId }, { ...contextOf(here), openClassifier: async () => stopping, stop: stop.signal });
    await here.database.connection.run.update({ where: { id: runId }, data: { state: "PAUSED" } });
    const checkpointOf = async (api: TestApi, id: string) =>
      Buffer.from((await api.database.connection.runCheckpoint.findUniqueOrThrow({ where: { runId: id } })).bytes);
    const { made, archive } = await exportFrom(here, { subject: "RUN", subjectId: await keyOf(runId) });
    const restored = await restore(there, archive);
    expect(restored.preview.warnings.join()).toMatch(/RUN-\d+ was not finished: it will be paused, and can be resumed/);
    const [run] = await restoredRuns(there, restored.id);
    const id = run?.id ?? "";
    expect([run?.state, await checkpointOf(there, id)]).toEqual(["PAUSED", await checkpointOf(here, runId)]);
    const again = await makeProductExport(there, { subject: "RUN", subjectId: `RUN-${run?.number}` });
    expect([again.tables, again.content]).toEqual([made.tables, made.content]);
    for (const [api, paused] of [
      [there, id],
      [here, runId],
    ] as const) {
      await api.database.connection.run.update({ where: { id: paused }, data: { state: "QUEUED" } });
      await carriedOut(api, paused);
    }
    const [one, other] = [await readRun(there, id), await readRun(here, runId)];
    expect([one.state, one.archiveHash, one.evaluations]).toEqual(["SUCCEEDED", other.archiveHash, other.evaluations]);
  });

  it("goes to the trash when its import is undone, with the experiments that it made", async () => {
    const { archive } = await exportFrom(here, { subject: "EXPERIMENT", subjectId: "EXP-1" });
    const restored = await restore(there, archive);
    expect(await changeImport(there, "undoImport", { importId: restored.id })).toMatchObject({ runCount: 3, refused: [] });
    expect(await restoredRuns(there, restored.id)).toHaveLength(3);
    expect((await restoredRuns(there, restored.id)).every(({ trashedAt }) => trashedAt !== null)).toBe(true);
    const number = Number(restored.experiments[0].key.slice("EXP-".length));
    const experiment = await there.database.connection.experiment.findFirstOrThrow({ where: { workspaceId: localWorkspaceId, number } });
    expect(experiment.trashedAt).not.toBeNull();
  });

  it("takes no experiment or network when it has its own", async () => {
    const { archive } = await exportFrom(here, { subject: "EXPERIMENT", subjectId: "EXP-1" });
    const refused = await restore(there, archive, { target: { experimentId: "EXP-1" } });
    expect(refused).toMatchObject({ __typename: "InvalidInputError", field: "input.experimentId" });
  });
});

describe("a name in an export", () => {
  const hostile = "safe\u202Egpj.exe\nsecond\u200B line";
  const clean = "safegpj.exe second line";
  const renamed = <Row extends { readonly name: string }>(rows: Row[]): Row[] => rows.map((row) => ({ ...row, name: hostile }));

  it("is restored as one line that shows every character", async () => {
    const { archive } = await exportFrom(here, { subject: "EXPERIMENT", subjectId: "EXP-1" });
    const changed = await changeBundle(archive, {
      experiments: renamed,
      runs: renamed,
      sweeps: renamed,
      credits: (rows) => rows.map((row) => (row.table === "comments" ? { ...row, name: hostile } : row)),
    });
    const restored = await restore(there, changed);
    expect(restored).toMatchObject({ state: "SUCCEEDED", experiments: [{ name: clean }] });
    const runs = await restoredRuns(there, restored.id);
    expect(new Set(runs.map(({ name }) => name))).toEqual(new Set([clean]));
    const { connection } = there.database;
    expect(
      await connection.sweep.findMany({ where: { runs: { some: { importId: runs[0]?.importId ?? "" } } }, select: { name: true } }),
    ).toEqual([{ name: clean }]);
    const comments = await connection.comment.findMany({ where: { run: { importId: runs[0]?.importId ?? "" } } });
    expect(new Set(comments.map(({ sourceAuthor }) => sourceAuthor))).toEqual(new Set([clean]));
  });

  it("of an experiment must show something", async () => {
    const { archive } = await exportFrom(here, { subject: "EXPERIMENT", subjectId: "EXP-1" });
    const before = await rowCounts(there.database);
    const changed = await changeBundle(archive, { experiments: (rows) => rows.map((row) => ({ ...row, name: "\u202E \u200B" })) });
    expect(await restore(there, changed)).toMatchObject({ state: "FAILED", failure: expect.stringContaining("experiment 0 has no name") });
    expect(await rowCounts(there.database)).toEqual(before);
  });
});
