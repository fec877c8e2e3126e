/** Who reads what of private, unlisted and public experiments: visitors, users without a workspace, and users and keys of other workspaces. */
import { encodeGlobalId, type NodeType } from "@pareidolia/api/globalId/globalId";
import type { Visibility } from "@pareidolia/core/visibility";
import { seedModels } from "@pareidolia/persistence/lab/models/zooModels";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type AccountsApi, type Sender, startAccountsApi } from "../../support/accounts.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { withoutTriggers } from "../../support/postgresServer.ts";
import { openRawSocket } from "../../support/rawSocket.ts";
import { evolveContext, seedRun, testModel } from "../../support/runs.ts";

let api: AccountsApi;
/** Rows of the shared experiment, EXP-1, and of EXP-2, which stays private. */
const shared = { experiment: "", run: "", elite: "", genome: "", sha256: "" };
const hidden = { ...shared };
/** Not members of the workspace. */
let others: Readonly<Record<string, Sender>>;
let researcher: Sender;
const webOrigin = "http://127.0.0.1:3000";

beforeAll(async () => {
  api = await startAccountsApi();
  const { database, objectStore } = api;
  const { connection } = database;
  const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });
  await seedModels(connection, [testModel]);
  for (const [rows, seed] of [
    [shared, 1],
    [hidden, 2],
  ] as const) {
    rows.run = await seedRun(database, { seed });
    await carryOutRun({ runId: rows.run }, evolveContext({ database, objectStore, classifier }));
    rows.experiment = (await connection.run.findUniqueOrThrow({ where: { id: rows.run } })).experimentId;
    const elite = await connection.elite.findFirstOrThrow({ where: { runId: rows.run }, include: { genome: true } });
    Object.assign(rows, { elite: elite.id, genome: elite.genomeId, sha256: elite.genome.imageSha256 });
  }
  researcher = await api.createMember("grace", "RESEARCHER");
  const guest = await api.createMember("alan", "VIEWER");
  const outsider = await api.createMember("eve", "VIEWER");
  await connection.membership.deleteMany({ where: { userId: { in: ["alan", "eve"] } } });
  await api.ask(outsider, `mutation { createWorkspace(input: { name: "Elsewhere" }) { __typename } }`);
  const createKey = `mutation { createApiKey(input: { name: "Key", scopes: [READ, RUN] }) { ... on CreateApiKeySuccess { secret } } }`;
  const { secret } = (await api.ask(outsider, createKey)).body.data.createApiKey;
  others = {
    visitor: {},
    guest: { cookie: guest.cookie },
    outsider: { cookie: outsider.cookie },
    key: { authorization: `Bearer ${secret}` },
  };
}, 120_000);
afterAll(() => api.close());
beforeEach(() => setVisibility("PRIVATE"));

const names = ["visitor", "guest", "outsider", "key"] as const;
const idOf = (type: NodeType, id: string): string => encodeGlobalId(type, id);
const missingHash = "f".repeat(64);

async function setVisibility(visibility: Visibility, options: { sender?: Sender; renewLink?: boolean } = {}) {
  const { sender = api.owner, renewLink = false } = options;
  const query = `mutation ($input: SetExperimentVisibilityInput!) { setExperimentVisibility(input: $input) {
    __typename ... on SetExperimentVisibilitySuccess { experiment { visibility shareToken publishedAt } } ... on Error { message } } }`;
  const input = { experimentId: idOf("Experiment", shared.experiment), visibility, renewLink };
  return (await api.ask(sender, query, { input })).body.data.setExperimentVisibility;
}

const withLink = (sender: Sender, token: string): Sender => ({ ...sender, "x-share-token": token }) as unknown as Sender;
const tokenOf = async (): Promise<string> => (await setVisibility("UNLISTED")).experiment.shareToken;

async function getNode(sender: Sender, type: NodeType, id: string, fields = "id") {
  const { status, body } = await api.ask(sender, `query ($id: ID!) { node(id: $id) { ... on ${type} { ${fields} } } }`, {
    id: idOf(type, id),
  });
  return { status, body };
}

function fetchAs(sender: Sender, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(`${api.url}${path}`, { headers: { origin: webOrigin, ...(sender as Record<string, string>), ...headers } });
}

const previewOf = (experiment: string): string => `/contact-sheets/${idOf("Experiment", experiment)}/preview.png`;
const sheetOf = (run: string): string => `/contact-sheets/${idOf("Run", run)}/1/32.png`;

