/** The outcomes of runs of all kinds in one experiment, each in its own unit, over real HTTP and Postgres. */
import { seedModels } from "@pareidolia/persistence/models/zooModels";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MutationApi, startMutationApi } from "../../support/mutationApi.ts";
import { testModel } from "../../support/runs.ts";

let api: MutationApi;
const outcome = "kind reached total unit reachedMeans medianConfidence runCount model { slug }";

beforeAll(async () => {
  // RUN-1 in EXP-1 is an evolution with five classes.
  api = await startMutationApi();
  const shared = { experimentId: "EXP-1", modelId: api.modelId, seed: 1 };
  const ascent = { ...shared, preset: await api.presetOf(), parameters: { iterations: 30 }, classes: [1, 4], starts: 2 };
  const { run: climbed } = await api.mutate("startAscent", ascent);
  await carryOutRun({ runId: await api.runIdOf(climbed.key) }, api.context());
  const photo = await api.storePhoto();
  const attack = { ...shared, sourceId: photo.id, attack: "fgsm", preset: await api.presetOf("fgsm"), bounds: [1, 2, 4, 100, 255] };
  const { run: attacked } = await api.mutate("startPerturbation", attack);
  await carryOutRun({ runId: await api.runIdOf(attacked.key) }, api.context());
  const digits = { ...testModel, id: "ten", width: 28, height: 28, sha256: "4".repeat(64), labels: Array.from("0123456789") };
  await seedModels(api.database.connection, [digits]);
  const { nodes } = (await api.query("{ models { nodes { id slug } } }")).body.data.models;
  const modelId = nodes.find(({ slug }: { slug: string }) => slug === "ten").id;
  const chain = { ...shared, modelId, name: "C", dataset: "mnist", iterations: 2, preset: "quick" };
  await api.mutate("startChain", chain);
  await api.database.connection.chainLink.updateMany({ where: { iteration: 1 }, data: { state: "SUCCEEDED", medianConfidence: 0.9 } });
  await api.database.connection.chainLink.updateMany({ where: { iteration: 2 }, data: { state: "SUCCEEDED", medianConfidence: 0.4 } });
});
afterAll(() => api.close());

describe("an outcome", () => {
  it("counts classes of an evolution, trajectories of an ascent, attacks of a perturbation, networks of a chain", async () => {
    const { body } = await api.query(`{ runs(orderBy: { field: CREATED_AT, direction: ASC }) { nodes { kind outcome { ${outcome} } } } }`);
    expect(body.errors).toBeUndefined();
    const byKind = Object.fromEntries(body.data.runs.nodes.map((run: { kind: string; outcome: object }) => [run.kind, run.outcome]));
    expect(byKind["evolution"]).toMatchObject({
      total: 5,
      unit: "classes",
      reachedMeans: "≥ .9999",
      runCount: 1,
      model: { slug: "linear" },
    });
    expect(byKind["ascent"]).toMatchObject({ total: 4, unit: "trajectories" });
    const succeeded = await api.database.connection.perturbation.count({ where: { success: true } });
    expect(succeeded).toBeGreaterThan(0);
    expect(byKind["perturbation"]).toMatchObject({
      reached: succeeded,
      total: 5,
      unit: "attacks",
      reachedMeans: "label changed",
      medianConfidence: null,
    });
    expect(byKind["retraining"]).toMatchObject({ reached: 2, total: 3, unit: "networks", medianConfidence: 0.4 });
  });

  it("pools the runs of one kind against one model, so that an experiment's median is that of its evolutions", async () => {
    const { body } = await api.query(`{ node(id: "EXP-1") { ... on Experiment { outcomes { ${outcome} } } }
      runs(filter: { kind: ["evolution", "ascent"] }) { nodes { kind outcome { reached total medianConfidence } } } }`);
    expect(body.errors).toBeUndefined();
    const { outcomes } = body.data.node;
    expect(outcomes.map(({ kind, total, runCount }: Record<string, unknown>) => [kind, total, runCount])).toEqual([
      ["evolution", 5, 1],
      ["ascent", 4, 1],
      ["perturbation", 5, 1],
      ["retraining", 3, 1],
    ]);
    for (const run of body.data.runs.nodes)
      expect(outcomes.find(({ kind }: { kind: string }) => kind === run.kind)).toMatchObject(run.outcome);
  });

  it("counts the empty niches of an evolution as not reached", async () => {
    const { run } = await api.mutate("startEvolution", {
      experimentId: "EXP-1",
      modelId: api.modelId,
      encoding: "direct",
      preset: "paper",
      generations: 3,
      seed: 9,
    });
    const { body } = await api.query(`{ node(id: "${run.key}") { ... on Run { outcome { reached total medianConfidence } } } }`);
    expect(body.data.node.outcome).toEqual({ reached: 0, total: 5, medianConfidence: null });
  });
});
