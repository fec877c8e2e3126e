/** What commands send to an API and print of its answers. The API is a function here: it answers each request by its document. */
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createClient } from "@pareidolia/client";
import { downloadExport } from "@pareidolia/client/jobs/exportData";
import type { ExportFieldsFragment } from "@pareidolia/client/operations";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { openCommandLine } from "../../support/commandLine.ts";

// oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of a request
type Variables = any;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-cli-sent-"));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => void vi.unstubAllGlobals());

/** Answers operations by their names, and records the variables that each was sent with. A subscription has a list of results. */
function cliWith(
  answers: Readonly<Record<string, (variables: Variables) => unknown>>,
  findFile: (path: string, signal: AbortSignal) => Response | Promise<Response> | null = () => null,
) {
  const sent: { readonly name: string; readonly variables: Variables }[] = [];
  vi.stubGlobal("fetch", async (url: URL, { body, signal }: RequestInit): Promise<Response> => {
    const file = findFile(url.pathname, signal as AbortSignal);
    if (file !== null) return file;
    const { query, variables } = JSON.parse(body as string);
    const [, kind = "", name = ""] = /(query|mutation|subscription) ([A-Z]\w*)/.exec(query) ?? [];
    sent.push({ name, variables });
    const answer = answers[name];
    if (answer === undefined) throw new Error(`The test has no answer to ${query}`);
    if (kind !== "subscription") return new Response(JSON.stringify(answer(variables)));
    const results = (answer(variables) as readonly unknown[]).map((result) => `event: next\ndata: ${JSON.stringify(result)}\n\n`);
    return new Response(`${results.join("")}event: complete\ndata:\n\n`, { headers: { "content-type": "text/event-stream" } });
  });
  const cli = openCommandLine({ PAREIDOLIA_URL: "https://lab.example", PAREIDOLIA_TOKEN: "pdl_1" });
  const client = createClient({ url: "https://lab.example" });
  return {
    cli,
    client,
    sent,
    inputsOf: (name: string) => sent.filter((each) => each.name === name).map(({ variables }) => variables.input),
  };
}

describe("the input of a run", () => {
  const presets = (id: string) => [{ id, presets: [{ id: "paper" }] }];
  const run = { id: "1", key: "RUN-1", name: "First", state: "QUEUED", seed: 7 };
  const starts = {
    StartChoices: () => ({
      data: {
        encodings: [...presets("direct"), ...presets("cppn")],
        ascents: presets("gradient"),
        attacks: presets("fgsm"),
        chainRecipes: presets("paper"),
        chainDatasets: [],
      },
    }),
    OwnWorkspaces: () => ({ data: { viewer: { workspaces: [{ slug: "lab", isCurrent: true }] } } }),
    StartEvolution: () => ({ data: { startEvolution: { __typename: "StartEvolutionSuccess", run } } }),
    StartPerturbation: () => ({ data: { startPerturbation: { __typename: "StartPerturbationSuccess", run } } }),
    StartChain: () => ({ data: { startChain: { __typename: "StartChainSuccess", chain: { run } } } }),
    CreateExperiment: () => ({
      data: { createExperiment: { __typename: "CreateExperimentSuccess", experiment: { id: "9", key: "EXP-9" } } },
    }),
  };
  const shared = { experimentId: "EXP-1", modelId: "m", preset: "paper", seed: 7 };
  const fileOf = async (input: object): Promise<string> => {
    const file = path.join(folder, "input.json");
    await writeFile(file, JSON.stringify({ ...shared, ...input }));
    return file;
  };

  it.each([
    ["evolution", "StartEvolution", { encoding: "cppn", generations: 900 }],
    ["perturbation", "StartPerturbation", { attack: "fgsm", sourceId: "photo" }],
    ["chain", "StartChain", { name: "Ten digits", dataset: "fashion", iterations: 8 }],
  ])("is the file's where no flag says otherwise: %s", async (kind, mutation, input) => {
    const { cli, inputsOf } = cliWith(starts);
    const { code, err } = await cli.run(["run", kind, "--from", await fileOf(input)]);
    expect([code, err]).toEqual([0, ""]);
    expect(inputsOf(mutation)).toEqual([expect.objectContaining({ ...shared, ...input })]);
  });

  it("has the command's defaults where neither has a value, and flags override the file", async () => {
    const { cli, inputsOf } = cliWith(starts);
    await cli.run(["run", "evolution", "--from", await fileOf({})]);
    await cli.run(["run", "evolution", "--from", await fileOf({ encoding: "cppn", generations: 900 }), "--generations", "5"]);
    await cli.run(["run", "chain", "--from", await fileOf({ iterations: 8 }), "--name", "Three"]);
    expect(inputsOf("StartEvolution")).toMatchObject([
      { encoding: "direct", generations: 200 },
      { encoding: "cppn", generations: 5 },
    ]);
    expect(inputsOf("StartChain")).toMatchObject([{ name: "Three", dataset: "mnist", iterations: 8 }]);
  });

  it.each([
    [["perturbation"], { sourceId: "photo" }, "Name the attack with --attack, such as --attack fgsm."],
    [["perturbation", "--attack", "fgsm"], {}, "Name the photo or image to change with --source."],
    [["chain"], {}, "Name the chain with --name."],
  ])("is refused before anything is created if a field is missing: %s", async (words, input, message) => {
    const { cli, sent } = cliWith(starts);
    const { code, err } = await cli.run(["run", ...words, "--from", await fileOf(input), "--new-experiment", "X"]);
    expect([code, err]).toEqual([2, `${message}\n`]);
    expect(sent).toEqual([]);
  });
});

