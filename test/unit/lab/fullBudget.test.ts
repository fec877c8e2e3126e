/** The column of the full budget, and the commit of a report. */
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFullBudget, verdictIn } from "@pareidolia/lab/fullBudget";
import { findCommit } from "@pareidolia/lab/machine";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pareidolia-full-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("the verdicts of the full budget", () => {
  const report = {
    budget: "full",
    writtenAt: "2026-05-01T00:00:00.000Z",
    commit: "0123abc",
    seeds: [1, 2],
    generations: null,
    machine: { processor: "one", cores: 2 },
    experiments: [
      { id: "noise", coreSeconds: 3, failure: null },
      { id: "ablation", coreSeconds: 60, failure: null },
      { id: "ascent", coreSeconds: 1, failure: "There is no model." },
    ],
    unfinished: [],
    claims: [
      { id: "R1a", verdict: "agree" },
      { id: "R7", verdict: "undecided" },
      { id: "R4a", verdict: "not comparable" },
      { id: "R0", verdict: "needs people" },
    ],
  };
  const write = async (name: string, content: object) => {
    await mkdir(join(folder, "reports", name), { recursive: true });
    await writeFile(join(folder, "reports", name, "report.json"), JSON.stringify(content));
  };

  const [april, may, june, july] = ["04", "05", "06", "07"].map((month) => `2026-${month}-01T00:00:00.000Z`);

  it("are those of the newest report that decides a claim: its images are ripe, and its experiments have finished", async () => {
    const reports = [join(folder, "none"), join(folder, "reports")];
    expect(await findFullBudget(reports)).toEqual([]);
    await write("1", report);
    await write("2", { ...report, writtenAt: april, claims: [{ id: "R5", verdict: "agree" }, ...report.claims] });
    await write("3", { ...report, writtenAt: june, budget: "quick" });
    await write("4", { ...report, writtenAt: june, unfinished: ["mnist-direct", "ablation"] });
    // Of an earlier rule, which named no commit.
    await write("5", { ...report, writtenAt: june, commit: undefined });
    await mkdir(join(folder, "reports", "6"));
    const parts = await findFullBudget(reports);
    const same = {
      commit: "0123abc",
      seeds: [1, 2],
      generations: null,
      machine: { processor: "one", cores: 2 },
      coreSeconds: { noise: 3, ablation: 60 },
    };
    expect(parts).toEqual([
      { writtenAt: may, verdicts: { R1a: "agree", R7: "undecided" }, ...same },
      { writtenAt: april, verdicts: { R5: "agree" }, ...same },
    ]);
    expect(["R1a", "R5", "R4a"].map((id) => verdictIn(parts, id))).toEqual(["agree", "agree", null]);
    // A claim may need one of several unfinished experiments.
    await write("7", { ...report, writtenAt: july, unfinished: ["ablation"] });
    expect((await findFullBudget(reports)).map(({ verdicts }) => verdicts)).toEqual([
      { R1a: "agree" },
      { R7: "undecided" },
      { R5: "agree" },
    ]);
  });

  it("stay in the next quick report, which lists those of the one before", async () => {
    const earlier = await findFullBudget([join(folder, "reports")]);
    await mkdir(join(folder, "tracked", "report"), { recursive: true });
    const damaged = [
      null,
      7,
      { writtenAt: july },
      { ...earlier[0], seeds: "1" },
      { ...earlier[0], writtenAt: july, verdicts: { R99: "agree", R2: "surely" } },
    ];
    const quick = { ...report, budget: "quick", fullBudget: [...earlier, ...damaged] };
    await writeFile(join(folder, "tracked", "report", "report.json"), JSON.stringify(quick));
    expect(await findFullBudget([join(folder, "tracked")])).toEqual(earlier);
  });
});

describe("the commit", () => {
  it("is null outside a repository, and says whether files differ from it", async () => {
    const repository = join(folder, "repository");
    await mkdir(repository);
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...args], { cwd: repository, encoding: "utf8" });
    expect(findCommit(folder)).toBeNull();
    git("init", "--quiet");
    await writeFile(join(repository, "file"), "1");
    git("add", "file");
    git("commit", "--quiet", "--message", "one");
    const commit = git("rev-parse", "HEAD").trim();
    expect(findCommit(repository)).toBe(commit);
    await writeFile(join(repository, "file"), "2");
    expect(findCommit(repository)).toBe(`${commit} + changes`);
  });
});
