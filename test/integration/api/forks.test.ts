/** Forks and reruns through GraphQL and the worker's task: an unchanged fork repeats its original bit for bit, and lineages cross runs. */
import { deleteRunRows } from "@pareidolia/persistence/lab/runs/deleteRunRows";
import { analyse } from "@pareidolia/workers/tasks/analyse.task";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { verifyRun } from "@pareidolia/workers/verification/verifyRun";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MutationApi, startMutationApi } from "../../support/mutationApi.ts";
import { seedAscent } from "../../support/queuedRuns.ts";

let api: MutationApi;
beforeAll(async () => {
  api = await startMutationApi();
});
afterAll(() => api.close());

const readRun = (id: string) => api.database.connection.run.findUniqueOrThrow({ where: { id } });
const carryOut = async (runId: string) => carryOutRun({ runId }, api.context());
/** Everything that a run stored after a generation, without the identities of rows. */
async function resultsAfter(runId: string, generation: number) {
  const { connection } = api.database;
  const where = { runId, generation: { gt: generation } };
  const elites = await connection.elite.findMany({
    where,
    orderBy: [{ generation: "asc" }, { niche: "asc" }],
    include: { genome: { include: { firstParent: true, secondParent: true } } },
  });
  return {
    archiveHash: (await readRun(runId)).archiveHash,
    elites: elites.map(({ niche, generation: born, replacedAt, fitness, storedFitness, genome }) => ({
      niche,
      generation: born,
      replacedAt,
      fitness,
      storedFitness,
      sha256: genome.sha256,
      image: genome.imageSha256,
      parents: [genome.firstParent, genome.secondParent].map((parent) => parent && [parent.generation, parent.index, parent.sha256]),
    })),
    statistics: (await connection.generation.findMany({ where, orderBy: { generation: "asc" } })).map(
      ({ runId: _runId, chainHash: _chainHash, ...row }) => row,
    ),
  };
}
const verify = (runId: string) =>
  verifyRun(runId, { ...api.context(), signal: new AbortController().signal, report: async () => undefined });

