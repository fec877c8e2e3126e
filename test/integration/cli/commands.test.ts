/** Each command of the command line, against one API with accounts and a worker. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { seedModels } from "@pareidolia/persistence/lab/models/zooModels";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AccountsApi, startAccountsApi } from "../../support/accounts.ts";
import { type CommandLine, openCommandLine } from "../../support/commandLine.ts";
import { type InProcessWorker, startInProcessWorker } from "../../support/inProcessWorker.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { writeOpenedStudy } from "../../support/openedStudy.ts";
import { openProductBulk } from "../../support/productBulk.ts";
import { evolveContext, testModel } from "../../support/runs.ts";
import { openTrainable, type TrainableClassifiers } from "../../support/trainableClassifiers.ts";

const execute = promisify(execFile);
const root = path.resolve(import.meta.dirname, "../../..");

let api: AccountsApi;
let worker: InProcessWorker;
let startWorker: () => InProcessWorker;
let cli: CommandLine;
let folder: string;
let key: string;
let trainable: TrainableClassifiers;

async function createKey(scopes: readonly string[], sender: { readonly cookie: string } = api.owner): Promise<string> {
  const { body } = await api.ask(
    sender,
    "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { ... on CreateApiKeySuccess { secret } } }",
    { input: { name: "CLI", scopes } },
  );
  return body.data.createApiKey.secret;
}

beforeAll(async () => {
  api = await startAccountsApi();
  await seedModels(api.database.connection, [testModel]);
  const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });
  const { database, objectStore } = api;
  trainable = await openTrainable(api, { linear: classifier });
  const { openClassifier } = trainable;
  startWorker = () => startInProcessWorker(api, { ...evolveContext({ database, objectStore, classifier }), openClassifier });
  worker = startWorker();
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-cli-test-"));
  key = await createKey(["READ", "RUN", "VOTE", "ADMIN"]);
  cli = openCommandLine({ PAREIDOLIA_URL: api.url, PAREIDOLIA_TOKEN: key });
}, 120_000);
afterAll(async () => {
  await worker.stop();
  await trainable.dispose();
  await api.close();
  await rm(folder, { recursive: true });
});

/** The first run of the tests, finished. */
let started: Promise<{ key: string; url: string }> | null = null;
const evolution = ["run", "evolution", "--model", "linear", "--generations", "6", "--offspring", "8", "--seed", "7"];
function finishedRun(): Promise<{ key: string; url: string }> {
  started ??= cli.json([...evolution, "--new-experiment", "First"]).then(async (run) => {
    expect((await cli.run(["watch", run.key])).code).toBe(0);
    return run;
  });
  return started;
}

