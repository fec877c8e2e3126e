/** The column of the full budget, and the commit of a report. */
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFullBudget } from "@pareidolia/lab/fullBudget";
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

  it("are those of the newest report, without claims that its images or its finished experiments cannot decide", async () => {
    const reports = [join(folder, "none"), join(folder, "reports")];
    expect(await findFullBudget(reports)).toBeNull();
    await write("1", report);
    await write("2", { ...report, writtenAt: "2026-04-01T00:00:00.000Z", claims: [] });
    await write("3", { ...report, writtenAt: "2026-06-01T00:00:00.000Z", budget: "quick" });
    await write("4", { ...report, writtenAt: "2026-06-01T00:00:00.000Z", unfinished: ["mnist-direct", "ablation"] });
    // Of an earlier rule, which named no commit.
    await write("5", { ...report, writtenAt: "2026-06-01T00:00:00.000Z", commit: undefined });
    await mkdir(join(folder, "reports", "6"));
    expect(await findFullBudget(reports)).toEqual({
      writtenAt: "2026-05-01T00:00:00.000Z",
      commit: "0123abc",
      verdicts: { R1a: "agree", R7: "undecided" },
      machine: { processor: "one", cores: 2 },
      coreSeconds: { noise: 3, ablation: 60 },
    });
    // A claim may need one of several unfinished experiments.
    await write("7", { ...report, writtenAt: "2026-07-01T00:00:00.000Z", unfinished: ["ablation"] });
    expect(await findFullBudget(reports)).toMatchObject({ writtenAt: "2026-07-01T00:00:00.000Z", verdicts: { R1a: "agree" } });
    expect((await findFullBudget(reports))?.verdicts).not.toHaveProperty("R7");
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
