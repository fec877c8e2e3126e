/** The GraphQL API over real HTTP and Postgres, with a run that the worker's task has completed. */
import { readFileSync } from "node:fs";
import { createSchema } from "@pareidolia/api/schema";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { buildSchema, lexicographicSortSchema, printSchema } from "graphql";
import { auditServer } from "graphql-http";
import { createClient } from "graphql-ws";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { readGallery } from "../../support/galleryStatements.ts";
import { findLeaks } from "../../support/leaks.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { evolveContext, seedRun } from "../../support/runs.ts";

let api: TestApi;
let modelId: string;
const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });

beforeAll(async () => {
  api = await startTestApi();
  const runId = await seedRun(api.database);
  await carryOutRun({ runId }, evolveContext({ database: api.database, objectStore: api.objectStore, classifier }));
  modelId = (await api.query("{ models { nodes { id } } }")).body.data.models.nodes[0].id;
});
afterAll(() => api.close());

const tables = ["experiments", "runs", "run_events", "workspaces"] as const;
async function snapshot(): Promise<string> {
  const jobs = await api.database.connection.$queryRawUnsafe("SELECT count(*)::int FROM pareidolia_jobs.job");
  const rows = await Promise.all(tables.map((table) => api.database.connection.$queryRawUnsafe(`SELECT * FROM ${table} ORDER BY 1, 2`)));
  return JSON.stringify([jobs, rows]);
}

const startEvolution = `mutation ($input: StartEvolutionInput!) { startEvolution(input: $input) { __typename
  ... on StartEvolutionSuccess { run { id key name state parameters eventSeq offspring } } ... on InvalidInputError { field } ... on Error { code message } } }`;
const start = async (input: object) => (await api.query(startEvolution, { input })).body.data.startEvolution;
const runInput = () => ({ experimentId: "EXP-1", modelId, encoding: "direct", preset: "paper", seed: 7, generations: 3 });

