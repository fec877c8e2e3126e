/** Analyses of images by GraphQL, over real HTTP and Postgres: transfer, ablation, ancestry, difficulty, diversity. */
import { analyse } from "@pareidolia/workers/tasks/analyse.task";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findLeaks } from "../../support/leaks.ts";
import { type MutationApi, startMutationApi } from "../../support/mutationApi.ts";

let api: MutationApi;
beforeAll(async () => {
  api = await startMutationApi();
  // RUN-2 is an ascent.
  const ascentInput = { experimentId: "EXP-1", modelId: api.modelId, preset: await api.presetOf(), parameters: { iterations: 1 }, seed: 1 };
  const { run } = await api.mutate("startAscent", ascentInput);
  await carryOutRun({ runId: await api.runIdOf(run.key) }, api.context());
});
afterAll(() => api.close());

describe("analyses of images", () => {
  it("show whether the images that fool one network also fool its twin", async () => {
    const matrix = `{ transferMatrix(experimentId: "EXP-1") { unscored models { slug }
      cells { images source { slug } other { slug } sameTop { estimate low high } confidentOnBoth { estimate } otherConfidence { probability value } } } }`;
    expect((await api.query(matrix)).body.data.transferMatrix.unscored).toBe(5);
    const { analysis } = await api.mutate("scoreTransfer", { experimentId: "EXP-1" });
    expect(analysis).toMatchObject({ kind: "transfer", state: "QUEUED" });
    const { id } = await api.database.connection.analysis.findFirstOrThrow({ where: { kind: "transfer" } });
    await analyse({ analysisId: id }, api.context());
    const { body } = await api.query(matrix);
    expect(body.errors).toBeUndefined();
    const { unscored, cells, models } = body.data.transferMatrix;
    expect([unscored, models.map(({ slug }: { slug: string }) => slug)]).toEqual([0, ["linear", "twin"]]);
    const own = cells.find((cell: { other: { slug: string } }) => cell.other.slug === "linear");
    expect(own).toMatchObject({ images: 5, source: { slug: "linear" }, sameTop: { estimate: 1 } });
    const twin = cells.find((cell: { other: { slug: string } }) => cell.other.slug === "twin");
    expect(twin.images).toBe(5);
    expect(twin.otherConfidence.at(0).value).toBeLessThan(own.otherConfidence.at(0).value);
  });

  it("return the ablations, ancestry, difficulty and diversity of a run", async () => {
    const { archive } = (await api.query('{ node(id: "RUN-1") { ... on EvolutionRun { archive { id } } } }')).body.data.node;
    const { analysis } = await api.mutate("ablateElite", { eliteId: archive[0].id, regions: 4, paint: "GREY" });
    const { id } = await api.database.connection.analysis.findFirstOrThrow({ where: { kind: "ablation" } });
    await analyse({ analysisId: id }, api.context());
    const { body } = await api.query(
      `query ($elite: ID!, $analysis: ID!) { nodes(ids: [$elite, $analysis]) { ... on Elite { ablation { id ablation { confidence loweredShare
          regions { x y width height drop } } } } ... on Analysis { state done elite { id } run { key } detectors { auroc } } }
        analyses(filter: { kind: "ablation", runId: "RUN-1" }) { totalCount }
        node(id: "RUN-1") { ... on EvolutionRun { difficulty { competition classes { label confidence rivalLabel neighbours } }
          phylogeny(limit: 50) { goalSwitchShare nodes { generation parents niches current confidence imageUrl } goalSwitches { niche from child } }
          relatedness { niches relatedPairs all { pairs } } } }
        diversity(niche: 1, runIds: ["RUN-1"]) { meanDistance elites { label } } }`,
      { elite: archive[0].id, analysis: analysis.id },
    );
    expect(body.errors).toBeUndefined();
    const [elite, ablation] = body.data.nodes;
    expect(elite.ablation.id).toBe(analysis.id);
    expect(elite.ablation.ablation.regions.length).toBe(16);
    expect(ablation).toMatchObject({ state: "SUCCEEDED", elite: { id: archive[0].id }, run: { key: "RUN-1" }, detectors: null });
    expect(body.data.analyses.totalCount).toBe(1);
    const { difficulty, phylogeny, relatedness } = body.data.node;
    expect(relatedness).toMatchObject({ niches: 5, all: { pairs: 10 } });
    const confidences = difficulty.classes.map(({ confidence }: { confidence: number }) => confidence);
    expect(confidences).toEqual([...confidences].sort((a, b) => a - b));
    expect(phylogeny.nodes.flatMap(({ current }: { current: number[] }) => current).sort()).toEqual([0, 1, 2, 3, 4]);
    for (const [i, node] of phylogeny.nodes.entries()) for (const parent of node.parents) expect(parent).toBeLessThan(i);
    expect(body.data.diversity).toMatchObject({ meanDistance: null, elites: [{ label: "1" }] });
  });

  it("return an elite's survival curves with their images", async () => {
    const { archive } = (await api.query('{ node(id: "RUN-1") { ... on EvolutionRun { archive { id storedConfidence } } } }')).body.data
      .node;
    const { analysis } = await api.mutate("measureSurvival", { eliteId: archive[1].id });
    expect(analysis).toMatchObject({ kind: "survival", state: "QUEUED" });
    const { id } = await api.database.connection.analysis.findFirstOrThrow({ where: { kind: "survival" } });
    await analyse({ analysisId: id }, api.context());
    const { body } = await api.query(
      `query ($elite: ID!) { node(id: $elite) { ... on Elite { ablation { id } survival { state ablation { confidence }
        survival { confidence curves { distortion label halfGoneAt points { level confidence topLabel thumbnail } } } } } } }`,
      { elite: archive[1].id },
    );
    expect(body.errors).toBeUndefined();
    const { survival, ablation } = body.data.node;
    expect([ablation, survival.state, survival.ablation]).toEqual([null, "SUCCEEDED", null]);
    expect(survival.survival.confidence).toBeCloseTo(archive[1].storedConfidence, 6);
    for (const { points } of survival.survival.curves)
      for (const { thumbnail } of points) expect(thumbnail).toMatch(/^data:image\/png;base64,/);
  });

  it("reuse the result of an identical analysis, and recompute one that failed", async () => {
    const { archive } = (await api.query('{ node(id: "RUN-1") { ... on EvolutionRun { archive { id } } } }')).body.data.node;
    for (const [name, input] of [
      ["ablateElite", { eliteId: archive[2].id, regions: 2 }],
      ["measureDetectors", { runId: "RUN-1", generations: 2 }],
    ] as const) {
      const { analysis: first } = await api.mutate(name, input);
      await api.database.connection.$executeRaw`
        UPDATE analyses SET state = 'SUCCEEDED', result = '{}', ended_at = now() WHERE kind = ${first.kind}`;
      const before = await api.snapshot();
      expect((await api.mutate(name, input)).analysis).toEqual({ ...first, state: "SUCCEEDED" });
      expect(await api.snapshot()).toBe(before);
      await api.database.connection.$executeRaw`
        UPDATE analyses SET state = 'FAILED', result = NULL, failure = 'It broke.', ended_at = now() WHERE kind = ${first.kind}`;
      expect((await api.mutate(name, input)).analysis).toEqual({ ...first, state: "QUEUED" });
      expect(await api.snapshot()).not.toBe(before);
    }
  });

  it.each([
    ["measureSurvival", () => ({ eliteId: "nonsense" }), "InvalidInputError"],
    ["measureSurvival", () => ({ eliteId: Buffer.from("Elite:missing").toString("base64url") }), "NotFoundError"],
    ["ablateElite", () => ({ eliteId: "nonsense" }), "InvalidInputError"],
    ["ablateElite", () => ({ eliteId: Buffer.from("Elite:missing").toString("base64url") }), "NotFoundError"],
    ["measureDetectors", () => ({ runId: "RUN-999" }), "NotFoundError"],
    ["measureDetectors", () => ({ runId: "RUN-1", generations: 1 }), "InvalidInputError"],
    ["measureDetectors", () => ({ runId: "RUN-2" }), "InvalidInputError"],
    ["scoreTransfer", () => ({}), "InvalidInputError"],
    ["scoreTransfer", () => ({ runIds: [] }), "InvalidInputError"],
    ["scoreTransfer", () => ({ runIds: ["RUN-2"] }), "InvalidInputError"],
    ["scoreTransfer", () => ({ runIds: ["RUN-1"], experimentId: "EXP-1" }), "InvalidInputError"],
    ["scoreTransfer", () => ({ experimentId: "EXP-999" }), "NotFoundError"],
    ["checkModel", () => ({ modelId: "nonsense" }), "InvalidInputError"],
  ] as const)("do not start %s with invalid input", async (name, input, type) => {
    const before = await api.snapshot();
    expect((await api.mutate(name, input())).__typename).toBe(type);
    expect(await api.snapshot()).toBe(before);
  });

  it.each([
    ["a negative niche", '{ diversity(niche: -1, runIds: ["RUN-1"]) { niche } }'],
    ["no runs", "{ transferMatrix { unscored } }"],
    ["both an experiment and runs", '{ transferMatrix(experimentId: "EXP-1", runIds: ["RUN-1"]) { unscored } }'],
    ["an invalid chain id", '{ chain(id: "nonsense") { id } }'],
    ["too much ancestry", '{ node(id: "RUN-1") { ... on EvolutionRun { phylogeny(limit: 5001) { goalSwitchShare } } } }'],
    ["a foreign cursor", '{ chains(after: "W10") { totalCount } }'],
  ])("answer %s with a readable error, and a 4xx status unless there is data", async (_name, query) => {
    const { status, text } = await api.query(query);
    const { data, errors } = JSON.parse(text);
    expect([status < 500 && (status >= 400 || data !== undefined), errors.length > 0]).toEqual([true, true]);
    expect(findLeaks(text)).toEqual([]);
  });
});