describe("an export that exists", () => {
  const made = { __typename: "Export", id: "1", key: "EXPORT-3", failure: null, done: 0, total: null, url: null, sha256: null };
  const found = (job: object) => ({ data: { node: { ...made, ...job } } });
  const states = (jobs: readonly object[]) => {
    let reads = 0;
    return {
      Exports: () => ({ data: { exports: { nodes: [{ ...made, ...jobs[0] }], pageInfo: { hasNextPage: false, endCursor: null } } } }),
      FindExport: () => found(jobs[Math.min(++reads, jobs.length - 1)] ?? {}),
    };
  };

  it("is waited for, and downloaded then", async () => {
    const url = "/exports/1.zip";
    const sha256 = createHash("sha256").update("archive").digest("hex");
    const jobs = [{ state: "QUEUED" }, { state: "RUNNING" }, { state: "SUCCEEDED", url, sha256, rowCount: 5, fileCount: 2 }];
    const { cli } = cliWith(states(jobs), (address) => (address === url ? new Response("archive") : null));
    const file = path.join(folder, "export.zip");
    expect(await cli.json(["export", "EXPORT-3", "--out", file])).toMatchObject({ key: "EXPORT-3", sha256, rows: 5, files: 2 });
    expect(await readFile(file, "utf8")).toBe("archive");
  });

  it("is only described with --no-wait", async () => {
    const { cli, sent } = cliWith(states([{ state: "RUNNING" }]));
    expect(await cli.json(["export", "EXPORT-3", "--no-wait"])).toEqual({ id: "1", key: "EXPORT-3", state: "RUNNING" });
    expect(sent.map(({ name }) => name)).toEqual(["Exports"]);
  });

  it("ends with 5 and its reason if it failed or was cancelled", async () => {
    const failed = await cliWith(states([{ state: "FAILED", failure: "The store is full." }])).cli.run(["export", "EXPORT-3"]);
    expect([failed.code, failed.err]).toEqual([5, "The store is full.\n"]);
    const cancelled = await cliWith(states([{ state: "RUNNING" }, { state: "CANCELLED" }])).cli.run(["export", "EXPORT-3"]);
    expect([cancelled.code, cancelled.err]).toEqual([5, "The job is cancelled.\n"]);
  });

  it("is a failed job for the client's downloadExport, and a conflict only while it is being made", async () => {
    const { client } = cliWith({});
    const download = (state: string, failure: string | null) =>
      downloadExport(client, { ...made, state, failure } as unknown as ExportFieldsFragment, path.join(folder, "never.zip"));
    await expect(download("FAILED", "The store is full.")).rejects.toMatchObject({ code: "JOB_FAILED", message: "The store is full." });
    await expect(download("CANCELLED", null)).rejects.toMatchObject({ code: "JOB_FAILED" });
    await expect(download("RUNNING", null)).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

describe("watch for programs", () => {
  const run = { id: "1", key: "RUN-1", state: "SUCCEEDED", failure: null };
  const answers = {
    RunArchive: () => ({ data: { node: run } }),
    RunEvents: () => [1, 2].map((seq) => ({ data: { runEvents: { seq, run } } })),
    SweepChanges: () => [
      { data: { sweepChanges: { key: "SWP-1", state: "SUCCEEDED", runCount: 1, progress: { succeeded: 1, failed: 0, cancelled: 0 } } } },
    ],
  };

  it("prints each event on a line, filtered by jq", async () => {
    const { cli } = cliWith(answers);
    expect((await cli.run(["watch", "RUN-1", "--json"])).out).toBe([1, 2].map((seq) => `${JSON.stringify({ seq, run })}\n`).join(""));
    expect(await cli.run(["watch", "RUN-1", "--jq", ".seq"])).toEqual({ code: 0, out: "1\n2\n", err: "" });
    expect(await cli.run(["watch", "RUN-1", "--jq", "select(.seq > 1) | .run.state"])).toEqual({ code: 0, out: "SUCCEEDED\n", err: "" });
    expect((await cli.run(["watch", "SWP-1", "--jq", ".progress.succeeded"])).out).toBe("1\n");
  });

  it("ends with 2 for a filter that is not valid", async () => {
    const { code, out, err } = await cliWith(answers).cli.run(["watch", "RUN-1", "--jq", ".["]);
    expect([code, out, err]).toEqual([2, "", expect.stringContaining("The filter of --jq does not work")]);
  });
});

describe("a GraphQL document", () => {
  const answered = { data: { viewer: { role: "OWNER" } } };
  const send = (document: string, answer: object = answered, words: readonly string[] = []) => {
    const { cli, sent } = cliWith({ Q: () => answer, M: () => answer });
    return { sent, ran: cli.run(["api", "-", ...words], { input: document }) };
  };

  it.each([
    ["a comment", "query Q { viewer { role } } # not a mutation {"],
    ["a string", 'query Q { runs(search: "} mutation {") { nodes { key } } }'],
    ["a description", '"""\n mutation of what\n"""\nquery Q { viewer { role } }'],
  ])("is a query where it has the word mutation in %s", async (_place, document) => {
    expect(await send(document).ran).toEqual({ code: 0, out: `${JSON.stringify(answered.data, null, 2)}\n`, err: "" });
  });

  it("is a mutation that gets its keys, whatever stands before it", async () => {
    const document = "# Creates\nmutation M($input: CreateExperimentInput!) { createExperiment(input: $input) { __typename } }";
    const { sent, ran } = send(document, { data: {} }, ["--variables", '{"input":{"name":"First"}}']);
    expect((await ran).code).toBe(0);
    expect(sent).toMatchObject([{ name: "M", variables: { input: { name: "First", idempotencyKey: expect.any(String) } } }]);
  });

  it("is refused with 2 if it is a subscription, or has several operations of which none is named", async () => {
    const subscription = send("subscription S { runEvents(runId: 1) { seq } }");
    expect(await subscription.ran).toMatchObject({ code: 2, err: expect.stringContaining("pareidolia watch") });
    const both = "query Q { viewer { role } } mutation M { createExperiment { __typename } }";
    const several = send(both);
    expect(await several.ran).toMatchObject({ code: 2, err: expect.stringContaining("--operation") });
    expect([...subscription.sent, ...several.sent]).toEqual([]);
    expect((await send(both, answered, ["--operation", "Q"]).ran).code).toBe(0);
  });

  it("prints what the API could answer, and ends with the code of the error", async () => {
    const errors = [{ message: "There is no such run.", path: ["run"], extensions: { code: "NOT_FOUND" } }];
    const data = { viewer: { role: "OWNER" }, run: null };
    const partial = await send("query Q { viewer { role } run }", { data, errors }).ran;
    expect(partial).toEqual({ code: 3, out: `${JSON.stringify(data, null, 2)}\n`, err: "There is no such run. (at run)\n" });
    const filtered = await send("query Q { viewer { role } run }", { data, errors }, ["--jq", ".viewer.role"]).ran;
    expect([filtered.code, filtered.out]).toEqual([3, "OWNER\n"]);
    expect(await send("query Q { run }", { data: null, errors }).ran).toMatchObject({ code: 3, out: "" });
  });
});

it("pull ends its other downloads and starts no more after one has failed", async () => {
  const image = (index: number) => ({ sha256: `${index}`.padStart(64, "0"), url: `/images/${index}.png` });
  const nodes = Array.from({ length: 9 }, (_, index) => ({ id: `${index}`, label: "a", image: image(index) }));
  const page = (of: readonly object[]) => ({ nodes: of, pageInfo: { hasNextPage: false, endCursor: null } });
  const [started, aborted]: [string[], string[]] = [[], []];
  const download = (address: string, signal: AbortSignal): Response | Promise<Response> | null => {
    if (!address.startsWith("/images/")) return null;
    started.push(address);
    const errors = [{ message: "There is no such image.", extensions: { code: "NOT_FOUND" } }];
    // The last one of the first four, so that the others wait already.
    if (started.length === 4) return new Response(JSON.stringify({ errors }), { status: 404 });
    return new Promise((_, reject) => {
      signal.addEventListener("abort", () => {
        aborted.push(address);
        reject(signal.reason as Error);
      });
    });
  };
  const { cli } = cliWith(
    {
      FindRun: () => ({ data: { node: { id: "1", key: "RUN-1" } } }),
      RunResults: () => ({ data: { elites: page(nodes), trajectories: page([]), perturbations: page([]) } }),
    },
    download,
  );
  const { code, err } = await cli.run(["pull", "RUN-1", "--out", path.join(folder, "pulled")]);
  expect([code, err]).toEqual([3, "There is no such image.\n"]);
  expect(started).toHaveLength(4);
  expect(aborted.toSorted()).toEqual(started.slice(0, 3).toSorted());
});
