/** The commands that change, continue, repeat and compare runs, against a real API without a worker. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CommandLine, openCommandLine } from "../../support/commandLine.ts";
import { type MutationApi, startMutationApi } from "../../support/mutationApi.ts";

let api: MutationApi;
let cli: CommandLine;

beforeAll(async () => {
  // RUN-1 in EXP-1 is a finished evolution of 12 generations.
  api = await startMutationApi();
  cli = openCommandLine({ PAREIDOLIA_URL: api.url });
});
afterAll(() => api.close());

/** A new run, which no worker takes. */
async function startRun(): Promise<string> {
  const place = ["--model", "linear", "--experiment", "EXP-1", "--generations", "4", "--seed", "3"];
  return (await cli.json(["run", "evolution", ...place])).key;
}
const rowOf = (key: string) => api.database.connection.run.findFirstOrThrow({ where: { number: Number(key.slice(4)) } });
const stateOf = async (key: string): Promise<string> => (await rowOf(key)).state;

describe("run pause, resume and cancel", () => {
  it("change one run or several, and say what has become of each", async () => {
    const [first, second] = [await startRun(), await startRun()];
    const paused = await cli.run(["run", "pause", first, second]);
    expect(paused).toEqual({ code: 0, out: `${first} is paused.\n${second} is paused.\n`, err: "" });
    expect((await cli.run(["run", "resume", first])).out).toBe(`${first} is queued.\n`);
    expect(await cli.json(["run", "cancel", first, second, "--yes"])).toMatchObject([
      { key: first, state: "CANCELLED" },
      { key: second, state: "CANCELLED" },
    ]);
    expect([await stateOf(first), await stateOf(second)]).toEqual(["CANCELLED", "CANCELLED"]);
  });

  it("print what has changed before a failure, and end with its code", async () => {
    const run = await startRun();
    const { code, out, err } = await cli.run(["run", "pause", run, "RUN-999", run]);
    expect([code, out, err]).toEqual([3, `${run} is paused.\n`, expect.stringContaining("There is no such run.")]);
    expect((await cli.run(["run", "resume", "RUN-1"])).code).toBe(7);
  });

  it("ask before they cancel, and cancel nothing without a yes", async () => {
    const run = await startRun();
    const program = await cli.run(["run", "cancel", run]);
    expect([program.code, program.err]).toEqual([2, `Cancel ${run}? Add --yes to confirm it: there is no terminal to ask on.\n`]);
    const asked: string[] = [];
    const answer = (text: string) => ({ inIsTty: true, ask: async (question: string) => (asked.push(question), text) });
    expect(await cli.run(["run", "cancel", run], answer(""))).toEqual({ code: 1, out: "", err: "Nothing was changed.\n" });
    expect([asked, await stateOf(run)]).toEqual([[`Cancel ${run}? [y/N] `], "QUEUED"]);
    expect((await cli.run(["run", "cancel", run], answer("y"))).out).toBe(`${run} is cancelled.\n`);
  });
});

describe("run rename, tag and archive", () => {
  it("rename a run", async () => {
    const run = await startRun();
    expect((await cli.run(["run", "rename", run, "Figure 3"])).out).toBe(`${run} is now Figure 3.\n`);
    expect((await rowOf(run)).name).toBe("Figure 3");
    expect((await cli.run(["run", "rename", run, "x".repeat(200)])).code).toBe(2);
  });

  it("add and remove tags of many runs", async () => {
    const [first, second] = [await startRun(), await startRun()];
    expect((await cli.run(["run", "tag", first, second, "--add", "paper", "--add", "draft"])).out).toBe(
      `${first} has its new tags.\n${second} has its new tags.\n`,
    );
    await cli.run(["run", "tag", second, "--remove", "draft"]);
    const tagged = async (tag: string) =>
      (await cli.json(["query", `tag = ${tag}`, "--columns", "key"])).map(({ key }: { key: string }) => key);
    expect([(await tagged("paper")).toSorted(), await tagged("draft")]).toEqual([[first, second].toSorted(), [first]]);
    expect((await cli.run(["run", "tag", first])).code).toBe(2);
  });

  it("archive runs and take them out again, and end with the code of those left out", async () => {
    const run = await startRun();
    const archived = await cli.run(["run", "archive", run, "RUN-999"]);
    expect([archived.code, archived.out, archived.err]).toEqual([
      3,
      expect.stringMatching(new RegExp(`^${run} is archived\\.\nRUN-999 is unchanged: .+\n$`)),
      "1 of 2 could not be changed.\n",
    ]);
    expect((await rowOf(run)).archivedAt).not.toBeNull();
    expect((await cli.run(["run", "archive", run])).code).toBe(0);
    expect((await cli.run(["run", "unarchive", run])).out).toBe(`${run} is no longer archived.\n`);
    expect((await rowOf(run)).archivedAt).toBeNull();
  });
});