describe("a fork", () => {
  it.each([0, 5, 11])("without changes repeats its original bit for bit from generation %d on, and verifies", async (generation) => {
    const original = await api.runIdOf("RUN-1");
    const { run } = await api.mutate("forkRun", { runId: "RUN-1", generation });
    expect(run).toMatchObject({
      state: "QUEUED",
      forkedFrom: { key: "RUN-1" },
      forkedFromGeneration: generation,
      generation,
      differences: [],
    });
    const fork = await api.runIdOf(run.key);
    await carryOut(fork);
    const expected = await resultsAfter(original, generation);
    expect(await resultsAfter(fork, generation)).toEqual(expected);
    expect(expected.archiveHash).toMatch(/^[0-9a-f]{64}$/);
    expect(await verify(fork)).toMatchObject({ verdict: "EQUAL", steps: 12 - generation, firstStep: generation + 1 });
  });

  it("with changes differs, says in what, and can be forked again, but not before its own start", async () => {
    const parameters = { mutationRate: 0.3, insertion: "argmax" };
    const { run } = await api.mutate("forkRun", { runId: "RUN-1", generation: 4, parameters, generations: 20, seed: 9 });
    expect(run.differences).toEqual([
      { name: "generations", label: "Generations", before: 12, after: 20 },
      { name: "mutationRate", label: "Mutation rate", before: 0.1, after: 0.3 },
      { name: "insertion", label: "Insertion", before: "every-class", after: "argmax" },
      { name: "seed", label: "Seed", before: 1, after: 9 },
    ]);
    const fork = await api.runIdOf(run.key);
    await carryOut(fork);
    expect(await readRun(fork)).toMatchObject({ state: "SUCCEEDED", generation: 20, evaluations: 21 * 8 });
    expect((await resultsAfter(fork, 4)).archiveHash).not.toBe((await resultsAfter(await api.runIdOf("RUN-1"), 4)).archiveHash);
    expect(await verify(fork)).toMatchObject({ verdict: "EQUAL", steps: 16 });
    expect(await api.mutate("forkRun", { runId: run.key, generation: 3 })).toMatchObject({
      __typename: "InvalidInputError",
      field: "input.generation",
    });
    const again = (await api.mutate("forkRun", { runId: run.key, generation: 10 })).run;
    const second = await api.runIdOf(again.key);
    await carryOut(second);
    expect(await resultsAfter(second, 10)).toEqual(await resultsAfter(fork, 10));
  });

  it("shows its ancestors in the original, in an elite's line and in the phylogeny", async () => {
    const { run } = await api.mutate("forkRun", { runId: "RUN-1", generation: 8, seed: 3 });
    const fork = await api.runIdOf(run.key);
    await carryOut(fork);
    const fields = `phylogeny { nodeCount nodes { generation parents current } } archive { niche ancestry { elite { run { key } } }
      genome { generation parents { run { key } } } }`;
    const { body } = await api.query(`{ node(id: "${run.key}") { ... on EvolutionRun { ${fields} } } }`);
    expect(body.errors).toBeUndefined();
    const { phylogeny, archive } = body.data.node;
    const young = phylogeny.nodes.filter(({ generation }: { generation: number }) => generation > 0);
    for (const { parents } of young) expect(parents.length).toBeGreaterThan(0);
    expect(phylogeny.nodes.flatMap(({ current }: { current: number[] }) => current).sort()).toEqual([0, 1, 2, 3, 4]);
    const lines = archive.map(({ ancestry }: { ancestry: { elite: { run: { key: string } } }[] }) =>
      ancestry.map(({ elite }) => elite.run.key),
    );
    expect(lines.flat()).toContain("RUN-1");
    for (const line of lines) expect(line[0]).toBe(run.key);
  });

  it("resumes and verifies after its original is deleted", async () => {
    const { connection } = api.database;
    const copy = (await api.mutate("forkRun", { runId: "RUN-1", generation: 6 })).run;
    const original = await api.runIdOf(copy.key);
    await carryOut(original);
    const { run } = await api.mutate("forkRun", { runId: copy.key, generation: 9 });
    const fork = await api.runIdOf(run.key);
    const expected = await resultsAfter(original, 9);
    await deleteRunRows(connection, original);
    await carryOut(fork);
    expect((await resultsAfter(fork, 9)).archiveHash).toBe(expected.archiveHash);
    expect(await verify(fork)).toMatchObject({ verdict: "EQUAL", steps: 3 });
    const { body } = await api.query(
      `{ node(id: "${run.key}") { ... on Run { forkedFrom { key } forkedFromGeneration differences { name } } } }`,
    );
    expect(body.data.node).toEqual({ forkedFrom: null, forkedFromGeneration: 9, differences: null });
  });

  it("is refused with the field and what to do, and writes nothing", async () => {
    const before = await api.snapshot();
    const refusal = async (input: object) => {
      const { __typename: type, field, message } = await api.mutate("forkRun", { runId: "RUN-1", generation: 3, ...input });
      return [type, field, message];
    };
    expect(await refusal({ generation: 13 })).toEqual(["InvalidInputError", "input.generation", expect.stringContaining("from 0 to 12")]);
    expect(await refusal({ generations: 3 })).toEqual(["InvalidInputError", "input.generations", expect.stringContaining("at least 4")]);
    expect(await refusal({ parameters: { pixels: "8-bit" } })).toEqual([
      "InvalidInputError",
      "input.parameters.pixels",
      expect.stringContaining("new run"),
    ]);
    expect(await refusal({ parameters: { mutationRate: 2 } })).toEqual([
      "InvalidInputError",
      "input.parameters.mutationRate",
      expect.anything(),
    ]);
    expect(await refusal({ seed: -1 })).toEqual(["InvalidInputError", "input.seed", expect.anything()]);
    expect(await refusal({ runId: "RUN-999" })).toEqual(["NotFoundError", undefined, expect.anything()]);
    expect(await api.snapshot()).toBe(before);
    const ascent = await seedAscent(api.database);
    const { number } = await readRun(ascent);
    expect(await refusal({ runId: `RUN-${number}` })).toEqual([
      "InvalidInputError",
      "input.runId",
      expect.stringContaining("Run it again with changes"),
    ]);
  });

  it("is created once for an idempotency key", async () => {
    const input = { runId: "RUN-1", generation: 2, idempotencyKey: "fork-once" };
    const first = await api.mutate("forkRun", input);
    expect(await api.mutate("forkRun", input)).toEqual(first);
    expect(await api.mutate("forkRun", { ...input, generation: 3 })).toMatchObject({ __typename: "ConflictError" });
  });
});