/** Everything that a sender may try with the ids of an experiment. Each answer without what names the object itself. */
async function tryAll(sender: Sender, rows: typeof shared): Promise<unknown[]> {
  const answers: unknown[] = [];
  const types = { Experiment: rows.experiment, Run: rows.run, Elite: rows.elite, Genome: rows.genome, Image: rows.sha256 } as const;
  for (const [type, id] of Object.entries(types)) answers.push(await getNode(sender, type as NodeType, id));
  const lists = [
    `runs(filter: { experimentId: "${idOf("Experiment", rows.experiment)}" }) { nodes { id } totalCount }`,
    `elites(filter: { experimentId: "${idOf("Experiment", rows.experiment)}" }) { nodes { id } totalCount }`,
    `elites(filter: { runId: "${idOf("Run", rows.run)}" }) { nodes { id } }`,
    `genomes(filter: { runId: "${idOf("Run", rows.run)}" }) { nodes { id } }`,
    `trajectories(filter: { runId: "${idOf("Run", rows.run)}" }) { nodes { id } }`,
    `perturbations(filter: { experimentId: "${idOf("Experiment", rows.experiment)}" }) { nodes { id } }`,
  ];
  for (const list of lists) {
    const { status, body } = await api.ask(sender, `{ list: ${list} }`);
    answers.push({ status, body });
  }
  for (const path of [`/images/${rows.sha256}.png`, sheetOf(rows.run), previewOf(rows.experiment)]) {
    const response = await fetchAs(sender, path);
    answers.push([response.status, response.headers.get("cache-control"), response.ok ? "image" : await response.text()]);
  }
  return answers;
}

const missing = { experiment: "missing", run: "missing", elite: "missing", genome: "missing", sha256: missingHash };

describe("a private experiment", () => {
  it.each(names)("of another workspace is indistinguishable from a missing one: %s", async (name) => {
    const sender = others[name] as Sender;
    const token = "A".repeat(43);
    expect(await tryAll(sender, shared)).toEqual(await tryAll(sender, missing));
    expect(await tryAll(withLink(sender, token), shared)).toEqual(await tryAll(sender, missing));
  });

  it("is the default, is not listed, and leaves signed-out requests for private data at 401", async () => {
    expect((await api.ask({}, "{ publicExperiments { totalCount nodes { id } } }")).body.data.publicExperiments).toEqual({
      totalCount: 0,
      nodes: [],
    });
    for (const query of [
      "{ viewer { user { name } } }",
      "{ experiments { totalCount } }",
      "{ runs { totalCount } }",
      "{ images { totalCount } }",
      "{ members { totalCount } }",
      "{ models { totalCount } }",
      "{ workers { id } }",
      '{ node(id: "EXP-1") { id } }',
      `mutation { createExperiment(input: { name: "x" }) { __typename } }`,
    ]) {
      const { status, body } = await api.ask({}, query);
      expect([query, status, body.errors[0].extensions.code]).toEqual([query, 401, "UNAUTHENTICATED"]);
    }
  });
});

const publicFields = `name description key visibility workspaceName workspaceSlug publishedAt shareToken createdBy { name } runCount modelNames
  outcomes { reached total } runs(first: 3) { totalCount nodes { id key name state createdBy { name } worker { id } failure
    experiment { id } model { name } ... on EvolutionRun { statistics { generation median } archive { niche label storedConfidence
      image { url scores { topLabel } } genome { document } } } } }`;