describe("pareidolia login", () => {
  const bare = () => openCommandLine({ PAREIDOLIA_URL: api.url });

  it("gets a key that a member approves, stores it for its user only, and logout revokes it", async () => {
    const own = bare();
    let said = "";
    const ended = own.run(["login", "--days", "7", "--no-browser"], { err: (text) => void (said += text) });
    await expect.poll(() => /[A-Z]{4}-[A-Z]{4}/.exec(said)?.[0]).toBeDefined();
    const code = /[A-Z]{4}-[A-Z]{4}/.exec(said)?.[0] ?? "";
    await api.postAuth("/device/describe", { code }, api.owner);
    expect((await api.postAuth("/device/approve", { code, workspaceId: localWorkspaceId }, api.owner)).status).toBe(200);
    const { code: exit, out } = await ended;
    expect([exit, out]).toEqual([0, expect.stringContaining(`You are signed in to ${api.url} as Ada, owner of Local workspace.`)]);
    const file = path.join(own.folder, "credentials.json");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await own.json(["whoami"])).toMatchObject({ url: api.url, user: { name: "Ada" }, role: "OWNER", key: "stored" });
    const { servers } = JSON.parse(await readFile(file, "utf8"));
    const { token } = servers[api.url];
    expect((await own.run(["logout"])).out).toContain("The key is revoked.");
    expect((await own.run(["whoami"], { environment: { PAREIDOLIA_URL: api.url, PAREIDOLIA_TOKEN: token } })).code).toBe(4);
    expect((await own.run(["logout"])).code).toBe(3);
  });

  it("takes a key from standard input, and refuses a text that is not a key and a key that does not work", async () => {
    const own = bare();
    const secret = await createKey(["READ"]);
    expect((await own.run(["login", "--with-key"], { input: "hello" })).code).toBe(2);
    expect((await own.run(["login", "--with-key"], { input: `${secret.slice(0, -2)}xx` })).code).toBe(4);
    expect((await own.run(["login", "--with-key"], { input: `${secret}\n` })).code).toBe(0);
    expect((await own.run(["whoami"])).out).toMatch(/^Server +http.*\nUser +Ada\nWorkspace +Local workspace\nRole +owner\nKey +stored/);
  });

  it("refuses an unencrypted address, unless told otherwise", async () => {
    const refused = await bare().run(["login", "http://lab.example"]);
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining("Use https://, or add --insecure")]);
  });

  it("says what to do without a key, and where no server is", async () => {
    const { code, err } = await bare().run(["whoami"]);
    expect([code, err]).toEqual([4, expect.stringContaining("Sign in with `pareidolia login`, or set PAREIDOLIA_TOKEN.")]);
    const nowhere = await bare().run(["login", "http://127.0.0.1:9"]);
    expect([nowhere.code, nowhere.err]).toEqual([8, expect.stringContaining("http://127.0.0.1:9 does not answer")]);
  });
});