describe("a rerun", () => {
  it("names the run that it repeats, and the settings that differ", async () => {
    const input = {
      experimentId: "EXP-1",
      modelId: api.modelId,
      encoding: "direct",
      preset: "paper",
      seed: 2,
      generations: 12,
      offspring: 8,
    };
    const { run } = await api.mutate("startEvolution", { ...input, parameters: { mutationRate: 0.2 }, rerunOfId: "RUN-1" });
    expect(run).toMatchObject({
      rerunOf: { key: "RUN-1" },
      differences: [
        { name: "mutationRate", label: "Mutation rate", before: 0.1, after: 0.2 },
        { name: "seed", label: "Seed", before: 1, after: 2 },
      ],
    });
    expect(await api.mutate("startEvolution", { ...input, rerunOfId: "RUN-999" })).toMatchObject({
      __typename: "NotFoundError",
    });
  });
});

describe("a verification", () => {
  it("is queued, computed by a worker and shown on the run, and computed again on request", async () => {
    const fields =
      "chainHash provenance { engines codeVersions lockFileHashes } verification { verdict unit steps engine difference { step } analysis { state } }";
    const read = async () => (await api.query(`{ node(id: "RUN-1") { ... on Run { ${fields} } } }`)).body.data.node;
    expect(await read()).toMatchObject({ verification: null, chainHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const { verification } = await api.mutate("verifyRun", { runId: "RUN-1" });
    expect(verification).toMatchObject({ verdict: null, analysis: { state: "QUEUED" } });
    const { id: analysisId } = await api.database.connection.analysis.findFirstOrThrow({ where: { kind: "verification" } });
    await analyse({ analysisId }, api.context());
    const done = await read();
    expect(done.verification).toEqual({
      verdict: "EQUAL",
      unit: "generations",
      steps: 13,
      engine: "linear, for tests",
      difference: null,
      analysis: { state: "SUCCEEDED" },
    });
    expect(done.provenance).toMatchObject({ engines: ["linear, for tests"], codeVersions: [expect.stringMatching(/^\d+\.\d+\.\d+/)] });
    expect(done.provenance.lockFileHashes).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
    const elite = await api.database.connection.elite.findFirstOrThrow({ where: { run: { number: 1 }, generation: 0 } });
    await api.database.connection.elite.update({ where: { id: elite.id }, data: { fitness: elite.fitness / 2 } });
    await api.mutate("verifyRun", { runId: "RUN-1" });
    await analyse({ analysisId }, api.context());
    expect((await read()).verification).toMatchObject({ verdict: "DIFFERENT", difference: { step: 0 } });
  });

  it("is refused for a run that has not ended", async () => {
    const { run } = await api.mutate("forkRun", { runId: "RUN-1", generation: 1 });
    expect(await api.mutate("verifyRun", { runId: run.key })).toMatchObject({
      __typename: "ConflictError",
      message: expect.stringContaining("has not ended yet"),
    });
  });
});