describe("a public experiment", () => {
  it.each(names)("is read by id, by nested paths, in lists and as images: %s", async (name) => {
    await setVisibility("PUBLIC");
    const sender = others[name] as Sender;
    const { status, body } = await getNode(sender, "Experiment", shared.experiment, publicFields);
    expect([status, body.errors]).toEqual([200, undefined]);
    const { runs, ...experiment } = body.data.node;
    expect(experiment).toMatchObject({
      name: "Test",
      key: "EXP-1",
      visibility: "PUBLIC",
      workspaceName: "Local workspace",
      workspaceSlug: "local",
      publishedAt: expect.any(String),
      shareToken: null,
      createdBy: null,
      runCount: 1,
    });
    const [run] = runs.nodes;
    expect(run).toMatchObject({
      key: "RUN-1",
      state: "SUCCEEDED",
      createdBy: null,
      worker: null,
      model: { name: "Linear" },
    });
    expect(run.statistics.length).toBeGreaterThan(1);
    expect(run.archive[0]).toMatchObject({
      image: { url: expect.stringMatching(/^\/images\/[0-9a-f]{64}\.png$/) },
      genome: { document: expect.any(Object) },
    });
    for (const path of [run.archive[0].image.url, sheetOf(shared.run), previewOf(shared.experiment)]) {
      const response = await fetchAs(sender, path);
      expect([path, response.status, response.headers.get("cache-control")]).toEqual([path, 200, "private, no-cache"]);
    }
    const answers = await tryAll(sender, shared);
    expect(answers).toHaveLength(14);
    for (const answer of answers.slice(0, 11)) expect(answer).toMatchObject({ status: 200, body: { data: expect.anything() } });
    const listed = (await api.ask(sender, "{ publicExperiments { totalCount nodes { key name } } }")).body.data.publicExperiments;
    expect(listed).toEqual({ totalCount: 1, nodes: [{ key: "EXP-1", name: "Test" }] });
  });

  it.each(names)("shows nothing else of its workspace: %s", async (name) => {
    await setVisibility("PUBLIC");
    const sender = others[name] as Sender;
    expect(await tryAll(sender, hidden)).toEqual(await tryAll(sender, missing));
    const { connection } = api.database;
    const nodes = {
      User: (await connection.user.findFirstOrThrow({ where: { id: "grace" } })).id,
      Member: "membership_grace",
      Workspace: localWorkspaceId,
    } as const;
    for (const [type, id] of Object.entries(nodes))
      expect([type, await getNode(sender, type as NodeType, id)]).toEqual([type, await getNode(sender, type as NodeType, "missing")]);
    const closed = ["events { nodes { seq } }", "phylogeny { nodeCount }", "relatedness { relatedPairs }", "difficulty { competition }"];
    for (const field of closed) {
      const { body } = await getNode(sender, "Run", shared.run, `... on EvolutionRun { ${field} }`);
      expect([field, body.errors?.[0].extensions.code]).toEqual([field, "FORBIDDEN"]);
    }
  });

  it.each(["guest", "outsider", "key"] as const)("is changed by no one but members: %s", async (name) => {
    await setVisibility("PUBLIC");
    const sender = others[name] as Sender;
    const run = idOf("Run", shared.run);
    const experiment = idOf("Experiment", shared.experiment);
    const model = idOf("Model", (await api.database.connection.model.findFirstOrThrow()).id);
    const before = await api.database.connection.run.findMany();
    const attacks = (await api.ask(api.owner, "{ attacks { id presets { id } } }")).body.data.attacks;
    const preset = attacks.find(({ id }: { id: string }) => id === "pgd").presets[0].id;
    const errors = "{ __typename ... on Error { message } }";
    const mutations = [
      `pauseRun(input: { runId: "${run}" }) ${errors}`,
      `cancelRun(input: { runId: "${run}" }) ${errors}`,
      `archiveExperiment(input: { experimentId: "${experiment}" }) ${errors}`,
      `setExperimentVisibility(input: { experimentId: "${experiment}", visibility: PRIVATE }) ${errors}`,
      `startEvolution(input: { experimentId: "${experiment}", modelId: "${model}", encoding: "direct", preset: "paper", seed: 1, generations: 1 }) ${errors}`,
      `measureSurvival(input: { eliteId: "${idOf("Elite", shared.elite)}" }) ${errors}`,
      `scoreImage(input: { imageId: "${idOf("Image", shared.sha256)}" }) ${errors}`,
      `startPerturbation(input: { experimentId: "${experiment}", modelId: "${model}", attack: "pgd", preset: "${preset}", seed: 1, sourceId: "${idOf("Image", shared.sha256)}" }) ${errors}`,
    ];
    for (const mutation of mutations) {
      const { body } = await api.ask(sender, `mutation { answer: ${mutation} }`);
      const kind = body.data?.answer?.__typename ?? body.errors[0].extensions.code;
      expect([mutation, kind]).toEqual([mutation, expect.stringMatching(/^(NotFoundError|ForbiddenError|NO_WORKSPACE)$/)]);
    }
    // Refuses each run by itself, so it succeeds without one.
    await api.ask(sender, `mutation { trashRuns(input: { runIds: ["${run}"] }) { __typename } }`);
    expect(await api.database.connection.run.findMany()).toEqual(before);
    expect(await api.database.connection.analysis.count()).toBe(0);
  });

  it("is read but not followed: no one but a member subscribes to its runs", async () => {
    await setVisibility("PUBLIC");
    const query = `subscription { runEvents(runId: "${idOf("Run", shared.run)}") { seq } }`;
    const socket = await openRawSocket(api.url, { headers: { ...(others["outsider"] as Record<string, string>), origin: webOrigin } });
    socket.subscribe("one", query);
    expect(await socket.answer("one")).toMatchObject({ payload: { errors: [{ extensions: { code: "FORBIDDEN" } }] } });
    await socket.close();
    const anonymous = await openRawSocket(api.url, { headers: { origin: webOrigin } });
    expect([anonymous.accepted, (await anonymous.closed).code]).toEqual([false, 4401]);
  });

  it("shows of a network that was uploaded no more than its name and classes", async () => {
    await setVisibility("PUBLIC");
    const { connection } = api.database;
    const { id } = await connection.model.findFirstOrThrow();
    await connection.model.update({
      where: { id },
      data: { workspaceId: localWorkspaceId, origin: "upload", description: "secret", url: "https://secret.example/x" },
    });
    try {
      const fields = "model { name labels description url sha256 licence source slug report byteLength }";
      const { body } = await getNode({}, "Run", shared.run, `manifest ${fields}`);
      expect(body.data.node).toMatchObject({ model: { name: "Linear", labels: testModel.labels, sha256: "", url: null } });
      expect(JSON.stringify(body)).not.toMatch(/secret|modelSha256|modelHash/);
      await setVisibility("PRIVATE");
      expect((await getNode({}, "Model", id)).body.data.node).toBeNull();
    } finally {
      const statement = "UPDATE models SET workspace_id = NULL, origin = 'zoo', description = 'For tests', url = NULL WHERE id = $1";
      await withoutTriggers(api.ownerUrl, statement, [id]);
    }
  });

  it("stops being served at once when it becomes private, also to clients that kept its images", async () => {
    await setVisibility("PUBLIC");
    const path = `/images/${shared.sha256}.png`;
    const first = await fetchAs({}, path);
    const etag = first.headers.get("etag") ?? "";
    expect((await fetchAs({}, path, { "if-none-match": etag })).status).toBe(304);
    const sheet = (await fetchAs({}, sheetOf(shared.run))).headers.get("etag") ?? "";
    expect((await fetchAs({}, sheetOf(shared.run), { "if-none-match": sheet })).status).toBe(304);
    expect(first.headers.get("vary")).toMatch(/Cookie/);
    const preview = (await fetchAs({}, previewOf(shared.experiment))).headers.get("etag") ?? "";
    expect((await fetchAs({}, previewOf(shared.experiment), { "if-none-match": preview })).status).toBe(304);
    await setVisibility("PRIVATE");
    expect((await fetchAs({}, previewOf(shared.experiment), { "if-none-match": preview })).status).toBe(404);
    expect((await fetchAs({}, path, { "if-none-match": etag })).status).toBe(404);
    expect((await fetchAs({}, sheetOf(shared.run), { "if-none-match": sheet })).status).toBe(404);
    const own = await fetchAs(api.owner, path);
    expect([own.status, own.headers.get("cache-control")]).toEqual([200, "private, max-age=31536000, immutable"]);
  });

  it("is hidden while its workspace is deleted, and is public again when that is restored", async () => {
    await setVisibility("PUBLIC");
    const workspaceId = idOf("Workspace", localWorkspaceId);
    const change = (field: string) => api.ask(api.owner, `mutation { ${field}(input: { workspaceId: "${workspaceId}" }) { __typename } }`);
    await change("deleteWorkspace");
    expect(await tryAll({}, shared)).toEqual(await tryAll({}, missing));
    expect((await api.ask({}, "{ publicExperiments { totalCount } }")).body.data.publicExperiments.totalCount).toBe(0);
    await change("restoreWorkspace");
    expect((await fetchAs({}, `/images/${shared.sha256}.png`)).status).toBe(200);
  });
});

