/** The outcomes of runs of all kinds in one experiment, each in its own unit, over real HTTP and Postgres. */
import { seedModels } from "@pareidolia/persistence/lab/models/zooModels";
import { writeFigures } from "@pareidolia/persistence/lab/runs/writeFigures";
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
  const { connection } = api.database;
  const { id: runId } = await connection.run.findFirstOrThrow({ where: { kind: "retraining" } });
  // Both links have ended, but no image of the second has a confidence of .9999.
  const { sha256: imageSha256 } = await connection.image.findFirstOrThrow();
  for (const [iteration, medianConfidence, storedConfidence] of [
    [1, 0.9, 0.99995],
    [2, 0.4, 0.9998],
  ] as const) {
    const { id: linkId } = await connection.chainLink.findFirstOrThrow({ where: { runId, iteration } });
    await connection.chainElite.create({ data: { linkId, niche: 0, confidence: 1, storedConfidence, imageSha256 } });
    await connection.chainLink.update({ where: { id: linkId }, data: { state: "SUCCEEDED", medianConfidence } });
  }
  await writeFigures(connection, [runId]);
});
afterAll(() => api.close());

describe("an outcome", () => {
  it("counts classes of an evolution, trajectories of an ascent, attacks of a perturbation, networks of a chain", async () => {
    const { body } = await api.query(
      `{ runs(orderBy: { field: CREATED_AT, direction: ASC }) { nodes { kind median outcome { ${outcome} } } } }`,
    );
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
      reachedMeans: "succeeded",
    });
    const rows = await api.database.connection.perturbation.findMany({ select: { success: true, storedConfidence: true } });
    const confidences = rows.map(({ success, storedConfidence }) => (success ? storedConfidence : 0)).toSorted((a, b) => a - b);
    expect(confidences[0]).toBe(0);
    expect(byKind["perturbation"].medianConfidence).toBe(confidences[2]);
    // As the run itself has it, by which tables sort and sweeps rank.
    const medians = body.data.runs.nodes.map(({ median }: { median: number | null }) => median);
    expect(medians).toContain(confidences[2]);
    expect(byKind["retraining"]).toMatchObject({ reached: 1, total: 3, unit: "networks", medianConfidence: 0.4 });
  });

  it("pools the runs of one kind against one model, so that an experiment's median is that of its evolutions", async () => {
    const { body } = await api.query(`{ node(id: "EXP-1") { ... on Experiment { outcomes { ${outcome} } } }
      runs(search: "kind IN (evolution, ascent)") { nodes { kind outcome { reached total medianConfidence } } } }`);
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

  const columns = ["reached", "results", "measure", "median"];

  interface FoundRun {
    readonly key: string;
    readonly kind: string;
    readonly median: number | null;
    readonly foolingCount: number;
    readonly nicheCount: number;
    readonly cells: readonly (string | number | null)[];
    readonly outcome: Readonly<Record<"reached" | "total" | "medianConfidence" | "runCount", number>> & Readonly<Record<string, string>>;
  }

  async function readAll(): Promise<readonly FoundRun[]> {
    const fields = `key kind median foolingCount nicheCount outcome { ${outcome} } cells(columns: ${JSON.stringify(columns)})`;
    const { body } = await api.query(`{ runs(orderBy: { field: CREATED_AT, direction: ASC }) { nodes { ${fields} } } }`);
    expect(body.errors).toBeUndefined();
    return body.data.runs.nodes;
  }

  it("is the same in the run, the cells of tables and files, searches, groups and comparisons, for every kind", async () => {
    const runs = await readAll();
    expect(new Set(runs.map(({ kind }) => kind))).toEqual(new Set(["evolution", "ascent", "perturbation", "retraining"]));
    for (const run of runs) {
      const { reached, total, medianConfidence, unit, reachedMeans } = run.outcome;
      const measure = `${unit} ${reachedMeans}`;
      expect(run, run.kind).toMatchObject({ median: medianConfidence, foolingCount: reached, nicheCount: total });
      expect(run.cells).toEqual([reached, total, measure, medianConfidence]);
      const conditions = `reached = ${reached} AND fooling = ${reached} AND results = ${total} AND measure = "${measure}" AND run = ${run.key}`;
      const median = medianConfidence === null ? "median = none" : `median >= ${medianConfidence} AND median <= ${medianConfidence}`;
      const { body } = await api.query(
        `query ($search: String!, $entries: [ComparedRunsInput!]!) { runs(search: $search) { nodes { key } }
          runGroups(search: $search, groupBy: ["kind"]) { nodes { outcomes { kind kindLabel unit reachedMeans isMeasured runCount reached total } } }
          runComparison(entries: $entries) { outcomes { kinds { kind unit reachedMeans isMeasured runCount reached total median { runCount mean } } } } }`,
        { search: `${conditions} AND ${median}`, entries: [{ runIds: [run.key] }] },
      );
      expect(body.errors).toBeUndefined();
      expect(body.data.runs.nodes).toEqual([{ key: run.key }]);
      const one = { kind: run.kind, unit, reachedMeans, isMeasured: true, runCount: 1, reached, total };
      expect(body.data.runGroups.nodes).toMatchObject([{ outcomes: [one] }]);
      const [compared] = body.data.runComparison.outcomes[0].kinds;
      expect(compared).toMatchObject(one);
      if (medianConfidence === null) expect(compared.median).toBeNull();
      else expect(compared.median.mean).toBeCloseTo(medianConfidence, 12);
    }
  });

  it("follows from the stored results, as workers have left them", async () => {
    const before = await readAll();
    expect(before.some(({ median }) => median !== null)).toBe(true);
    const rows = await api.database.connection.run.findMany({ select: { id: true } });
    await writeFigures(
      api.database.connection,
      rows.map(({ id }) => id),
    );
    expect(await readAll()).toEqual(before);
  });

  it("of a group or an entry with several kinds is kept apart, each in its own unit", async () => {
    const runs = await readAll();
    const { body } = await api.query(
      `query ($entries: [ComparedRunsInput!]!) { runGroups(groupBy: ["experiment"]) { nodes { outcomes { unit runCount reached total } } }
        runComparison(entries: $entries) { outcomes { kinds { unit runCount reached total } } } }`,
      { entries: [{ name: "all", runIds: runs.map(({ key }) => key) }] },
    );
    expect(body.errors).toBeUndefined();
    const pooled = ["classes", "trajectories", "attacks", "networks"].map((unit) => {
      const of = runs.filter((run) => run.outcome["unit"] === unit);
      const sum = (name: "reached" | "total") => of.reduce((total, run) => total + run.outcome[name], 0);
      return { unit, runCount: of.length, reached: sum("reached"), total: sum("total") };
    });
    expect(body.data.runGroups.nodes).toEqual([{ outcomes: pooled }]);
    expect(body.data.runComparison.outcomes).toEqual([{ kinds: pooled }]);
  });

  it("is kept by a saved comparison", async () => {
    const [run] = (await readAll()).filter(({ kind }) => kind === "perturbation");
    const kept = "outcomes { kinds { unit reachedMeans reached total median { mean } } }";
    const { body } = await api.query(
      `mutation ($input: SaveComparisonInput!) { saveComparison(input: $input) { ... on SavedComparisonSuccess { savedComparison { ${kept} } } } }`,
      { input: { entries: [{ runIds: [run?.key] }], title: "Attacks" } },
    );
    expect(body.errors).toBeUndefined();
    const { reached, total } = run?.outcome ?? {};
    expect(body.data.saveComparison.savedComparison.outcomes).toMatchObject([
      { kinds: [{ unit: "attacks", reachedMeans: "succeeded", reached, total }] },
    ]);
  });
});
