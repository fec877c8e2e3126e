/** `npm run verify` as a process: its arguments, output and exit codes. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { writeZip } from "@pareidolia/archive/zip/writeZip";
import { writeRelease } from "@pareidolia/release/writeRelease";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startMutationApi } from "../../support/mutationApi.ts";
import { makeProductRelease } from "../../support/productRelease.ts";
import { nodeFlags } from "../../support/programs.ts";
import { unzipped, withFile } from "../../support/releaseBytes.ts";
import { bytesOf, sampleRelease } from "../../support/sampleRelease.ts";
import { anyAnswer, VoterClient } from "../../support/voterClient.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

interface CommandResult {
  readonly code: number | string;
  readonly output: string;
  readonly errors: string;
}

function verify(...args: string[]): Promise<CommandResult> {
  return new Promise((resolve) => {
    const command = [...nodeFlags, "apps/lab/src/verify.ts", ...args];
    execFile(process.execPath, command, { cwd: root, env: { ...process.env, NODE_OPTIONS: "" } }, (error, output, errors) =>
      resolve({ code: error?.code ?? 0, output, errors }),
    );
  });
}

describe("npm run verify", () => {
  let folder: string;
  let good: string;
  let bad: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "verify-"));
    [good, bad] = [path.join(folder, "good.zip"), path.join(folder, "bad.zip")];
    const archive = await bytesOf(writeRelease(sampleRelease({ images: 4, voters: 3 })));
    await writeFile(good, archive);
    const changed = withFile(await unzipped(archive), "trials.csv", (csv) => csv.replace(",gold,", ",\u001b[2J,"));
    await writeFile(bad, await bytesOf(writeZip([...changed].map(([name, content]) => ({ name, content, deflate: true })))));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("prints a table and exits with 0 for a release as it was written", async () => {
    const { code, output } = await verify(good);
    expect(output).toContain("The release is complete and every number follows from its trials.");
    expect(output).toMatch(/^holds +\d+ +Trials follow from plan, voters and answers$/m);
    expect(output).not.toContain("FAILS");
    expect(code).toBe(0);
  });

  it("verifies a release that the product made of a study of a run, with its genomes", async () => {
    const api = await startMutationApi();
    try {
      const { study } = await api.mutate("createStudy", { title: "Study", runIds: ["RUN-1"] });
      await api.mutate("editStudy", { studyId: study.key, revision: 1, access: "LINK" });
      const opened = await api.mutate("openStudy", { studyId: study.key, revision: 2 });
      const client = new VoterClient(api.url, { link: opened.study.linkToken });
      await client.join();
      await client.voteOnAll(anyAnswer);
      await api.mutate("changeStudyState", { studyId: study.key, state: "CLOSED" });
      const { number } = await makeProductRelease(api, study.key);
      const response = await fetch(`${api.url}/studies/${study.key}/releases/${number}.zip`);
      const file = path.join(folder, "product.zip");
      await writeFile(file, new Uint8Array(await response.arrayBuffer()));
      const { code, output } = await verify(file, "--json");
      const { holds, checks } = JSON.parse(output) as { holds: boolean; checks: { id: string; cases: number; problem: string }[] };
      expect(checks.filter(({ problem }) => problem !== "")).toEqual([]);
      expect({ holds, code }).toEqual({ holds: true, code: 0 });
      for (const id of ["trials", "genomes", "imageFiles"]) expect(checks.find((check) => check.id === id)?.cases, id).toBeGreaterThan(0);
    } finally {
      await api.close();
    }
  });

  it("prints one object with --json", async () => {
    const { code, output } = await verify(good, "--json");
    expect(output.trim().split("\n")).toHaveLength(1);
    expect(JSON.parse(output)).toMatchObject({ holds: true, planHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(code).toBe(0);
  });

  it("names what was changed, without control characters of the file, and exits with 1", async () => {
    const { code, output } = await verify(bad);
    expect(output).toMatch(/^FAILS +0 +Trials follow from plan, voters and answers\n +Trial \d+ of V-\d+ has .* in the column role/m);
    expect(output).not.toContain("\u001b");
    expect(output).toMatch(/\d+ of 22 checks do not hold\./);
    expect(code).toBe(1);
  });

  it.each([
    [[], 2, "Name the folder or the archive"],
    [["a", "b"], 2, "Unexpected argument"],
    [["--strict"], 2, "--strict"],
    [["no-such-release.zip"], 1, "There is no file or folder"],
    [["package.json"], 1, "not a ZIP archive"],
  ])("explains the error for %j", async (args, expected, sentence) => {
    const { code, output, errors } = await verify(...args);
    expect({ code, output }).toEqual({ code: expected, output: "" });
    expect(errors).toContain(sentence);
    expect(errors).not.toMatch(/\n\s+at /);
  });
});
