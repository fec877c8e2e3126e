/**
 * The packed client in a project outside the repository: its examples are type-checked strictly and run against an API with an API key, whose
 * worker computes. The Python notebook uses the same API.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { readListedModels } from "@pareidolia/classifiers/zoo/readListedModels";
import { seedModels } from "@pareidolia/persistence/lab/models/zooModels";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { build } from "rolldown";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AccountsApi, startAccountsApi } from "../../support/accounts.ts";
import { type ClientProject, installClient } from "../../support/clientProject.ts";
import { sharedCacheFolder } from "../../support/sharedCache.ts";
import { type WorkerProcesses, workerProcesses } from "../../support/workerProcess.ts";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "../../..");
/** As in a project for Node, with the types of the client checked, too. */
const nodeOptions = ["--module", "nodenext", "--types", "node", "--lib", "es2022", "--outDir", "out"];
/** As in a project for browsers. */
const pageOptions = [
  "--skipLibCheck",
  "--module",
  "esnext",
  "--moduleResolution",
  "bundler",
  "--lib",
  "es2022,dom,dom.iterable",
  "--noEmit",
];

let project: ClientProject;
let api: AccountsApi;
let home: string;
let workers: WorkerProcesses;
let environment: Readonly<Record<string, string>>;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), "pareidolia-examples-"));
  const [installed, started] = await Promise.all([
    installClient(),
    startAccountsApi({ objectStore: openFolderStore({ folder: path.join(home, "objects") }) }),
  ]);
  [project, api] = [installed, started];
  const { models } = await readListedModels({ cacheFolder: sharedCacheFolder() });
  await seedModels(
    api.database.connection,
    models.filter(({ id }) => id === "lenet"),
  );
  workers = workerProcesses({ databaseUrl: api.databaseUrl, home });
  workers.start();
  const { body } = await api.ask(
    api.owner,
    'mutation { createApiKey(input: { name: "Examples", scopes: [RUN] }) { ... on CreateApiKeySuccess { secret } } }',
  );
  environment = { PAREIDOLIA_URL: api.url, PAREIDOLIA_KEY: body.data.createApiKey.secret };
}, 180_000);
afterAll(async () => {
  workers.killAll();
  await project.remove();
  await api.close();
  await rm(home, { recursive: true });
});