describe("pareidolia run and watch", () => {
  it("starts an evolution and draws its archive as text until it ends", async () => {
    const run = await finishedRun();
    expect(run).toMatchObject({ key: expect.stringMatching(/^RUN-\d+$/), seed: 7, url: `${api.url}/w/local/runs/${run.key}` });
    const { code, out } = await cli.run(["watch", run.key, "--once"]);
    expect(code).toBe(0);
    expect(out).toContain("succeeded ████████████████████████ 100%: median ");
    expect(out.trimEnd().split("\n")).toHaveLength(2 + testModel.labels.length);
  });

  it("draws the images of the archive with half blocks and with sixels", async () => {
    const { key: run } = await finishedRun();
    const blocks = await cli.run(["watch", run, "--once", "--images", "blocks"], { outIsTty: true, columns: 40, rows: 12 });
    expect(blocks.out.replaceAll("\u001b", "ESC")).toMatch(/ESC\[38;2;\d+;\d+;\d+mESC\[48;2;\d+;\d+;\d+m▀/);
    const sixels = await cli.run(["watch", run, "--once", "--images", "sixel"], { outIsTty: true, columns: 40, rows: 12 });
    expect(sixels.out.replaceAll("\u001b", "ESC")).toMatch(/ESCP0;1;0q"1;1;\d+;\d+#\d+;2;[\s\S]*ESC\\\n$/);
  });

  it("follows with --watch, and prints each event as a line of JSON for programs", async () => {
    const { code, out, err } = await cli.run([...evolution, "--new-experiment", "Watched", "--watch", "--json"]);
    expect([code, err]).toEqual([0, expect.stringMatching(/^Created EXP-\d+, Watched\.\nStarted RUN-\d+/)]);
    const events = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.at(-1).run.state).toBe("SUCCEEDED");
    // After 30 days, a clean-up deletes the events of progress.
    const { key: run } = events.at(-1).run;
    await api.database.connection.runEvent.deleteMany({ where: { run: { number: Number(run.slice(4)) }, kind: { not: "STATE" } } });
    const later = await cli.run(["watch", run, "--json"]);
    expect([later.code, later.err, JSON.parse(later.out)]).toMatchObject([0, "", { seq: events.length, run: { state: "SUCCEEDED" } }]);
  });

  it("reads the input from a file, which flags override", async () => {
    const { experiments } = (await api.ask(api.owner, "{ experiments { nodes { key } } }")).body.data;
    const file = path.join(folder, "input.json");
    const experimentId = experiments.nodes[0].key;
    await writeFile(file, JSON.stringify({ experimentId, encoding: "direct", preset: "paper", generations: 900, seed: 3 }));
    const run = await cli.json(["run", "evolution", "--from", file, "--model", "Linear", "--generations", "2"]);
    const { node } = (await api.ask(api.owner, `{ node(id: "${run.id}") { ... on EvolutionRun { seed generations } } }`)).body.data;
    expect(node).toEqual({ seed: 3, generations: 2 });
  });

  it("starts an ascent, a perturbation of an elite's image and a chain, and follows each to its end", async () => {
    const { key: evolved } = await finishedRun();
    const elites = "query ($id: ID!) { elites(filter: { runId: $id }, first: 1) { nodes { image { id } } } }";
    const { body } = await api.ask(api.owner, elites, { id: evolved });
    const source: string = body.data.elites.nodes[0].image.id;
    const small = ["generations=2", "offspring=20", "runs=1", "epochs=1", "trainingImages=320"].flatMap((each) => ["--set", each]);
    const lines = [
      ["ascent", "--model", "linear", "--classes", "0,1", "--starts", "1", "--set", "iterations=5"],
      ["perturbation", "--model", "linear", "--attack", "fgsm", "--source", source, "--bounds", "2,8"],
      ["chain", "--model", "lenet", "--name", "One round", "--dataset", "mnist", "--iterations", "1", ...small],
    ];
    for (const line of lines) {
      const run = await cli.json(["run", ...line, "--new-experiment", `By ${line[0]}`, "--seed", "3"]);
      expect(run).toMatchObject({ key: expect.stringMatching(/^RUN-\d+$/), seed: 3, url: `${api.url}/w/local/runs/${run.key}` });
      const watched = await cli.run(["watch", run.key]);
      expect([line[0], watched.code, watched.err]).toEqual([line[0], 0, expect.not.stringContaining("failed")]);
      const [row] = await cli.json(["query", `key = ${run.key}`, "--columns", "key,state,method"]);
      expect(row).toMatchObject({ key: run.key, state: "SUCCEEDED" });
    }
  });

  it("starts a sweep after showing its size", async () => {
    const { experiments } = (await api.ask(api.owner, "{ experiments { nodes { key } } }")).body.data;
    const sweep = ["run", "sweep", "--experiment", experiments.nodes[0].key, "--model", "linear", "--generations", "1", "--seed", "1"];
    const axis = ["--axis", "encoding=direct,cppn", "--replicates", "2"];
    expect((await cli.run([...sweep, ...axis, "--dry-run"])).out).toBe("The sweep has 2 points and 4 runs. Nothing was started.\n");
    const watched = await cli.run([...sweep, ...axis, "--watch"]);
    expect([watched.code, watched.out]).toEqual([0, expect.stringContaining("4 of 4 runs")]);
  });

  it("names what is missing or wrong, with its exit code", async () => {
    const cases: readonly (readonly [words: readonly string[], code: number, text: string])[] = [
      [["run", "evolution", "--model", "linear"], 2, "Name the experiment with --experiment EXP-12"],
      [["run", "evolution", "--new-experiment", "X", "--model", "nothing"], 3, "There is no network nothing. Choose one of linear, lenet"],
      [["run", "evolution", "--experiment", "EXP-999", "--model", "linear"], 3, "There is no such experiment."],
      [["run", "evolution", "--generations", "many"], 2, "Give a whole number."],
      [["watch", "RUN-999"], 3, "There is no run RUN-999."],
      [["wach"], 2, "(Did you mean watch?)"],
    ];
    for (const [words, code, text] of cases) {
      const ran = await cli.run(words);
      expect([words, ran.code, ran.err]).toEqual([words, code, expect.stringContaining(text)]);
    }
  });

  it("is refused with a key that lacks the scope", async () => {
    const reading = await createKey(["READ"]);
    const environment = { PAREIDOLIA_URL: api.url, PAREIDOLIA_TOKEN: reading };
    const { code, err } = await cli.run([...evolution, "--new-experiment", "No"], { environment });
    expect([code, err]).toEqual([4, expect.stringContaining("lacks the scope RUN")]);
  });

  it("ends with 130 when it is interrupted", async () => {
    await worker.stop();
    const interruption = new AbortController();
    const long = [...evolution, "--new-experiment", "Long", "--watch"];
    const { code, err } = await cli.run(long, { signal: interruption.signal, out: () => interruption.abort() });
    expect([code, err]).toEqual([130, expect.stringContaining("Interrupted. Work that the server has started continues there.")]);
    const [{ key: run }] = await cli.json(["query", 'experiment = "Long"', "--columns", "key"]);
    const cancelled = "mutation ($input: RunInput!) { cancelRun(input: $input) { __typename } }";
    await api.ask(api.owner, cancelled, { input: { runId: run } });
    worker = startWorker();
    const watched = await cli.run(["watch", run]);
    expect([watched.code, watched.err]).toEqual([5, `${run} is cancelled.\n`]);
  });
});

describe("pareidolia query", () => {
  it("lists runs as a table, JSON, CSV and filtered by jq", async () => {
    const { key: run } = await finishedRun();
    const search = `key = ${run}`;
    const table = await cli.run(["query", search, "--columns", "key,state,evaluations,seed"]);
    expect(table.out).toMatch(new RegExp(`^KEY +STATE +EVALUATIONS +SEED\n${run} +SUCCEEDED +56 +7\n$`));
    expect(await cli.json(["query", search, "--columns", "key,seed"])).toEqual([{ key: run, seed: 7 }]);
    expect((await cli.run(["query", search, "--columns", "key,seed", "--csv"])).out).toBe(`key,seed\r\n${run},7\r\n`);
    expect((await cli.run(["query", search, "--jq", ".[].key"])).out).toBe(`${run}\n`);
    // Other members choose the names, so a terminal gets them escaped; a pipe gets them as they are.
    await api.database.connection.run.updateMany({ where: { number: Number(run.slice(4)) }, data: { name: "Red \u009b31m" } });
    const csv = ["query", search, "--columns", "name", "--csv"];
    expect([(await cli.run(csv)).out, (await cli.run(csv, { outIsTty: true })).out]).toEqual([
      "name\r\nRed \u009b31m\r\n",
      "name\r\nRed \\u009b31m\r\n",
    ]);
    const json = await cli.run(["query", search, "--columns", "name", "--json"], { outIsTty: true });
    expect([json.out.includes("\u009b"), JSON.parse(json.out)]).toEqual([false, [{ name: "Red \u009b31m" }]]);
    expect((await cli.run(["query", "seed = 12345"])).out).toBe("Nothing matches.\n");
    expect(await cli.json(["query", "--of", "experiments", "--limit", "1"])).toHaveLength(1);
  });

  it("marks the place of a mistake in the search", async () => {
    const { code, err } = await cli.run(["query", "NOT medain > 0.9"]);
    expect(code).toBe(2);
    expect(err).toBe("Unknown field `medain`. Did you mean `median`?\n  NOT medain > 0.9\n      ^^^^^^\n");
  });

  it("sends a GraphQL document with variables, and shows the position of an error", async () => {
    const { key: run } = await finishedRun();
    const document = "query ($id: ID!) { node(id: $id) { ... on Run { key } } }";
    const variables = JSON.stringify({ id: run });
    const sent = await cli.run(["api", "-", "--variables", variables, "--jq", ".node.key"], { input: document });
    expect(sent).toMatchObject({ code: 0, out: `${run}\n` });
    const wrong = await cli.run(["api", "-"], { input: "{\n  nothing\n}" });
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining("(line 2, column 3)")]);
    const filter = await cli.run(["query", "--jq", ".["]);
    expect([filter.code, filter.err]).toEqual([2, expect.stringContaining("The filter of --jq does not work")]);
  });
});