describe("the API", () => {
  it("answers every query", async () => {
    const { status, body } = await api.query(`{
      viewer { role user { id name } workspace { id slug experimentCount eliteCount modelCount } }
      experiments(first: 5, search: "archived = false AND state = succeeded AND test", orderBy: { field: NAME, direction: ASC }) { totalCount
        nodes { id key state runCount outcomes { reached total } modelNames encodings createdBy { name } runs { nodes { key } } } }
      runs(first: 5, search: "state = succeeded AND encoding = direct AND run = 1", filter: { experimentId: "EXP-1" }) { totalCount
        nodes { id key name methodLabel presetLabel state totalEvaluations evaluations secondsLeft worker { id } savedAt archiveHash
          experiment { key } model { name } ... on EvolutionRun { generation archive { niche } archiveAt(generation: 0) { generation } statistics(since: 9) { generation median }
          milestones { confidence reached medianGeneration } } events(first: 1) { totalCount pageInfo { hasNextPage } nodes { seq kind change { from to reason } } } } }
      elites(first: 2, filter: { runId: "RUN-1", niche: [0, 1, 2], minimumConfidence: 0 }) { totalCount
        nodes { id label ancestry { niche goalSwitch confidence genome { generation } elite { id } } genome { document parents { id } } } }
      genomes(filter: { runId: "RUN-1" }) { totalCount nodes { id generation index } } images { totalCount nodes { sha256 } }
      scores(first: 1) { totalCount nodes { topLabel probabilities { label probability } image { url } } }
      models { totalCount nodes { slug measuredSpeed firstFooled { id } } }
      encodings { id presets { id } parameters { name kind default } } searchParameters { name } workers { id alive run { key } }
    }`);
    expect(body.errors).toBeUndefined();
    expect(status).toBe(200);
    const run = body.data.runs.nodes[0];
    expect(run).toMatchObject({
      key: "RUN-1",
      state: "SUCCEEDED",
      generation: 12,
      totalEvaluations: 104,
      evaluations: 104,
      secondsLeft: null,
    });
    expect(run.archive.map((elite: { niche: number }) => elite.niche)).toEqual([0, 1, 2, 3, 4]);
    expect(run.archiveAt.every((elite: { generation: number }) => elite.generation === 0)).toBe(true);
    expect(run.statistics.map((row: { generation: number }) => row.generation)).toEqual([10, 11, 12]);
    expect(body.data.experiments.nodes[0]).toMatchObject({ key: "EXP-1", state: "SUCCEEDED", runCount: 1, outcomes: [{ total: 5 }] });
    const { ancestry, genome } = body.data.elites.nodes[0];
    expect(ancestry.at(-1).genome.generation).toBe(0);
    expect(ancestry[0]).toMatchObject({ goalSwitch: false, elite: { id: body.data.elites.nodes[0].id } });
    expect(genome.document).toMatchObject({ encoding: "direct", image: { width: 8, height: 8, channels: 1 } });
  });

  it("reads the ancestry of all elites at once, each as by itself", async () => {
    const line = (limit: number) => `ancestry(limit: ${limit}) { confidence genome { id } }`;
    const spy = vi.spyOn(pg.Client.prototype, "query");
    const { body } = await api.query(`{ elites(first: 50) { nodes { id short: ${line(2)} long: ${line(50)} } } }`);
    const count = spy.mock.calls.length;
    spy.mockRestore();
    expect(count).toBeLessThanOrEqual(5);
    const { nodes } = body.data.elites;
    expect(nodes.length).toBe(5);
    for (const { id, short, long } of nodes) {
      const alone = await api.query(`{ node(id: "${id}") { ... on Elite { ${line(50)} } } }`);
      expect(long).toEqual(alone.body.data.node.ancestry);
      expect(short).toEqual(long.slice(0, 2));
    }
    expect(new Set(nodes.map(({ long }: { long: unknown }) => JSON.stringify(long))).size).toBeGreaterThan(1);
  });

  it("reads a gallery page with scores, models and runs in at most 4 statements", async () => {
    const spy = vi.spyOn(pg.Client.prototype, "query");
    const { body } = await api.query(`{ elites(first: 50) { nodes { id label niche storedConfidence searchConfidence
      image { url scores { topLabel topConfidence model { name } } } run { key } } } }`);
    const count = spy.mock.calls.length;
    spy.mockRestore();
    expect(body.data.elites.nodes.length).toBe(5);
    expect(body.data.elites.nodes[0].image.scores[0].model.name).toBe("Linear");
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThanOrEqual(4);
  });

  it("reads the gallery's page of elites in at most 4 statements", async () => {
    const { list, statements } = await readGallery(api, "evolution");
    expect([list.nodes.length, list.totalCount]).toEqual([5, 5]);
    for (const { model } of list.nodes) expect(model).toEqual({ id: modelId, name: "Linear" });
    expect(statements).toBeGreaterThan(0);
    expect(statements).toBeLessThanOrEqual(4);
  });

  it("reads a run's model alike, whichever of its fields are selected, through fragments too", async () => {
    const named = "fragment Named on Model { __typename ...Identified } fragment Identified on Node { id ... on Model { name } }";
    const read = async (selection: string, fragments = "") =>
      (await api.query(`{ runs(first: 1) { nodes { model { ${selection} } } } } ${fragments}`)).body.data.runs.nodes[0].model;
    const identity = { __typename: "Model", id: modelId, name: "Linear" };
    const whole = { ...identity, slug: "linear", labels: ["0", "1", "2", "3", "4"] };
    expect(await read("...Named", named)).toEqual(identity);
    expect(await read("...Named ... on Model { slug labels }", named)).toEqual(whole);
    expect(await read("...Whole", `${named} fragment Whole on Model { ...Named ...Named slug ... on Model { labels } }`)).toEqual(whole);
    expect(await read("slug @skip(if: true) id name")).toEqual({ id: modelId, name: "Linear" });
  });

  it("pages forwards and backwards through each row exactly once", async () => {
    const page = async (args: string) =>
      (
        await api.query(
          `{ elites(${args}, filter: { current: false }) { totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
        )
      ).body.data.elites;
    const all = (await page("first: 100")).nodes.map((node: { id: string }) => node.id);
    const forwards: string[] = [];
    for (let after = "", more = true; more; ) {
      const got = await page(`first: 3${after}`);
      forwards.push(...got.nodes.map((node: { id: string }) => node.id));
      after = `, after: "${got.pageInfo.endCursor}"`;
      more = got.pageInfo.hasNextPage;
    }
    expect(forwards).toEqual(all);
    const last = await page("last: 3");
    const before = await page(`last: 3, before: "${last.pageInfo.startCursor}"`);
    expect([...before.nodes, ...last.nodes].map((node) => node.id)).toEqual(all.slice(-6));
  });

  it("finds every node by its id, and runs by their keys", async () => {
    const { body } = await api.query(
      `{ viewer { user { id } workspace { id } } runs { nodes { id experiment { id } model { id } ... on EvolutionRun { archive { id genome { id } image { id scores { id } } } } } } }`,
    );
    const [run] = body.data.runs.nodes.slice(-1);
    const [elite] = run.archive;
    const ids = [
      body.data.viewer.user.id,
      body.data.viewer.workspace.id,
      run.id,
      run.experiment.id,
      run.model.id,
      elite.id,
      elite.genome.id,
      elite.image.id,
      elite.image.scores[0].id,
    ];
    const found = await api.query("query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", { ids: [...ids, "RUN-1"] });
    expect(found.body.data.nodes.map((node: { id: string }) => node.id)).toEqual([...ids, run.id]);
    expect((await api.query('{ node(id: "RUN-999") { id } }')).body).toEqual({ data: { node: null } });
  });

  it("finds an image by the beginning of its hash, if no other image begins with the same digits", async () => {
    const { sha256, id, key } = (await api.query("{ images(first: 1) { nodes { id key sha256 } } }")).body.data.images.nodes[0];
    const twin = `${sha256.slice(0, 20)}${"0".repeat(44)}`;
    const { width, height, channels, byteLength } = await api.database.connection.image.findUniqueOrThrow({ where: { sha256 } });
    await api.database.connection.image.create({ data: { sha256: twin, width, height, channels, byteLength } });
    const find = async (text: string) => (await api.query("query ($id: ID!) { node(id: $id) { id } }", { id: text })).body;
    for (const text of [key, `img-${sha256.slice(0, 4)}`, `IMG-${sha256.slice(0, 30).toUpperCase()}`, `IMG-${sha256}`])
      expect((await find(text)).data.node).toEqual({ id });
    for (const text of [`IMG-${"0".repeat(64)}`, `IMG-${twin}`]) expect(await find(text)).toEqual({ data: { node: null } });
    await api.database.connection.photo.create({
      data: { id: "twin", workspaceId: localWorkspaceId, name: "Twin", imageSha256: twin },
    });
    expect((await find(key)).errors[0].message).toBe(`Several images begin with ${key}. Add more digits.`);
    expect((await find(`IMG-${sha256.slice(0, 30)}`)).data.node).toEqual({ id });
    await api.database.connection.photo.delete({ where: { id: "twin" } });
    await api.database.connection.image.delete({ where: { sha256: twin } });
    for (const text of ["IMG-9f3", "IMG-9f3g", `IMG-${sha256}0`])
      expect((await find(text)).errors[0].extensions.code).toBe("INVALID_INPUT");
  });

  it("serves images as immutable, and JSON errors for other addresses", async () => {
    const { url } = (await api.query("{ images(first: 1) { nodes { url } } }")).body.data.images.nodes[0];
    const image = await fetch(api.url + url);
    expect(image.headers.get("content-type")).toBe("image/png");
    expect(image.headers.get("cache-control")).toContain("immutable");
    expect(image.headers.get("x-content-type-options")).toBe("nosniff");
    expect(image.headers.get("content-security-policy")).toContain("sandbox");
    expect(
      Buffer.from(await image.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe("PNG");
    const again = await fetch(api.url + url, { headers: { "if-none-match": image.headers.get("etag") ?? "" } });
    expect(again.status).toBe(304);
    for (const [path, status] of [
      ["nonsense", 400],
      ["..%2f..%2fetc%2fpasswd", 400],
      [`${"0".repeat(64)}.png`, 404],
    ] as const) {
      const answer = await fetch(`${api.url}/images/${path}`);
      expect([path, answer.status, Object.keys((await answer.json()) as object)]).toEqual([path, status, ["errors"]]);
    }
    for (const path of ["/healthz", "/readyz"]) expect((await fetch(api.url + path)).status).toBe(200);
  });
});

describe("the API, given bad input,", () => {
  const cases: readonly [string, () => Promise<{ status: number; text: string }>][] = [
    ["an invalid id", () => api.query('{ node(id: "nonsense") { id } }')],
    ["an id of another type", () => api.query('{ runs(filter: { experimentId: "RUN-1" }) { totalCount } }')],
    ["a missing experiment", () => api.query('{ runs(filter: { experimentId: "EXP-999" }) { totalCount } }')],
    ["a page that is too long", () => api.query("{ runs(first: 101) { totalCount } }")],
    ["a negative page size", () => api.query("{ runs(first: -1) { totalCount } }")],
    ["a foreign cursor", () => api.query('{ runs(after: "W10") { totalCount } }')],
    ["a negative generation", () => api.query('{ node(id: "RUN-1") { ... on EvolutionRun { archiveAt(generation: -1) { id } } } }')],
    [
      "a seed of 1e999",
      () =>
        api.post(
          `{"query":${JSON.stringify(startEvolution)},"variables":{"input":${JSON.stringify(runInput()).replace('"seed":7', '"seed":1e999')}}}`,
        ),
    ],
    ["malformed JSON", () => api.post('{"query": ')],
    ["malformed GraphQL", () => api.query("{ runs {")],
    ["an unknown field", () => api.query("{ viewr { role } }")],
    ["10 MB", () => api.query(`{ ${" ".repeat(10_000_000)} viewer { role } }`)],
    ["another content type", () => api.post("query=1", { "content-type": "text/plain" })],
    ["an empty body", () => api.post("", {})],
    ["a batch", () => api.post('[{"query":"{ viewer { role } }"}]')],
    ["1,000 aliases", () => api.query(`{ ${Array.from({ length: 1000 }, (_, i) => `a${i}: viewer { role }`).join(" ")} }`)],
    [
      "a query that is too deep",
      () => api.query(`{ runs { nodes { ${"experiment { runs { nodes { ".repeat(6)} key ${"} } }".repeat(6)} } } }`),
    ],
    [
      "a query that is too expensive",
      () => api.query("{ runs(first: 100) { nodes { experiment { runs(first: 100) { nodes { events { nodes { seq } } } } } } } }"),
    ],
  ];
  it.each(cases)("answers %s with a readable error, with a 4xx status unless there is data, and writes nothing", async (_name, send) => {
    const before = await snapshot();
    const { status, text } = await send();
    expect([findLeaks(text), /Did you mean/i.exec(text)]).toEqual([[], null]);
    const { data, errors } = JSON.parse(text);
    expect([status >= 400 && status < 500, status, errors.length > 0]).toEqual([data == null, data == null ? status : 200, true]);
    expect(await snapshot()).toBe(before);
  });

  it.each([
    [{ modelId: Buffer.from("Model:missing").toString("base64url") }, "NotFoundError", undefined],
    [{ modelId: "nonsense" }, "InvalidInputError", "input.modelId"],
    [{ experimentId: "EXP-999" }, "NotFoundError", undefined],
    [{ encoding: "magic" }, "InvalidInputError", "input.encoding"],
    [{ preset: "magic" }, "InvalidInputError", "input.preset"],
    [{ parameters: { nonsense: 1 } }, "InvalidInputError", "input.parameters.nonsense"],
    [{ parameters: [1] }, "InvalidInputError", "input.parameters"],
    [{ seed: -1 }, "InvalidInputError", "input.seed"],
    [{ generations: -1 }, "InvalidInputError", "input.generations"],
    [{ generations: 100_001 }, "InvalidInputError", "input.generations"],
    [{ offspring: 3 }, "InvalidInputError", "input.offspring"],
  ])("does not start a run with %j", async (change, type, field) => {
    const before = await snapshot();
    expect(await start({ ...runInput(), ...change })).toMatchObject({ __typename: type, ...(field === undefined ? {} : { field }) });
    expect(await snapshot()).toBe(before);
  });
});

describe("mutations", () => {
  it("create one experiment per key, start and control a run in it, and archive and restore the experiment", async () => {
    const create =
      'mutation { createExperiment(input: { name: "Mine", idempotencyKey: "k" }) { ... on CreateExperimentSuccess { experiment { id key } } } }';
    const { experiment } = (await api.query(create)).body.data.createExperiment;
    expect((await api.query(create)).body.data.createExperiment.experiment).toEqual(experiment);
    const conflict = await api.query('mutation { createExperiment(input: { name: "Other", idempotencyKey: "k" }) { __typename } }');
    expect(conflict.body.data.createExperiment.__typename).toBe("ConflictError");

    const input = { ...runInput(), experimentId: experiment.key, idempotencyKey: "r" };
    const { run } = await start(input);
    expect(run).toMatchObject({ state: "QUEUED", offspring: 200, eventSeq: 1, parameters: { insertion: "every-class" } });
    expect((await start(input)).run.id).toBe(run.id);

    const control = async (name: string, runId: string) =>
      (
        await api.query(
          `mutation ($input: RunInput!) { ${name}Run(input: $input) { __typename ... on ${name[0]?.toUpperCase()}${name.slice(1)}RunSuccess { run { state } } } }`,
          { input: { runId } },
        )
      ).body.data[`${name}Run`];
    expect((await control("pause", run.key)).run.state).toBe("PAUSED");
    expect((await control("resume", run.id)).run.state).toBe("QUEUED");
    expect((await control("cancel", run.id)).run.state).toBe("CANCELLED");
    expect((await control("resume", run.id)).__typename).toBe("ConflictError");
    expect((await control("pause", "RUN-999")).__typename).toBe("NotFoundError");

    const archive = async (archived: boolean) =>
      (
        await api.query(
          `mutation { archiveExperiment(input: { experimentId: "${experiment.id}", archived: ${archived} }) { ... on ArchiveExperimentSuccess { experiment { archivedAt } } } }`,
        )
      ).body.data.archiveExperiment.experiment.archivedAt;
    expect(await archive(true)).not.toBeNull();
    expect((await start({ ...input, idempotencyKey: "s" })).__typename).toBe("ConflictError");
    expect(await archive(false)).toBeNull();
  });
});

describe("a run subscription", () => {
  interface RunEvent {
    readonly seq: number;
    readonly run: { readonly state: string };
  }
  const connect = () => createClient({ url: `${api.url.replace("http", "ws")}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 });

  it("delivers each event exactly once although the connection drops repeatedly, and completes with the run", async () => {
    const runId = await seedRun(api.database, { generations: 60 });
    const key = `RUN-${(await api.database.connection.run.findUniqueOrThrow({ where: { id: runId } })).number}`;
    const slow = createLinearClassifier({
      input: classifier.input,
      classes: 5,
      duringPredict: () => new Promise((resolve) => setTimeout(resolve, 10)),
    });
    const running = carryOutRun({ runId }, evolveContext({ database: api.database, objectStore: api.objectStore, classifier: slow }));
    const received: RunEvent[] = [];
    let completed = false;
    let dropped = 0;
    while (!completed) {
      const client = connect();
      const since = received.at(-1)?.seq ?? 0;
      const events = client.iterate<{ runEvents: RunEvent }>({
        query: `subscription { runEvents(runId: "${key}", since: ${since}) { seq kind run { state } statistics { generation } elites { id } } }`,
      });
      completed = true;
      let here = 0;
      for await (const { data, errors } of events) {
        expect(errors).toBeUndefined();
        if (data != null) received.push(data.runEvents);
        if (++here === 4) {
          completed = false;
          dropped++;
          client.terminate();
          break;
        }
      }
      await client.dispose();
    }
    await running;
    const { eventSeq } = await api.database.connection.run.findUniqueOrThrow({ where: { id: runId } });
    expect(dropped).toBeGreaterThan(1);
    expect(received.map((event) => event.seq)).toEqual(Array.from({ length: eventSeq }, (_, i) => i + 1));
    expect(received.at(-1)?.run.state).toBe("SUCCEEDED");
  });

  it("is refused for pages of other sites", async () => {
    const open = (origin: string) =>
      new Promise<boolean>((resolve) => {
        const socket = new WebSocket(`${api.url.replace("http", "ws")}/graphql`, "graphql-transport-ws", { origin });
        socket.on("open", () => (socket.terminate(), resolve(true)));
        socket.on("error", () => resolve(false));
      });
    expect(await open("https://evil.example")).toBe(false);
    expect(await open("http://localhost:9999")).toBe(false);
    expect(await open("null")).toBe(false);
    expect(await open(api.url)).toBe(true);
  });
});

describe("the published API", () => {
  it("matches the committed schema, and describes every type", async () => {
    const schema = await createSchema();
    const committed = buildSchema(readFileSync(new URL("../../../apps/api/schema.graphql", import.meta.url), "utf8"));
    expect(printSchema(lexicographicSortSchema(committed))).toBe(printSchema(lexicographicSortSchema(schema)));
    const bare = Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith("__") && !type.description);
    expect(bare.map((type) => type.name).filter((name) => !["Query", "Mutation", "Subscription"].includes(name))).toEqual([]);
  });

  it("passes the GraphQL over HTTP audit without errors", async () => {
    const results = await auditServer({ url: `${api.url}/graphql` });
    expect(results.filter((result) => result.status === "error").map((result) => result.name)).toEqual([]);
  });

  it("serves the explorer from one page that loads nothing from other hosts", async () => {
    const response = await fetch(`${api.url}/graphiql`);
    expect(response.headers.get("content-security-policy")).toContain("default-src 'self'");
    expect(response.headers.get("content-security-policy")).not.toContain("unsafe-eval");
    const page = await response.text();
    expect(page).not.toMatch(/<(?:script|link)[^>]+(?:src|href)="https?:/);
    expect(page).toMatch(/renderYogaGraphiQL\(\s*window\.document\.querySelector\('#root'\),\s*readLink\(\{/);
  });
});