describe("the tarball", () => {
  it("has the program with its types, maps and sources, the licence, and no dependency", async () => {
    const { dependencies, peerDependencies } = JSON.parse(
      await readFile(path.join(project.folder, "node_modules/@pareidolia/client/package.json"), "utf8"),
    ) as { dependencies?: object; peerDependencies?: object };
    expect([dependencies, peerDependencies]).toEqual([undefined, undefined]);
    const names = project.packed.map((file) => file.path);
    for (const name of [
      "dist/createClient.js",
      "dist/createClient.d.ts",
      "dist/createClient.js.map",
      "src/createClient.ts",
      "LICENSE",
      "README.md",
    ])
      expect(names).toContain(name);
    expect(names.filter((name) => !/^(dist|src|examples)\/|^(LICENSE|README\.md|package\.json)$/.test(name))).toEqual([]);
    expect(names.filter((name) => name.includes("tsbuildinfo"))).toEqual([]);
  });

  it("is bundled for browsers without a module of Node", async () => {
    const text =
      'import { createClient } from "@pareidolia/client";\nexport const client = createClient({ url: "/graphql", webSocket: WebSocket });\n';
    const page = path.join(project.folder, "page.ts");
    await writeFile(page, text);
    expect(await project.compile(["page.ts"], pageOptions)).toEqual([]);
    const { output } = await build({ input: page, platform: "browser", write: false, logLevel: "silent" });
    const [bundle] = output;
    expect(bundle.imports).toEqual([]);
    expect(bundle.code).not.toMatch(/["']node:/);
  });
});

describe("the examples", () => {
  const names = ["bestElites", "sweep", "events", "bulkExport"];
  const start = async (name: string): Promise<string[]> => (await project.run(`out/${name}.js`, environment)).trimEnd().split("\n");

  it("type-check strictly, as the README's does, and a wrong variable does not", async () => {
    const [, example = ""] = /^```ts\n([\s\S]*?)^```/m.exec(await readFile(path.join(root, "packages/client/README.md"), "utf8")) ?? [];
    expect(example).toContain("createClient");
    const events = await readFile(path.join(project.folder, "events.ts"), "utf8");
    await writeFile(path.join(project.folder, "readme.ts"), example);
    await writeFile(path.join(project.folder, "wrong.ts"), events.replace("seed: 7", 'seed: "7"'));
    const files = [...names, "readme", "wrong"].map((name) => `${name}.ts`);
    expect(await project.compile(files, nodeOptions)).toEqual([expect.stringMatching(/^wrong\.ts/)]);
  }, 120_000);

  it("a sweep runs to its end, and prints the result of each point", async () => {
    const lines = await start("sweep");
    expect(lines).toContain("6 of 6 runs");
    expect(lines.slice(-2)).toEqual([
      expect.stringMatching(/^rate 0\.05: median confidence 0\.\d{3}$/),
      expect.stringMatching(/^rate 0\.2: median confidence 0\.\d{3}$/),
    ]);
  });

  it("events arrive once each, until the run has ended", async () => {
    const lines = await start("events");
    const numbers = lines.flatMap((line) => /^(\d+) {2}/.exec(line)?.[1] ?? []).map(Number);
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
    expect(lines.slice(-2)).toEqual([`${numbers.at(-1)}  SUCCEEDED`, expect.stringMatching(/^RUN-\d+ has ended$/)]);
    expect(lines.some((line) => line.includes("generation 5, median confidence"))).toBe(true);
  });

  it("the best elites are those of the API, over all pages", async () => {
    const lines = await start("bestElites");
    const rows = await api.database.connection.elite.count({ where: { replacedAt: null, storedFitness: { gte: 0.9 } } });
    expect(lines.at(-1)).toBe(`${rows} elites of at least 90 %`);
    expect(lines).toHaveLength(rows + 1);
  });

  it("a bulk export has the hash that the API names", async () => {
    const lines = await start("bulkExport");
    const archive = await readFile(path.join(project.folder, "workspace.zip"));
    expect(lines.at(-1)).toMatch(
      new RegExp(
        `^EXPORT-1: \\d+ rows, \\d+ files, ${archive.length} bytes, SHA-256 ${createHash("sha256").update(archive).digest("hex")}$`,
      ),
    );
  });

  it("are the code of the guide", async () => {
    const guide = await readFile(path.join(root, "docs/client.md"), "utf8");
    const blocks = [...guide.matchAll(/^```ts (\S+)\n([\s\S]*?)^```/gm)].map(([, name, code]) => [name, code]);
    const named = names.map((name) => `packages/client/examples/${name}.ts`);
    const files = await Promise.all(named.map(async (name) => [name, await readFile(path.join(root, name), "utf8")]));
    expect(blocks).toEqual(files);
  });
});

describe("the Python notebook", () => {
  const file = path.join(root, "docs/notebooks/pareidolia.ipynb");
  const python = process.env["PAREIDOLIA_PYTHON"] ?? "python3";

  it("is valid nbformat 4, without outputs", async () => {
    const notebook = JSON.parse(await readFile(file, "utf8"));
    expect([notebook.nbformat, notebook.nbformat_minor, notebook.metadata.kernelspec.name]).toEqual([4, 5, "python3"]);
    const ids = notebook.cells.map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const cell of notebook.cells) {
      expect(["code", "markdown"]).toContain(cell.cell_type);
      expect(cell.source.every((line: unknown) => typeof line === "string")).toBe(true);
      if (cell.cell_type === "code") expect([cell.outputs, cell.execution_count]).toEqual([[], null]);
    }
  });

  it("reads the same elites, events and rows as the API has", async ({ skip }) => {
    const hasPandas = await run(python, ["-c", "import pandas, requests"]).then(
      () => true,
      () => false,
    );
    skip(!hasPandas, "no pandas");
    const { stdout } = await run(python, [path.join(root, "test/support/runNotebook.py"), file], {
      env: { PATH: process.env["PATH"], ...environment },
      maxBuffer: 64 * 1024 * 1024,
    });
    const { shown, elites, confidences, generations, exported } = JSON.parse(stdout);
    const rows = await api.database.connection.elite.findMany({
      where: { replacedAt: null, storedFitness: { gte: 0.1 } },
      include: { genome: { select: { imageSha256: true } } },
    });
    expect(elites.toSorted()).toEqual(rows.map(({ genome }) => genome.imageSha256).toSorted());
    expect(confidences).toEqual(confidences.toSorted((a: number, b: number) => b - a));
    expect(generations).toEqual([0, 1, 2, 3, 4, 5]);
    const [newest] = await api.database.connection.run.findMany({ orderBy: { number: "desc" }, take: 1 });
    expect(exported).toBe(await api.database.connection.elite.count({ where: { runId: newest?.id ?? "" } }));
    expect(shown[0].value).toContain("'name': 'Ada'");
  });
});