describe("an unlisted experiment", () => {
  it.each(names)("is read with its link only: %s", async (name) => {
    const token = await tokenOf();
    const sender = others[name] as Sender;
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await tryAll(sender, shared)).toEqual(await tryAll(sender, missing));
    expect(await tryAll(withLink(sender, `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`), shared)).toEqual(
      await tryAll(sender, missing),
    );
    const linked = withLink(sender, token);
    const { body } = await api.ask(
      linked,
      `{ sharedExperiment { key shareToken createdBy { name } runs { nodes { ... on EvolutionRun { archive(best: 1) { image { url } } } } } } }`,
    );
    expect(body.data.sharedExperiment).toMatchObject({ key: "EXP-1", shareToken: null, createdBy: null });
    const { url } = body.data.sharedExperiment.runs.nodes[0].archive[0].image;
    expect(url).toMatch(new RegExp(`^/images/[0-9a-f]{64}\\.png\\?share=${token}$`));
    for (const path of [url, `${sheetOf(shared.run)}?share=${token}`, `${previewOf(shared.experiment)}?share=${token}`]) {
      const response = await fetchAs(sender, path);
      expect([response.status, response.headers.get("cache-control")]).toEqual([200, "private, no-store"]);
    }
    expect(await tryAll(linked, hidden)).toEqual(await tryAll(sender, missing));
    expect((await api.ask(sender, "{ publicExperiments { totalCount } sharedExperiment { id } }")).body.data).toEqual({
      publicExperiments: { totalCount: 0 },
      sharedExperiment: null,
    });
  });

  it("gets another link when its link is renewed, and when it is unlisted again", async () => {
    const first = await tokenOf();
    expect(await tokenOf()).toBe(first);
    const second = (await setVisibility("UNLISTED", { renewLink: true })).experiment.shareToken;
    await setVisibility("PUBLIC");
    const third = await tokenOf();
    expect(new Set([first, second, third]).size).toBe(3);
    for (const [token, status] of [
      [first, 404],
      [second, 404],
      [third, 200],
    ] as const)
      for (const path of [`/images/${shared.sha256}.png`, previewOf(shared.experiment)])
        expect([path, (await fetchAs({}, `${path}?share=${token}`)).status]).toEqual([path, status]);
    await setVisibility("PRIVATE");
    expect((await fetchAs({}, `/images/${shared.sha256}.png?share=${third}`)).status).toBe(404);
  });
});

