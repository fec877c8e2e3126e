/** Ascents, perturbations, chains, models, photos, transfer and analyses by GraphQL, over real HTTP and Postgres. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { seedModels } from "@pareidolia/persistence/seed";
import { analyse } from "@pareidolia/workers/tasks/analyse.task";
import { ascendRun } from "@pareidolia/workers/tasks/ascendRun.task";
import { evolveRun } from "@pareidolia/workers/tasks/evolveRun.task";
import { perturbRun } from "@pareidolia/workers/tasks/perturbRun.task";
import { createClient } from "graphql-ws";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { evolveContext, seedRun, testModel } from "../../support/runs.ts";
import { sharedCacheFolder } from "../../support/sharedCache.ts";

let api: TestApi;
let modelId: string;
const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });
const other = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5, seed: 2 });

beforeAll(async () => {
  api = await startTestApi();
  const runId = await seedRun(api.database);
  await evolveRun({ runId }, context());
  await seedModels(api.database.connection, [{ ...testModel, id: "twin", name: "Twin", sha256: "1".repeat(64) }]);
  const { nodes } = (await api.query("{ models { nodes { id slug } } }")).body.data.models;
  modelId = nodes.find(({ slug }: { slug: string }) => slug === "linear").id;
});
afterAll(() => api.close());

const context = () => ({
  ...evolveContext({ database: api.database, objectStore: api.objectStore, classifier }),
  cacheFolder: sharedCacheFolder(),
  openClassifier: async ({ slug }: { slug: string }) => (slug === "twin" ? other : classifier),
});

const tables = ["runs", "run_events", "models", "photos", "uploads", "chains", "chain_links", "analyses", "workspaces"] as const;
async function snapshot(): Promise<string> {
  const jobs = await api.database.connection.$queryRawUnsafe("SELECT count(*)::int FROM pareidolia_jobs.job");
  const rows = await Promise.all(tables.map((table) => api.database.connection.$queryRawUnsafe(`SELECT * FROM ${table} ORDER BY 1, 2`)));
  return JSON.stringify([jobs, rows]);
}

const lastJobs = async (): Promise<string[]> =>
  (
    await api.database.connection.$queryRawUnsafe<{ name: string }[]>(
      "SELECT name FROM pareidolia_jobs.job ORDER BY created_on DESC LIMIT 1",
    )
  ).map(({ name }) => name);

const runIdOf = async (key: string): Promise<string> =>
  (await api.database.connection.run.findFirstOrThrow({ where: { number: Number(key.slice(4)) } })).id;

async function upload(bytes: Uint8Array, headers: Record<string, string> = { "content-type": "application/octet-stream" }) {
  const response = await fetch(`${api.url}/uploads`, { method: "POST", body: Buffer.from(bytes), headers });
  return { status: response.status, body: (await response.json()) as { id: string; sha256: string; byteLength: number } };
}

const mutations = {
  startAscent: ["StartAscentInput", "StartAscentSuccess", "run { id key kind kindLabel method methodLabel state name classes starts }"],
  startPerturbation: ["StartPerturbationInput", "StartPerturbationSuccess", "run { key kind bounds target targetLabel source { sha256 } }"],
  startChain: ["StartChainInput", "StartChainSuccess", "chain { id links { iteration state model { slug } } run { key kind } }"],
  uploadImage: ["UploadImageInput", "UploadImageSuccess", "photo { id name label image { url width height channels } }"],
  registerModel: ["RegisterModelInput", "RegisterModelSuccess", "model { id state labelSpace preprocessing byteLength origin }"],
  checkModel: ["CheckModelInput", "CheckModelSuccess", "model { id state }"],
  ablateElite: ["AblateEliteInput", "StartAnalysisSuccess", "analysis { id kind state }"],
  measureDetectors: ["MeasureDetectorsInput", "StartAnalysisSuccess", "analysis { id kind state }"],
  scoreTransfer: ["ScoreTransferInput", "StartAnalysisSuccess", "analysis { id kind state }"],
  startRun: ["StartRunInput", "StartRunSuccess", "run { key framing { crops imageSize } }"],
} as const;

async function mutate(name: keyof typeof mutations, input: object) {
  const [type, success, fields] = mutations[name];
  const { body } = await api.query(
    `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ... on ${success} { ${fields} }
      ... on InvalidInputError { field } ... on Error { message } } }`,
    { input },
  );
  expect(body.errors).toBeUndefined();
  return body.data[name];
}

const ascentWish = () => ({
  experimentId: "EXP-1",
  modelId,
  preset: "adam",
  parameters: { iterations: 5 },
  classes: [1, 4],
  seed: 3,
});
const chainWish = () => ({ experimentId: "EXP-1", modelId, name: "C", dataset: "mnist", iterations: 1, preset: "quick", seed: 1 });
const pictureOfPhoto = () => readFile(path.join(sharedCacheFolder(), "photos", "cat.bmp"));

async function storePhoto() {
  const { body } = await upload(await pictureOfPhoto());
  return (await mutate("uploadImage", { uploadId: body.id, name: "Cat", label: "cat" })).photo;
}

describe("what can be chosen", () => {
  it("lists kinds of runs, ascents, attacks, data sets and recipes with their parameters and presets", async () => {
    const { body } = await api.query(`{ runKinds { id label } chainDatasets { id classes }
      ascents { id presets { id } parameters { name kind } } attacks { id presets { id values } } chainRecipes { id presets { id } } }`);
    expect(body.errors).toBeUndefined();
    expect(body.data.runKinds.map(({ id }: { id: string }) => id)).toEqual(["evolution", "ascent", "perturbation", "retraining"]);
    expect(body.data.attacks.length).toBeGreaterThanOrEqual(4);
    for (const { presets } of [...body.data.ascents, ...body.data.attacks, ...body.data.chainRecipes])
      expect(presets.length).toBeGreaterThan(0);
  });
});

describe("a gradient ascent", () => {
  it("is started with its job, carried out, followed, and read with curves and milestones", async () => {
    const { ascents } = (await api.query("{ ascents { presets { id } } }")).body.data;
    const preset = ascents[0].presets[0].id;
    const { run } = await mutate("startAscent", { ...ascentWish(), preset });
    expect(run).toMatchObject({ kind: "ascent", kindLabel: "Gradient ascent", method: "gradient-ascent", classes: [1, 4], starts: 1 });
    expect(run.state).toBe("QUEUED");
    expect(await lastJobs()).toEqual(["ascendRun"]);
    await ascendRun({ runId: await runIdOf(run.key) }, context());
    const { body } = await api.query(
      `query ($id: ID!) { node(id: $id) { ... on Run { state progress evaluations totalEvaluations generations offspring encoding savedAt archiveHash
        trajectories(first: 1) { totalCount pageInfo { hasNextPage endCursor } nodes { id label step ended confidence storedConfidence
          image { url scores { topLabel } } curve { step confidence storedConfidence norm } milestones { level step image { sha256 } } run { key } } }
        only: trajectories(classes: [4]) { nodes { class } } } } runs(filter: { kind: ["ascent"] }) { totalCount } }`,
      { id: run.id },
    );
    expect(body.errors).toBeUndefined();
    const { trajectories, only, ...rest } = body.data.node;
    expect(rest).toMatchObject({
      state: "SUCCEEDED",
      progress: 1,
      evaluations: 10,
      totalEvaluations: 10,
      generations: null,
      encoding: null,
    });
    expect(rest.savedAt).not.toBeNull();
    expect(trajectories).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: true } });
    expect(trajectories.nodes[0]).toMatchObject({ label: "1", ended: true, step: 4, run: { key: run.key } });
    expect(trajectories.nodes[0].curve.length).toBeGreaterThan(0);
    expect(only.nodes.map((node: { class: number }) => node.class)).toEqual([4]);
    expect(body.data.runs.totalCount).toBe(1);
    expect((await api.query("query ($id: ID!) { node(id: $id) { id } }", { id: trajectories.nodes[0].id })).body.data.node.id).toBe(
      trajectories.nodes[0].id,
    );
    const image = await fetch(api.url + trajectories.nodes[0].image.url);
    expect(image.status).toBe(200);

    const client = createClient({ url: `${api.url.replace("http", "ws")}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 });
    const heard: { kind: string; trajectories: { class: number }[] }[] = [];
    const query = `subscription { runEvents(runId: "${run.key}") { kind trajectories { class } perturbations { id } chain { id } } }`;
    for await (const { data } of client.iterate<{ runEvents: (typeof heard)[number] }>({ query }))
      if (data != null) heard.push(data.runEvents);
    await client.dispose();
    expect(heard.at(-1)?.kind).toBe("STATE");
    expect(heard.find(({ kind }) => kind === "PROGRESS")?.trajectories.map((one) => one.class)).toEqual([1, 4]);
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
    [{ seed: -1 }, "input.seed"],
    [{ modelId: "nonsense" }, "input.modelId"],
    [{ framing: { crops: 2, imageSize: 16 } }, "input.framing.crops"],
    [{ framing: { crops: 10, imageSize: 4 } }, "input.framing.imageSize"],
    [{ framing: { crops: 10, imageSize: 513 } }, "input.framing.imageSize"],
  ])("is not started with %j", async (change, field) => {
    const { ascents } = (await api.query("{ ascents { presets { id } } }")).body.data;
    const before = await snapshot();
    const answer = await mutate("startAscent", { ...ascentWish(), preset: ascents[0].presets[0].id, ...change });
    expect(answer).toMatchObject({ __typename: "InvalidInputError", field });
    expect(await snapshot()).toBe(before);
  });
});

describe("a perturbation", () => {
  it("begins from an uploaded photo, and shows its results beside the original", async () => {
    const photo = await storePhoto();
    expect(photo).toMatchObject({ name: "Cat", label: "cat", image: { channels: 3 } });
    const { run } = await mutate("startPerturbation", {
      experimentId: "EXP-1",
      modelId,
      sourceId: photo.id,
      attack: "pgd",
      preset: (await api.query("{ attacks { id presets { id } } }")).body.data.attacks.find((one: { id: string }) => one.id === "pgd")
        .presets[0].id,
      bounds: [8, 2],
      target: 3,
      seed: 1,
    });
    expect(run).toMatchObject({ kind: "perturbation", bounds: [2, 8], target: 3, targetLabel: "3" });
    await perturbRun({ runId: await runIdOf(run.key) }, context());
    const { body } =
      await api.query(`{ node(id: "${run.key}") { ... on Run { state progress perturbations { totalCount nodes { id index bound success
      linf l2 l0 originalLabel storedLabel storedTargetConfidence image { url } original { url width } } } } } }`);
    expect(body.errors).toBeUndefined();
    const { state, progress, perturbations } = body.data.node;
    expect([state, progress, perturbations.totalCount]).toEqual(["SUCCEEDED", 1, 2]);
    for (const row of perturbations.nodes) {
      expect(row.linf).toBeLessThanOrEqual(row.bound);
      expect(row.original.width).toBe(8);
      for (const { url } of [row.image, row.original]) expect((await fetch(api.url + url)).status).toBe(200);
    }
  });

  it.each([
    [{ attack: "magic" }, "InvalidInputError", "input.attack"],
    [{ bounds: [] }, "InvalidInputError", "input.bounds"],
    [{ bounds: [0] }, "InvalidInputError", "input.bounds"],
    [{ bounds: [1e9] }, "InvalidInputError", "input.bounds"],
    [{ target: 5 }, "InvalidInputError", "input.target"],
    [{ target: -1 }, "InvalidInputError", "input.target"],
    [{ sourceId: "nonsense" }, "InvalidInputError", "input.sourceId"],
    [{ sourceId: "RUN-1" }, "InvalidInputError", "input.sourceId"],
    [{ sourceId: Buffer.from("Photo:nobody").toString("base64url") }, "NotFoundError", undefined],
    [{ sourceId: Buffer.from(`Image:${"0".repeat(64)}`).toString("base64url") }, "NotFoundError", undefined],
  ])("is not started with %j", async (change, type, field) => {
    const photo = await storePhoto();
    const before = await snapshot();
    const input = { experimentId: "EXP-1", modelId, sourceId: photo.id, attack: "pgd", preset: "paper", seed: 1, ...change };
    const { attacks } = (await api.query("{ attacks { id presets { id } } }")).body.data;
    const preset = attacks.find(({ id }: { id: string }) => id === "pgd").presets[0].id;
    const answer = await mutate("startPerturbation", { ...input, preset });
    expect(answer).toMatchObject({ __typename: type, ...(field === undefined ? {} : { field }) });
    expect(await snapshot()).toBe(before);
  });
});

describe("uploads", () => {
  it("keep the bytes under their hash, once for the same key", async () => {
    const bytes = await pictureOfPhoto();
    const { status, body } = await upload(bytes);
    expect(status).toBe(201);
    expect(body).toMatchObject({ byteLength: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") });
    const input = { uploadId: body.id, name: "Once", idempotencyKey: "photo" };
    const first = await mutate("uploadImage", input);
    expect((await mutate("uploadImage", input)).photo.id).toBe(first.photo.id);
    const { photos } = (await api.query("{ photos(first: 1) { totalCount nodes { name image { sha256 } } } }")).body.data;
    expect(photos.nodes[0].name).toBe("Once");
  });

  it.each([
    ["a form", { "content-type": "multipart/form-data; boundary=x" }],
    ["text", { "content-type": "text/plain" }],
  ])("refuse %s, which a page of another site could send", async (_name, headers) => {
    const before = await snapshot();
    expect((await upload(Buffer.from("x"), headers)).status).toBe(400);
    expect(await snapshot()).toBe(before);
  });

  it("refuse nothing at all, and more than they announce to take", async () => {
    expect((await upload(Buffer.alloc(0))).status).toBe(400);
    const announced = await new Promise<number>((resolve, reject) => {
      const url = new URL(`${api.url}/uploads`);
      import("node:http").then(({ request }) => {
        const sending = request(url, {
          method: "POST",
          headers: { "content-type": "application/octet-stream", "content-length": String(2 ** 32) },
        });
        sending.on("response", (response) => (resolve(response.statusCode ?? 0), response.resume(), sending.destroy()));
        sending.on("error", reject);
        sending.write("x");
      }, reject);
    });
    expect(announced).toBe(400);
  });

  it.each([
    ["text", async () => Buffer.from("GIF89a and nothing more")],
    ["a JPEG that is cut short", async () => (await readFile(path.join(sharedCacheFolder(), "photos", "owl.jpg"))).subarray(0, 9_000)],
    ["a BMP of a million pixels a side", async () => bmpHeader(1_000_000, 1_000_000)],
    ["a BMP without its pixels", async () => bmpHeader(100, 100)],
  ])("make no photo of %s", async (_name, bytesOf) => {
    const { body } = await upload(await bytesOf());
    const before = await snapshot();
    const answer = await mutate("uploadImage", { uploadId: body.id, name: "Bad" });
    expect(answer).toMatchObject({ __typename: "InvalidInputError", field: "input.uploadId" });
    expect(answer.message).not.toMatch(/VipsJpeg|\/work\/|node_modules/);
    expect(await snapshot()).toBe(before);
  });
});

function bmpHeader(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(64);
  bytes.write("BM", 0, "latin1");
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  return bytes;
}

describe("models", () => {
  const preprocessing = { width: 28, height: 28, channels: 1, channelOrder: "RGB", layout: "NCHW", mean: [0], deviation: [1] };
  const wish = (uploadId: string) => ({ uploadId, name: "Mine", labels: ["a", "b", "c", "d", "e"], preprocessing });

  it("are registered for a worker to check, and cannot be run against before", async () => {
    const { body } = await upload(Buffer.from("a network, perhaps"));
    const { model } = await mutate("registerModel", { ...wish(body.id), idempotencyKey: "m" });
    expect(model).toMatchObject({ state: "CHECKING", origin: "upload", byteLength: 18, preprocessing });
    expect(await lastJobs()).toEqual(["checkModel"]);
    expect((await mutate("registerModel", { ...wish(body.id), idempotencyKey: "m" })).model.id).toBe(model.id);
    const { ascents } = (await api.query("{ ascents { presets { id } } }")).body.data;
    const started = await mutate("startAscent", { ...ascentWish(), preset: ascents[0].presets[0].id, modelId: model.id });
    expect(started.__typename).toBe("ConflictError");
    const twin = await mutate("registerModel", { ...wish(body.id), sameClassesAsId: modelId });
    const space = (await api.query("query ($id: ID!) { node(id: $id) { ... on Model { labelSpace } } }", { id: modelId })).body.data.node;
    expect(twin.model.labelSpace).toBe(space.labelSpace);
    const listed = await api.query(
      "query ($space: String) { models(filter: { labelSpace: $space, state: [AVAILABLE] }) { nodes { slug } } }",
      {
        space: space.labelSpace,
      },
    );
    expect(listed.body.data.models.nodes.map(({ slug }: { slug: string }) => slug)).toEqual(["linear", "twin"]);
  });

  it("of the zoo can be fetched and measured when somebody asks", async () => {
    const { nodes } = (await api.query("{ models { nodes { id slug } } }")).body.data.models;
    const twin = nodes.find(({ slug }: { slug: string }) => slug === "twin");
    expect((await mutate("checkModel", { modelId: twin.id })).model.state).toBe("CHECKING");
    await api.database.connection.model.updateMany({ where: { slug: "twin" }, data: { state: "AVAILABLE" } });
  });

  it.each([
    [{ uploadId: "nonsense" }, "InvalidInputError", "input.uploadId"],
    [{ uploadId: "00000000-0000-4000-8000-000000000000" }, "NotFoundError", undefined],
    [{ name: " " }, "InvalidInputError", "input.name"],
    [{ labels: ["only"] }, "InvalidInputError", "input.labels"],
    [{ labels: ["a", ""] }, "InvalidInputError", "input.labels.1"],
    [{ preprocessing: { ...preprocessing, channels: 2 } }, "InvalidInputError", "input.preprocessing.channels"],
    [{ preprocessing: { ...preprocessing, deviation: [0] } }, "InvalidInputError", "input.preprocessing.deviation"],
    [{ preprocessing: { ...preprocessing, width: 5000 } }, "InvalidInputError", "input.preprocessing.width"],
    [{ preprocessing: { ...preprocessing, mean: [1, 2] } }, "InvalidInputError", "input.preprocessing.mean"],
    [{ labels: ["a", "b"], sameClassesAsId: "model" }, "InvalidInputError", "input.sameClassesAsId"],
  ])("are not registered with %j", async (change, type, field) => {
    const { body } = await upload(Buffer.from("a network, perhaps"));
    const before = await snapshot();
    const given = "sameClassesAsId" in change ? { ...change, sameClassesAsId: modelId } : change;
    const answer = await mutate("registerModel", { ...wish(body.id), ...given });
    expect(answer).toMatchObject({ __typename: type, ...(field === undefined ? {} : { field }) });
    expect(await snapshot()).toBe(before);
  });
});

describe("a retraining chain", () => {
  it("is refused for a model of other classes, and is queued with all its links for one of the data set", async () => {
    expect(await mutate("startChain", chainWish())).toMatchObject({ __typename: "InvalidInputError", field: "input.modelId" });
    const labels = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    await seedModels(api.database.connection, [{ ...testModel, id: "ten", sha256: "3".repeat(64), labels }]);
    const { nodes } = (await api.query("{ models { nodes { id slug } } }")).body.data.models;
    const ten = nodes.find(({ slug }: { slug: string }) => slug === "ten").id;
    const { chain } = await mutate("startChain", { ...chainWish(), modelId: ten, iterations: 2, idempotencyKey: "c" });
    expect(chain.links).toEqual([
      { iteration: 1, state: "QUEUED", model: { slug: "ten" } },
      { iteration: 2, state: "QUEUED", model: null },
      { iteration: 3, state: "QUEUED", model: null },
    ]);
    expect(await lastJobs()).toEqual(["retrainChain"]);
    expect((await mutate("startChain", { ...chainWish(), modelId: ten, iterations: 2, idempotencyKey: "c" })).chain.id).toBe(chain.id);
    const { body } = await api.query(
      `query ($id: ID!) { chain(id: $id) { name dataset { label } run { kind chain { id } name } links { testError medianConfidence foolingShare
        elites { niche image { url } } } } chains { totalCount nodes { id } } }`,
      { id: chain.id },
    );
    expect(body.errors).toBeUndefined();
    expect(body.data.chain).toMatchObject({ name: "C", dataset: { label: "MNIST" }, run: { kind: "retraining", chain: { id: chain.id } } });
    expect(body.data.chains.totalCount).toBe(1);
    for (const change of [{ dataset: "imagenet" }, { iterations: 0 }, { iterations: 16 }, { parameters: { offspring: 3 } }, { name: "" }]) {
      const before = await snapshot();
      expect((await mutate("startChain", { ...chainWish(), modelId: ten, ...change })).__typename).toBe("InvalidInputError");
      expect(await snapshot()).toBe(before);
    }
  });
});

describe("what is learnt from images", () => {
  it("shows whether what fools one network fools its twin", async () => {
    const matrix = `{ transferMatrix(experimentId: "EXP-1") { unscored models { slug }
      cells { images source { slug } other { slug } sameTop { estimate low high } confidentOnBoth { estimate } otherConfidence { probability value } } } }`;
    expect((await api.query(matrix)).body.data.transferMatrix.unscored).toBe(5);
    const { analysis } = await mutate("scoreTransfer", { experimentId: "EXP-1" });
    expect(analysis).toMatchObject({ kind: "transfer", state: "QUEUED" });
    const { id } = await api.database.connection.analysis.findFirstOrThrow({ where: { kind: "transfer" } });
    await analyse({ analysisId: id }, context());
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

  it("shows ablations, ancestry, difficulty and diversity of a run", async () => {
    const { archive } = (await api.query('{ node(id: "RUN-1") { ... on Run { archive { id } } } }')).body.data.node;
    const { analysis } = await mutate("ablateElite", { eliteId: archive[0].id, regions: 4, paint: "GREY" });
    const { id } = await api.database.connection.analysis.findFirstOrThrow({ where: { kind: "ablation" } });
    await analyse({ analysisId: id }, context());
    const { body } = await api.query(
      `query ($elite: ID!, $analysis: ID!) { nodes(ids: [$elite, $analysis]) { ... on Elite { ablation { id ablation { confidence loweredShare
          regions { x y width height drop } } } } ... on Analysis { state done elite { id } run { key } detectors { auroc } } }
        analyses(kind: "ablation", runId: "RUN-1") { totalCount }
        node(id: "RUN-1") { ... on Run { difficulty { competition classes { label confidence rivalLabel neighbours } }
          phylogeny(limit: 50) { goalSwitchShare nodes { generation parents niches current confidence imageUrl } goalSwitches { niche from child }
            relatedness { first second relatedness } } } }
        diversity(niche: 1, runIds: ["RUN-1"]) { meanDistance elites { label } } }`,
      { elite: archive[0].id, analysis: analysis.id },
    );
    expect(body.errors).toBeUndefined();
    const [elite, asked] = body.data.nodes;
    expect(elite.ablation.id).toBe(analysis.id);
    expect(elite.ablation.ablation.regions.length).toBe(16);
    expect(asked).toMatchObject({ state: "SUCCEEDED", elite: { id: archive[0].id }, run: { key: "RUN-1" }, detectors: null });
    expect(body.data.analyses.totalCount).toBe(1);
    const { difficulty, phylogeny } = body.data.node;
    const confidences = difficulty.classes.map(({ confidence }: { confidence: number }) => confidence);
    expect(confidences).toEqual([...confidences].sort((a, b) => a - b));
    expect(phylogeny.nodes.flatMap(({ current }: { current: number[] }) => current).sort()).toEqual([0, 1, 2, 3, 4]);
    for (const [i, node] of phylogeny.nodes.entries()) for (const parent of node.parents) expect(parent).toBeLessThan(i);
    expect(body.data.diversity).toMatchObject({ meanDistance: null, elites: [{ label: "1" }] });
  });

  it.each([
    ["ablateElite", () => ({ eliteId: "nonsense" }), "InvalidInputError"],
    ["ablateElite", () => ({ eliteId: Buffer.from("Elite:nobody").toString("base64url") }), "NotFoundError"],
    ["measureDetectors", () => ({ runId: "RUN-999" }), "NotFoundError"],
    ["measureDetectors", () => ({ runId: "RUN-1", generations: 1 }), "InvalidInputError"],
    ["measureDetectors", () => ({ runId: "RUN-2" }), "InvalidInputError"],
    ["scoreTransfer", () => ({}), "InvalidInputError"],
    ["scoreTransfer", () => ({ runIds: [] }), "InvalidInputError"],
    ["scoreTransfer", () => ({ runIds: ["RUN-2"] }), "InvalidInputError"],
    ["scoreTransfer", () => ({ runIds: ["RUN-1"], experimentId: "EXP-1" }), "InvalidInputError"],
    ["scoreTransfer", () => ({ experimentId: "EXP-999" }), "NotFoundError"],
    ["checkModel", () => ({ modelId: "nonsense" }), "InvalidInputError"],
  ] as const)("does not begin %s with the wrong input", async (name, input, type) => {
    const before = await snapshot();
    expect((await mutate(name, input())).__typename).toBe(type);
    expect(await snapshot()).toBe(before);
  });

  it.each([
    ["a negative niche", '{ diversity(niche: -1, runIds: ["RUN-1"]) { niche } }'],
    ["no runs at all", "{ transferMatrix { unscored } }"],
    ["both ways to name runs", '{ transferMatrix(experimentId: "EXP-1", runIds: ["RUN-1"]) { unscored } }'],
    ["a chain that is none", '{ chain(id: "nonsense") { id } }'],
    ["too much ancestry", '{ node(id: "RUN-1") { ... on Run { phylogeny(limit: 5001) { goalSwitchShare } } } }'],
    ["a foreign cursor", '{ chains(after: "W10") { totalCount } }'],
  ])("answers %s with a 4xx in words", async (_name, query) => {
    const { status, text } = await api.query(query);
    expect([status >= 400 && status < 500, JSON.parse(text).errors.length > 0]).toEqual([true, true]);
    expect(text).not.toMatch(/\bat .*:\d+:\d+|node_modules|SELECT |prisma|\/work\//i);
  });
});

describe("an evolution on crops", () => {
  it("is started with its framing", async () => {
    const input = { experimentId: "EXP-1", modelId, encoding: "direct", preset: "paper", seed: 7, generations: 3 };
    const { run } = await mutate("startRun", { ...input, framing: { crops: 10, imageSize: 10 } });
    expect(run.framing).toEqual({ crops: 10, imageSize: 10 });
  });
});
