/** Ascents, perturbations, chains and evolutions on crops by GraphQL, over real HTTP and Postgres. */
import { seedModels } from "@pareidolia/persistence/lab/models/zooModels";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { createClient } from "graphql-ws";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type MutationApi, startMutationApi } from "../../support/mutationApi.ts";
import { testModel } from "../../support/runs.ts";

let api: MutationApi;
beforeAll(async () => {
  api = await startMutationApi();
});
afterAll(() => api.close());

const ascentInput = () => ({
  experimentId: "EXP-1",
  modelId: api.modelId,
  preset: "adam",
  parameters: { iterations: 5 },
  classes: [1, 4],
  seed: 3,
});
const chainInput = () => ({
  experimentId: "EXP-1",
  modelId: api.modelId,
  name: "C",
  dataset: "mnist",
  iterations: 1,
  preset: "quick",
  seed: 1,
});

describe("the API", () => {
  it("lists kinds of runs, ascents, attacks, data sets and recipes with their parameters and presets", async () => {
    const { body } = await api.query(`{ runKinds { id label } chainDatasets { id classes }
      ascents { id presets { id } parameters { name kind } } attacks { id norm isBounded presets { id values } } chainRecipes { id presets { id } } }`);
    expect(body.errors).toBeUndefined();
    expect(body.data.runKinds.map(({ id }: { id: string }) => id)).toEqual([
      "evolution",
      "ascent",
      "perturbation",
      "retraining",
      "imported",
    ]);
    const known = body.data.attacks.map(({ id, norm, isBounded }: Record<string, unknown>) => [id, norm, isBounded]);
    expect(known).toEqual([
      ["fgsm", "LINF", true],
      ["pgd", null, true],
      ["lbfgs", "L2", false],
      ["carlini-wagner", "L2", false],
    ]);
    for (const { presets } of [...body.data.ascents, ...body.data.attacks, ...body.data.chainRecipes])
      expect(presets.length).toBeGreaterThan(0);
  });
});