describe("run fork and rerun", () => {
  it("plan a fork, start it, and refuse one that is impossible", async () => {
    const words = ["run", "fork", "RUN-1", "--generation", "5", "--generations", "20", "--set", "mutationRate=0.3"];
    const count = await api.database.connection.run.count();
    expect(await cli.json([...words, "--dry-run"])).toMatchObject({ kind: "evolution", parameters: { mutationRate: 0.3 } });
    expect(await api.database.connection.run.count()).toBe(count);
    const { key } = await cli.json(words);
    expect(await rowOf(key)).toMatchObject({ forkGeneration: 5, parameters: { mutationRate: 0.3 } });
    expect((await cli.run(["run", "fork", "RUN-1", "--generation", "99", "--dry-run"])).code).toBe(2);
    expect((await cli.run(["run", "fork", "RUN-1"])).code).toBe(2);
  });

  it("plan a rerun without starting it", async () => {
    const count = await api.database.connection.run.count();
    expect((await cli.run(["run", "rerun", "RUN-1", "--dry-run"])).out).toMatch(
      /^AGAIN +KIND +METHOD +EVALUATIONS\nRUN-1 +evolution +\w+ +\d+\nNothing was started\.\n$/,
    );
    expect((await cli.run(["run", "rerun", "RUN-999", "--dry-run"])).code).toBe(3);
    expect(await api.database.connection.run.count()).toBe(count);
  });

  it("start runs again with the same or further seeds, and name those that cannot", async () => {
    const [same] = await cli.json(["run", "rerun", "RUN-1"]);
    expect((await rowOf(same.key)).seed).toBe((await rowOf("RUN-1")).seed);
    const next = await cli.run(["run", "rerun", "RUN-1", "RUN-999", "--seeds", "next"]);
    expect(next).toMatchObject({
      code: 3,
      out: expect.stringMatching(/^RUN +NAME +SEED\nRUN-\d+ /),
      err: expect.stringMatching(/^RUN-999 is unchanged/),
    });
  });
});

describe("run compare", () => {
  it("shows what runs and groups have reached, and the settings in which they differ", async () => {
    const { key } = await cli.json(["run", "fork", "RUN-1", "--generation", "5", "--set", "mutationRate=0.3"]);
    const { out } = await cli.run(["run", "compare", "RUN-1", `others=${key},RUN-1`]);
    expect(out).toMatch(/^ENTRY +KIND +RUNS +MEDIAN +95% INTERVAL +REACHED\nRUN-1 +\w+ +1 /);
    expect(out).toMatch(/\nothers +\w+ +2 /);
    expect(out).toMatch(/\n\nSETTING +RUN-1 +OTHERS\n[\s\S]*Mutation rate +0\.1 +0\.\d, 0\.\d\n/);
    const compared = await cli.json(["run", "compare", "RUN-1", key]);
    expect(compared.entries.map(({ name }: { name: string }) => name)).toEqual(["RUN-1", key]);
    expect((await cli.run(["run", "compare", "RUN-1", "RUN-999"])).code).toBe(3);
  });
});