describe("pareidolia pull, export, import and verify", () => {
  it("downloads images and genomes, each with the right hash, and only what is missing or damaged", async () => {
    const { key: run } = await finishedRun();
    const out = path.join(folder, "pulled");
    const first = await cli.json(["pull", run, "--out", out]);
    const images = await readdir(path.join(out, "images"));
    expect(first).toMatchObject({ run, images: images.length, downloaded: images.length });
    for (const image of images) {
      const hash = createHash("sha256")
        .update(await readFile(path.join(out, "images", image)))
        .digest("hex");
      expect(`${hash}.png`).toBe(image);
    }
    await writeFile(path.join(out, "images", images[0] ?? ""), "damaged");
    expect(await cli.json(["pull", run, "--out", out])).toMatchObject({ downloaded: 1 });
    const { results } = JSON.parse(await readFile(path.join(out, "results.json"), "utf8"));
    expect(results).toHaveLength(testModel.labels.length);
    expect(await readdir(path.join(out, "genomes"))).toHaveLength(first.genomes);
  });

  it("exports a run, and imports the archive again", async () => {
    const { key: run } = await finishedRun();
    const file = path.join(folder, "run.zip");
    const made = await cli.json(["export", run, "--out", file, "--formats", "jsonl"]);
    expect(made.sha256).toBe(
      createHash("sha256")
        .update(await readFile(file))
        .digest("hex"),
    );
    expect(await cli.json(["export", made.key, "--out", path.join(folder, "again.zip")])).toMatchObject({ sha256: made.sha256 });
    expect((await cli.run(["import", file, "--preview"])).out).toMatch(/^Runs +1\n/);
    const imported = await cli.json(["import", file]);
    expect(imported).toMatchObject({ runs: 1, experiments: [{ key: expect.stringMatching(/^EXP-/) }] });
    expect((await cli.run(["export", "STU-1"])).code).toBe(2);
    expect((await cli.run(["import", path.join(folder, "missing.zip")])).code).toBe(3);
  });

  it("reads all rows of a list into a file", async () => {
    await finishedRun();
    const bulk = await openProductBulk(api);
    const timer = setInterval(() => void bulk.carryOut(), 200);
    try {
      const document = path.join(folder, "runs.graphql");
      await writeFile(document, "query ($first: Int) { runs(first: $first) { nodes { key seed } } }");
      const out = path.join(folder, "runs.csv");
      const made = await cli.json(["bulk", document, "--variables", '{"first":1}', "--format", "csv", "--out", out]);
      const total = await api.database.connection.run.count();
      expect(made).toMatchObject({ key: expect.stringMatching(/^BULK-/), rows: total });
      expect((await readFile(out, "utf8")).trim().split("\r\n")).toHaveLength(total + 1);
      expect((await cli.run(["bulk", made.key, "--out", out])).out).toContain(`${total} rows`);
      expect((await cli.run(["bulk", "BULK-99"])).code).toBe(3);
      expect((await cli.run(["bulk", "-"], { input: "{ viewer { role } }" })).code).toBe(2);
    } finally {
      clearInterval(timer);
    }
  });

  it("verifies a run, and ends with 1 where it differs", async () => {
    const { key: run } = await finishedRun();
    const equal = await cli.run(["verify", run]);
    expect([equal.code, equal.out]).toEqual([0, expect.stringMatching(new RegExp(`^${run} is equal bit for bit: 7 generations`))]);
    const { id: runId } = await api.database.connection.run.findFirstOrThrow({ where: { number: Number(run.slice(4)) } });
    const elite = await api.database.connection.elite.findFirstOrThrow({ where: { runId } });
    await api.database.connection.elite.update({ where: { id: elite.id }, data: { fitness: elite.fitness / 2 } });
    const different = await cli.run(["verify", run]);
    await api.database.connection.elite.update({ where: { id: elite.id }, data: { fitness: elite.fitness } });
    expect([different.code, different.err]).toEqual([1, expect.stringContaining(`${run} differs first at step ${elite.generation}`)]);
  });
});