describe("a gradient ascent", () => {
  it("is started with its job, completes, streams its events, and is read with curves and milestones", async () => {
    const preset = await api.presetOf();
    const { run } = await api.mutate("startAscent", { ...ascentInput(), preset });
    expect(run).toMatchObject({ kind: "ascent", kindLabel: "Gradient ascent", method: "gradient-ascent", classes: [1, 4], starts: 1 });
    expect(run.state).toBe("QUEUED");
    expect(await api.lastJobs()).toEqual(["carryOutRun"]);
    await carryOutRun({ runId: await api.runIdOf(run.key) }, api.context());
    const { body } = await api.query(
      `query ($id: ID!) { node(id: $id) { ... on AscentRun { state progress evaluations totalEvaluations savedAt archiveHash
        trajectories(first: 1) { totalCount pageInfo { hasNextPage endCursor } nodes { id label step ended searchConfidence storedConfidence
          image { url scores { topLabel } } curve { step searchConfidence storedConfidence norm } milestones { level step image { sha256 } } run { key } } }
        only: trajectories(classes: [4]) { nodes { class } } } } runs(search: "kind = ascent") { totalCount } }`,
      { id: run.id },
    );
    expect(body.errors).toBeUndefined();
    const { trajectories, only, ...rest } = body.data.node;
    expect(rest).toMatchObject({
      state: "SUCCEEDED",
      progress: 1,
      evaluations: 10,
      totalEvaluations: 10,
    });
    expect(rest.savedAt).not.toBeNull();
    expect(trajectories).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: true } });
    expect(trajectories.nodes[0]).toMatchObject({ label: "1", ended: true, step: 4, run: { key: run.key } });
    expect(trajectories.nodes[0].curve.length).toBeGreaterThan(0);
    expect(trajectories.nodes[0].milestones[0]).toMatchObject({ level: 0, step: 0, image: { sha256: expect.any(String) } });
    expect(only.nodes.map((node: { class: number }) => node.class)).toEqual([4]);
    expect(body.data.runs.totalCount).toBe(1);
    expect((await api.query("query ($id: ID!) { node(id: $id) { id } }", { id: trajectories.nodes[0].id })).body.data.node.id).toBe(
      trajectories.nodes[0].id,
    );
    const image = await fetch(api.url + trajectories.nodes[0].image.url);
    expect(image.status).toBe(200);

    const client = createClient({ url: `${api.url.replace("http", "ws")}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 });
    const received: { kind: string; trajectories: { class: number }[] }[] = [];
    const query = `subscription { runEvents(runId: "${run.key}") { kind trajectories { class } perturbations { id } chain { id } } }`;
    for await (const { data } of client.iterate<{ runEvents: (typeof received)[number] }>({ query }))
      if (data != null) received.push(data.runEvents);
    await client.dispose();
    expect(received.at(-1)?.kind).toBe("STATE");
    expect(received.find(({ kind }) => kind === "PROGRESS")?.trajectories.map((one) => one.class)).toEqual([1, 4]);
  });

  it.each([
    [{ classes: [5] }, "input.classes"],
    [{ classes: [] }, "input.classes"],
    [{ classes: [1, 1] }, "input.classes"],
    [{ starts: 0 }, "input.starts"],
    [{ starts: 101 }, "input.starts"],
    [{ ascent: "magic" }, "input.ascent"],
    [{ preset: "magic" }, "input.preset"],
    [{ parameters: { iterations: 0 } }, "input.parameters.iterations"],
    [{ parameters: { start: "image" } }, "input.sourceId"],
    [{ sourceCrop: { x: 0.5, y: 0.5, size: 1 } }, "input.sourceCrop"],
    [{ seed: -1 }, "input.seed"],
    [{ modelId: "nonsense" }, "input.modelId"],
    [{ framing: { crops: 2, imageSize: 16 } }, "input.framing.crops"],
    [{ framing: { crops: 10, imageSize: 4 } }, "input.framing.imageSize"],
    [{ framing: { crops: 10, imageSize: 513 } }, "input.framing.imageSize"],
  ])("is not started with %j", async (change, field) => {
    const before = await api.snapshot();
    const answer = await api.mutate("startAscent", { ...ascentInput(), preset: await api.presetOf(), ...change });
    expect(answer).toMatchObject({ __typename: "InvalidInputError", field });
    expect(await api.snapshot()).toBe(before);
  });
});

describe("a perturbation", () => {
  it("starts from an uploaded photo, and returns its results with the original", async () => {
    const photo = await api.storePhoto();
    expect(photo).toMatchObject({ name: "Cat", label: "cat", image: { channels: 3 } });
    const { run } = await api.mutate("startPerturbation", {
      experimentId: "EXP-1",
      modelId: api.modelId,
      sourceId: photo.id,
      attack: "pgd",
      preset: await api.presetOf("pgd"),
      bounds: [8, 2],
      target: 3,
      seed: 1,
    });
    expect(run).toMatchObject({ kind: "perturbation", bounds: [2, 8], target: 3, targetLabel: "3" });
    const speeds = async () => JSON.stringify((await api.query("{ models { nodes { slug measuredSpeed } } }")).body.data.models);
    const measured = await speeds();
    await carryOutRun({ runId: await api.runIdOf(run.key) }, api.context());
    // Its images are predicted one at a time, which does not measure the speed of a search's batches.
    expect(await speeds()).toBe(measured);
    expect((await api.database.connection.run.findUniqueOrThrow({ where: { id: await api.runIdOf(run.key) } })).speed).toBeGreaterThan(0);
    const { body } =
      await api.query(`{ node(id: "${run.key}") { ... on PerturbationRun { state progress evaluations totalEvaluations perturbations { totalCount nodes { id index bound success
      linf l2 l0 originalLabel storedLabel storedTargetConfidence image { url } original { url width } } } } } }`);
    expect(body.errors).toBeUndefined();
    const { state, progress, evaluations, totalEvaluations, perturbations } = body.data.node;
    expect([state, progress, perturbations.totalCount]).toEqual(["SUCCEEDED", 1, 2]);
    expect([evaluations, totalEvaluations]).toEqual([80, 80]);
    for (const row of perturbations.nodes) {
      expect(row.linf).toBeLessThanOrEqual(row.bound);
      expect(row.original.width).toBe(8);
      for (const { url } of [row.image, row.original]) expect((await fetch(api.url + url)).status).toBe(200);
    }
  });

  it.each([
    { attack: "pgd", preset: "faint", bounds: [1, 128], norm: "LINF" },
    { attack: "pgd", preset: "faint-l2", bounds: [8, 1000], norm: "L2" },
    { attack: "pgd", preset: "faint-l2", norm: "L2" },
    { attack: "fgsm", preset: "faint", norm: "LINF" },
    { attack: "carlini-wagner", preset: "quick", norm: "L2" },
  ])("returns the norm of its bounds and the remaining confidence in the original class: $attack, $preset", async ({ norm, ...attack }) => {
    const photo = await api.storePhoto();
    const input = { experimentId: "EXP-1", modelId: api.modelId, sourceId: photo.id, seed: 1, ...attack };
    const { run } = await api.mutate("startPerturbation", input);
    await carryOutRun({ runId: await api.runIdOf(run.key) }, api.context());
    const { body } =
      await api.query(`{ node(id: "${run.key}") { ... on PerturbationRun { norm perturbations { nodes { id bound success linf l2 originalClass storedClass
        storedConfidence storedOriginalConfidence image { scores { model { id } probabilities { class probability } } } } } } } }`);
    expect(body.errors).toBeUndefined();
    const { nodes } = body.data.node.perturbations;
    expect(body.data.node.norm).toBe(norm);
    expect(nodes).toHaveLength(attack.bounds?.length ?? 1);
    for (const row of nodes) {
      if (row.bound !== null) expect(norm === "L2" ? row.l2 : row.linf).toBeLessThanOrEqual(row.bound);
      const { probabilities } = row.image.scores.find(({ model }: { model: { id: string } }) => model.id === api.modelId);
      const own = probabilities.find((each: { class: number }) => each.class === row.originalClass);
      expect(row.storedOriginalConfidence).toBe(own.probability);
      expect(row.storedOriginalConfidence < row.storedConfidence).toBe(row.success);
      const again = await api.query(`{ node(id: "${row.id}") { ... on Perturbation { storedOriginalConfidence } } }`);
      expect(again.body.data.node.storedOriginalConfidence).toBe(own.probability);
    }
    if (attack.bounds) expect(nodes.at(-1).success).toBe(true);
  });

  it("starts from the chosen crop of the photo, and returns the crop", async () => {
    const photo = await api.storePhoto();
    const preset = await api.presetOf("pgd");
    const input = { experimentId: "EXP-1", modelId: api.modelId, sourceId: photo.id, attack: "pgd", preset, bounds: [2], seed: 1 };
    const originalOf = async (change: object) => {
      const { run } = await api.mutate("startPerturbation", { ...input, ...change });
      await carryOutRun({ runId: await api.runIdOf(run.key) }, api.context());
      const fields = "sourceCrop { x y size } perturbations { nodes { original { sha256 } } }";
      const { node } = (await api.query(`{ node(id: "${run.key}") { ... on PerturbationRun { ${fields} } } }`)).body.data;
      return { crop: node.sourceCrop, original: node.perturbations.nodes[0].original.sha256 };
    };
    const crop = { x: 0.25, y: 0.75, size: 0.5 };
    const central = await originalOf({});
    const chosen = await originalOf({ sourceCrop: crop });
    expect([central.crop, chosen.crop]).toEqual([null, crop]);
    expect(chosen.original).not.toBe(central.original);
  });

  it("is refused the target that the network already gives the source", async () => {
    const photo = await api.storePhoto();
    const input = { experimentId: "EXP-1", modelId: api.modelId, attack: "pgd", preset: "faint", bounds: [2], seed: 1 };
    const { run } = await api.mutate("startPerturbation", { ...input, sourceId: photo.id });
    await carryOutRun({ runId: await api.runIdOf(run.key) }, api.context());
    const fields = "perturbations { nodes { originalClass original { id } } }";
    const { node } = (await api.query(`{ node(id: "${run.key}") { ... on PerturbationRun { ${fields} } } }`)).body.data;
    const [{ originalClass, original }] = node.perturbations.nodes;
    const before = await api.snapshot();
    const answer = await api.mutate("startPerturbation", { ...input, sourceId: original.id, target: originalClass });
    expect(answer).toMatchObject({
      __typename: "InvalidInputError",
      field: "input.target",
      message: expect.stringMatching(/ already labels this image .+\. Choose another target\.$/),
    });
    expect(await api.snapshot()).toBe(before);
    const other = await api.mutate("startPerturbation", { ...input, sourceId: original.id, target: (originalClass + 1) % 5 });
    expect(other.run.target).toBe((originalClass + 1) % 5);
  });

  it("returns its attack's default norm if its parameters name none, like the worker", async () => {
    const photo = await api.storePhoto();
    const input = { experimentId: "EXP-1", modelId: api.modelId, sourceId: photo.id, attack: "pgd", preset: "faint", seed: 1 };
    const { run } = await api.mutate("startPerturbation", input);
    await api.database.connection.$executeRaw`UPDATE runs SET parameters = parameters - 'norm' WHERE id = ${await api.runIdOf(run.key)}`;
    const { body } = await api.query(`{ node(id: "${run.key}") { ... on PerturbationRun { norm } } }`);
    expect([body.errors, body.data.node.norm]).toEqual([undefined, "LINF"]);
  });

  it.each([
    [{ bounds: [4, 0.5] }, "input.bounds"],
    [{ preset: "faint-l2", bounds: [0.99, 300] }, "input.bounds"],
    [{ parameters: { epsilon: 0.5 } }, "input.parameters.epsilon"],
    [{ attack: "fgsm", parameters: { epsilon: 0 } }, "input.parameters.epsilon"],
  ])("is not started with %j, which is less than the smallest change of a stored image", async (change, field) => {
    const photo = await api.storePhoto();
    const before = await api.snapshot();
    const input = { experimentId: "EXP-1", modelId: api.modelId, sourceId: photo.id, attack: "pgd", preset: "faint", seed: 1, ...change };
    const answer = await api.mutate("startPerturbation", input);
    expect(answer).toMatchObject({
      __typename: "InvalidInputError",
      field,
      message: expect.stringMatching(/cannot change by less than 1\. .* of 1 or more\./),
    });
    expect(await api.snapshot()).toBe(before);
  });

  it.each([
    [{ attack: "magic" }, "InvalidInputError", "input.attack"],
    [{ bounds: [] }, "InvalidInputError", "input.bounds"],
    [{ bounds: [0] }, "InvalidInputError", "input.bounds"],
    [{ bounds: [1e9] }, "InvalidInputError", "input.bounds"],
    [{ sourceCrop: { x: 0.5, y: 1.5, size: 1 } }, "InvalidInputError", "input.sourceCrop"],
    [{ sourceCrop: { x: 0.5, y: 0.5, size: 0 } }, "InvalidInputError", "input.sourceCrop"],
    [{ target: 5 }, "InvalidInputError", "input.target"],
    [{ target: -1 }, "InvalidInputError", "input.target"],
    [{ sourceId: "nonsense" }, "InvalidInputError", "input.sourceId"],
    [{ sourceId: "RUN-1" }, "InvalidInputError", "input.sourceId"],
    [{ sourceId: Buffer.from("Photo:missing").toString("base64url") }, "NotFoundError", undefined],
    [{ sourceId: Buffer.from(`Image:${"0".repeat(64)}`).toString("base64url") }, "NotFoundError", undefined],
  ])("is not started with %j", async (change, type, field) => {
    const photo = await api.storePhoto();
    const before = await api.snapshot();
    const input = { experimentId: "EXP-1", modelId: api.modelId, sourceId: photo.id, attack: "pgd", preset: "paper", seed: 1, ...change };
    const preset = await api.presetOf("pgd");
    const answer = await api.mutate("startPerturbation", { ...input, preset });
    expect(answer).toMatchObject({ __typename: type, ...(field === undefined ? {} : { field }) });
    expect(await api.snapshot()).toBe(before);
  });
});

describe("a retraining chain", () => {
  it("is refused for a model with other classes than the data set, and is queued with all its links for a matching model", async () => {
    expect(await api.mutate("startChain", chainInput())).toMatchObject({ __typename: "InvalidInputError", field: "input.modelId" });
    const labels = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    await seedModels(api.database.connection, [{ ...testModel, id: "ten", sha256: "3".repeat(64), labels }]);
    const { nodes } = (await api.query("{ models { nodes { id slug } } }")).body.data.models;
    const ten = nodes.find(({ slug }: { slug: string }) => slug === "ten").id;
    const { chain } = await api.mutate("startChain", { ...chainInput(), modelId: ten, iterations: 2, idempotencyKey: "c" });
    expect(chain.links).toEqual([
      { iteration: 1, state: "QUEUED", model: { slug: "ten" } },
      { iteration: 2, state: "QUEUED", model: null },
      { iteration: 3, state: "QUEUED", model: null },
    ]);
    expect(await api.lastJobs()).toEqual(["carryOutRun"]);
    expect((await api.mutate("startChain", { ...chainInput(), modelId: ten, iterations: 2, idempotencyKey: "c" })).chain.id).toBe(chain.id);
    const { body } = await api.query(
      `query ($id: ID!) { chain(id: $id) { name dataset { label } run { kind chain { id } name } links { testError medianConfidence foolingShare
        elites { niche image { url } } } } chains { totalCount nodes { id } } }`,
      { id: chain.id },
    );
    expect(body.errors).toBeUndefined();
    expect(body.data.chain).toMatchObject({ name: "C", dataset: { label: "MNIST" }, run: { kind: "retraining", chain: { id: chain.id } } });
    expect(body.data.chains.totalCount).toBe(1);
    for (const change of [{ dataset: "imagenet" }, { iterations: 0 }, { iterations: 16 }, { parameters: { offspring: 3 } }, { name: "" }]) {
      const before = await api.snapshot();
      expect((await api.mutate("startChain", { ...chainInput(), modelId: ten, ...change })).__typename).toBe("InvalidInputError");
      expect(await api.snapshot()).toBe(before);
    }
  });
});

describe("an evolution on crops", () => {
  it("is started with its framing", async () => {
    const input = { experimentId: "EXP-1", modelId: api.modelId, encoding: "direct", preset: "paper", seed: 7, generations: 3 };
    const { run } = await api.mutate("startEvolution", { ...input, framing: { crops: 10, imageSize: 10 } });
    expect(run.framing).toEqual({ crops: 10, imageSize: 10 });
  });
});
