/** The commands of sweeps, experiments, comments, views and webhooks, and `api`, against a real API without a worker. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CommandLine, openCommandLine } from "../../support/commandLine.ts";
import { type MutationApi, startMutationApi } from "../../support/mutationApi.ts";

let api: MutationApi;
let cli: CommandLine;
let folder: string;

beforeAll(async () => {
  // RUN-1 in EXP-1 is a finished evolution of 12 generations.
  api = await startMutationApi();
  cli = openCommandLine({ PAREIDOLIA_URL: api.url });
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-cli-verbs-"));
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});

const outOf = async (...words: string[]): Promise<string> => {
  const { code, out, err } = await cli.run(words);
  expect([words, code, err]).toEqual([words, 0, ""]);
  return out;
};

describe("sweep", () => {
  const start = async (): Promise<string> => {
    const run = ["--model", "linear", "--encoding", "direct", "--generations", "2", "--experiment", "EXP-1", "--seed", "1"];
    return (await cli.json(["run", "sweep", ...run, "--axis", "offspring=8,10", "--axis", "encoding=direct,cppn", "--name", "Sizes"])).key;
  };

  it("show tells how far it is, and results what each point has reached", async () => {
    const sweep = await start();
    expect(await outOf("sweep", "show", sweep)).toMatch(
      new RegExp(`^Sweep +${sweep} {2}Sizes\nState +running\nAxes +Offspring, Encoding\nPoints +4\nRuns +4: 4 queued\n`),
    );
    expect(await outOf("sweep", "results", sweep)).toMatch(/^OFFSPRING +ENCODING +RUNS +MEDIAN +95% INTERVAL\n8 +direct +0 +- +-\n/i);
    const { connection } = api.database;
    const [first] = await connection.run.findMany({ where: { sweep: { number: Number(sweep.slice(4)) } }, orderBy: { number: "asc" } });
    await connection.run.update({ where: { id: first?.id ?? "" }, data: { state: "SUCCEEDED", median: 0.97 } });
    expect(await outOf("sweep", "results", sweep, "--csv")).toMatch(
      /^offspring,encoding,runs,median,medianLow,medianHigh,mean,[^\r]*\r\n8,[^,]+,1,/,
    );
    expect((await cli.json(["sweep", "results", sweep])).results.points).toHaveLength(4);
    for (const verb of ["show", "results", "pause"]) expect((await cli.run(["sweep", verb, "SWP-999"])).code).toBe(3);
  });

  it("pause, resume and cancel change its state, and cancel asks first", async () => {
    const sweep = await start();
    expect(await outOf("sweep", "pause", sweep)).toBe(`${sweep} is paused.\n`);
    expect(await outOf("sweep", "resume", sweep)).toBe(`${sweep} is running.\n`);
    expect(await cli.run(["sweep", "cancel", sweep])).toMatchObject({ code: 2, err: expect.stringContaining("Add --yes") });
    expect(await outOf("sweep", "cancel", sweep, "--yes")).toBe(`${sweep} is cancelled.\n`);
    expect((await cli.run(["sweep", "resume", sweep])).code).toBe(7);
  });
});

describe("experiment", () => {
  it("create makes one, and archive hides it until unarchive", async () => {
    const { key, url } = await cli.json(["experiment", "create", "Rates", "--description", "Which pays off?"]);
    expect(url).toBe(`${api.url}/w/local/experiments/${key}`);
    const row = () => api.database.connection.experiment.findFirstOrThrow({ where: { number: Number(key.slice(4)) } });
    expect(await row()).toMatchObject({ name: "Rates", description: "Which pays off?", archivedAt: null });
    expect(await outOf("experiment", "archive", key)).toBe(`${key} is archived.\n`);
    expect((await row()).archivedAt).not.toBeNull();
    expect(await outOf("experiment", "unarchive", key)).toBe(`${key} is no longer archived.\n`);
    expect((await cli.run(["experiment", "create", ""])).code).toBe(2);
    expect((await cli.run(["experiment", "archive", "EXP-999"])).code).toBe(3);
  });
});

describe("comment", () => {
  it("add writes one, from an argument or standard input, list shows them, and delete removes one", async () => {
    expect(await outOf("comment", "list", "EXP-1")).toBe("No comments.\n");
    const { id } = await cli.json(["comment", "add", "RUN-1", "The best one"]);
    await cli.run(["comment", "add", "RUN-1", "-"], { input: "From a file\n" });
    const listed = await outOf("comment", "list", "RUN-1");
    expect(listed).toContain(`(${id})\nThe best one\n`);
    expect(listed).toContain("\nFrom a file\n");
    expect((await cli.run(["comment", "delete", id])).code).toBe(2);
    expect(await outOf("comment", "delete", id, "--yes")).toBe("The comment is deleted.\n");
    expect((await cli.json(["comment", "list", "RUN-1"])).map(({ body }: { body: string }) => body.trim())).toEqual(["From a file"]);
    expect((await cli.run(["comment", "list", "RUN-999"])).code).toBe(3);
    expect((await cli.run(["comment", "add", "RUN-1", ""])).code).toBe(2);
  });
});

describe("view", () => {
  it("create saves a search, show runs it, list names it, and delete removes it", async () => {
    expect(await outOf("view", "list")).toBe("No views.\n");
    const words = ["--search", "state = succeeded", "--columns", "key,state,seed", "--sort", "median:desc", "--shared"];
    const { key } = await cli.json(["view", "create", "Done", ...words]);
    expect(await outOf("view", "list")).toMatch(new RegExp(`\n${key} +Done +runs +state = succeeded +everyone here\n$`));
    expect(await outOf("view", "show", "Done")).toMatch(/^KEY +STATE +SEED\n[\s\S]*RUN-1 +SUCCEEDED +\d+\n/);
    expect(await outOf("view", "show", key, "--csv")).toMatch(/^key,state,seed\r\n/);
    await cli.json(["view", "create", "Experiments", "--of", "experiments", "--sort", "name"]);
    expect(await outOf("view", "show", "Experiments")).toContain("EXP-1");
    expect((await cli.run(["view", "create", "Wrong", "--search", "NOT a = 1"])).code).toBe(2);
    expect((await cli.run(["view", "delete", key])).code).toBe(2);
    expect(await outOf("view", "delete", key, "--yes")).toBe(`${key} is deleted.\n`);
    expect((await cli.run(["view", "show", key])).code).toBe(3);
  });
});

describe("webhook", () => {
  it("create prints the secret, and the others test, pause, resume, replay, list and delete it", async () => {
    const words = ["webhook", "create", "Bot", "https://bot.example/events", "--events", "run_succeeded,run_failed"];
    const created = await cli.run([...words, "--json"]);
    expect(created.code).toBe(0);
    expect(created.err).toContain("Store it now.");
    expect(JSON.parse(created.out)).toMatchObject({ kinds: ["RUN_SUCCEEDED", "RUN_FAILED"], secret: expect.stringMatching(/^whsec_/) });
    expect(await outOf("webhook", "list")).toMatch(
      /\nBot +https:\/\/bot\.example\/events +run_succeeded,run_failed +the workspace +works\n$/,
    );
    expect(await outOf("webhook", "test", "Bot")).toBe("A test message to Bot is waiting.\n");
    expect(await outOf("webhook", "pause", "Bot")).toBe("Bot is paused.\n");
    expect((await cli.json(["webhook", "list"]))[0].pausedAt).not.toBeNull();
    expect(await outOf("webhook", "resume", "Bot")).toBe("Bot gets events again.\n");
    expect(await outOf("webhook", "replay", "Bot", "--since", "2026-11-28")).toBe("0 messages will be sent again.\n");
    expect((await cli.run(["webhook", "replay", "Bot", "--since", "yesterday"])).code).toBe(2);
    expect((await cli.run(["webhook", "delete", "Bot"])).code).toBe(2);
    expect(await outOf("webhook", "delete", "Bot", "--yes")).toBe("Bot is deleted.\n");
    expect((await cli.run(["webhook", "test", "Bot"])).code).toBe(3);
  });
});

describe("api --paginate", () => {
  const page = "nodes { name } pageInfo { hasNextPage endCursor }";
  const write = async (text: string): Promise<string> => {
    const file = path.join(folder, "document.graphql");
    await writeFile(file, text);
    return file;
  };

  it("prints each page on a line, all in one array, or filtered", async () => {
    for (const name of ["A", "B", "C", "D", "E"]) await cli.json(["experiment", "create", `Paged ${name}`]);
    const file = await write(
      `query ($endCursor: String, $search: String) { experiments(search: $search, first: 2, after: $endCursor) { ${page} } }`,
    );
    const words = ["api", file, "--paginate", "--variables", '{"search":"name ~ Paged"}'];
    const lines = (await outOf(...words))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const names = (pages: { experiments: { nodes: { name: string }[] } }[]) =>
      pages.map(({ experiments }) => experiments.nodes.map((each) => each.name));
    expect(names(lines).map(({ length }) => length)).toEqual([2, 2, 1]);
    expect(names(lines).flat().toSorted()).toEqual(["Paged A", "Paged B", "Paged C", "Paged D", "Paged E"]);
    expect(JSON.parse(await outOf(...words, "--slurp"))).toEqual(lines);
    expect(await outOf(...words, "--jq", ".experiments.nodes[].name")).toBe(`${names(lines).flat().join("\n")}\n`);
    expect(await outOf(...words, "--slurp", "--jq", "length")).toBe("3\n");
  });

  it("says what the document lacks", async () => {
    const cases = [
      [`query { experiments(first: 2) { ${page} } }`, "declare `$endCursor: String`"],
      ["query ($endCursor: String) { experiments(first: 2, after: $endCursor) { nodes { name } } }", "select `pageInfo"],
      ['mutation ($endCursor: String) { createExperiment(input: { name: "No" }) { __typename } }', "Only a query has pages"],
    ] as const;
    for (const [text, message] of cases)
      expect(await cli.run(["api", await write(text), "--paginate"])).toMatchObject({ code: 2, err: expect.stringContaining(message) });
    expect((await cli.run(["api", await write("{ viewer { role } }"), "--slurp"])).code).toBe(2);
  });
});