describe("the visibility of an experiment", () => {
  it("is changed by owners only, and each change is in the audit log with old and new values", async () => {
    expect(await setVisibility("PUBLIC", { sender: researcher })).toMatchObject({ __typename: "ForbiddenError" });
    expect(await setVisibility("PUBLIC")).toMatchObject({
      experiment: { visibility: "PUBLIC", shareToken: null, publishedAt: expect.any(String) },
    });
    await setVisibility("PUBLIC");
    const token = await tokenOf();
    await setVisibility("UNLISTED", { renewLink: true });
    const entries = await api.database.connection.auditEntry.findMany({
      where: { action: "experiment:share" },
      orderBy: { sequence: "asc" },
    });
    const changes = entries.slice(-3).map(({ text }) => JSON.parse(text));
    expect(changes.map(({ before, after }) => [before, after])).toEqual([
      [{ visibility: "PRIVATE" }, { visibility: "PUBLIC" }],
      [{ visibility: "PUBLIC" }, { visibility: "UNLISTED" }],
      [{ visibility: "UNLISTED" }, { visibility: "UNLISTED", renewedLink: true }],
    ]);
    expect(JSON.stringify(changes)).not.toContain(token);
  });

  it("shows an API key no link, which would open the experiment after the key is revoked", async () => {
    const token = await tokenOf();
    const create =
      'mutation { createApiKey(input: { name: "Key", scopes: [READ, RUN, ADMIN] }) { ... on CreateApiKeySuccess { secret } } }';
    const { secret } = (await api.ask(api.owner, create)).body.data.createApiKey;
    const key = { authorization: `Bearer ${secret}` };
    expect((await getNode(key, "Experiment", shared.experiment, "visibility shareToken")).body.data.node).toEqual({
      visibility: "UNLISTED",
      shareToken: null,
    });
    expect((await setVisibility("UNLISTED", { renewLink: true, sender: key })).experiment).toMatchObject({
      visibility: "UNLISTED",
      shareToken: null,
    });
    expect((await getNode(api.owner, "Experiment", shared.experiment, "shareToken")).body.data.node.shareToken).not.toBe(token);
  });

  it("leaves members what they had: names of creators, also of one who has left, and the link", async () => {
    const token = await tokenOf();
    await api.database.connection.run.update({ where: { id: shared.run }, data: { createdById: "alan" } });
    const fields = "shareToken createdBy { name } runs { nodes { createdBy { name } } }";
    const { body } = await getNode(researcher, "Experiment", shared.experiment, fields);
    expect(body.data.node).toEqual({ shareToken: token, createdBy: { name: "Ada" }, runs: { nodes: [{ createdBy: { name: "alan" } }] } });
    await setVisibility("PUBLIC");
    expect((await getNode(others["outsider"] as Sender, "Run", shared.run, "createdBy { name }")).body.data.node).toEqual({
      createdBy: null,
    });
  });
});