describe("pareidolia vote and admin", () => {
  it("shows the link of a study and its votes, and opens it", async () => {
    const { key: study, link, images } = await writeOpenedStudy(api);
    const shown = await cli.json(["vote", study, "--open"]);
    expect(shown).toMatchObject({ key: study, state: "OPEN", voteCount: 0, address: `${api.url}/vote/${link}` });
    expect(shown.tallies).toHaveLength(images.length);
    expect(cli.opened).toEqual([shown.address]);
    expect((await cli.run(["vote", "STU-999"])).code).toBe(3);
  });

  it("lists and revokes invitations, changes a member's role, suspends, restores and removes", async () => {
    const invite = `mutation { inviteMember(input: { email: "grace@lab.example", role: LABELLER }) { __typename } }`;
    await api.ask(api.owner, invite);
    expect((await cli.run(["admin", "invitations"])).out).toContain("grace@lab.example");
    expect((await cli.run(["admin", "revoke-invitation", "grace@lab.example"])).code).toBe(0);
    expect((await cli.run(["admin", "invitations"])).out).toBe("No invitation is open.\n");
    await api.createMember("milo", "VIEWER");
    expect((await cli.run(["admin", "role", "milo", "researcher"])).out).toBe("milo@pareidolia.example is now researcher.\n");
    for (const [change, said] of [
      ["suspend", "suspended"],
      ["restore", "a member again"],
      ["remove", "removed"],
    ] as const)
      expect((await cli.run(["admin", change, "milo@pareidolia.example"])).out).toBe(`milo@pareidolia.example is ${said}.\n`);
    expect((await cli.run(["admin", "members"])).out).not.toContain("milo");
    expect((await cli.run(["admin", "role", "milo", "researcher"])).code).toBe(3);
  });

  it("lists and revokes keys, and shows quotas and the audit log", async () => {
    const secret = await createKey(["READ"]);
    expect((await cli.run(["admin", "keys"])).out).toContain(secret.slice(0, 10));
    const revoked = await cli.run(["admin", "revoke-key", secret.slice(0, 10)]);
    expect([revoked.code, revoked.err]).toEqual([0, ""]);
    expect((await cli.run(["admin", "keys"])).out).not.toContain(secret.slice(0, 10));
    expect((await cli.run(["admin", "quotas"])).out).toMatch(/^QUOTA +USED +LIMIT +SHARE\nstorage /);
    const [latest] = await cli.json(["admin", "audit", "--limit", "1"]);
    expect(latest).toMatchObject({ action: "apiKey:revoke", userName: "Ada", keyPrefix: key.slice(0, 10) });
    expect((await cli.run(["admin", "audit", "--search", "apiKey:revoke", "--csv"])).out).toMatch(/^sequence,at,userName/);
    expect((await cli.run(["admin", "audit", "--verify"])).out).toMatch(/^All \d+ entries are intact\.\n$/);
  });
});

describe("the packed program", () => {
  it("installs from its archive alone into an empty folder, and works there by npx", async () => {
    const empty = await mkdtemp(path.join(tmpdir(), "pareidolia-clean-"));
    try {
      // Without the variables that npm and Vitest set for their own programs.
      const { PATH = "", HOME = "" } = process.env;
      const env = { PATH, HOME, npm_config_offline: "true", PAREIDOLIA_URL: api.url, PAREIDOLIA_TOKEN: key, PAREIDOLIA_CONFIG: empty };
      const { stdout: archive } = await execute(process.execPath, [path.join(root, "apps/cli/pack.mjs"), empty]);
      await writeFile(path.join(empty, "package.json"), "{}");
      await execute("npm", ["install", "--silent", "--no-audit", "--no-fund", archive.trim()], { cwd: empty, env });
      expect((await readdir(path.join(empty, "node_modules"))).filter((name) => !name.startsWith("."))).toEqual(["pareidolia"]);
      const npx = async (...words: string[]) => (await execute("npx", ["pareidolia", ...words], { cwd: empty, env })).stdout;
      expect(await npx("whoami", "--jq", ".user.name")).toBe("Ada\n");
      const { key: run } = await finishedRun();
      expect(await npx("pull", run, "--json")).toContain('"results": 5');
      await expect(npx("watch", "RUN-999")).rejects.toMatchObject({ code: 3, stderr: expect.stringContaining("There is no run RUN-999.") });
    } finally {
      await rm(empty, { recursive: true });
    }
  }, 120_000);
});
