/** A report whose process is killed between and within experiments, and continues to the same figures as one that is not. */
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { inFull } from "../../support/extent/inFull.ts";
import { nodeFlags } from "../../support/programs.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const program = path.join(root, "test/support/interruptedReport.ts");

interface Ended {
  readonly code: number | string | null;
  readonly signal: string | null;
  readonly lines: readonly string[];
}

/** @param lastLine of its progress, at which the process kills itself. */
function report(folder: string, { seeds = 2, lastLine, only }: { seeds?: number; lastLine?: string; only?: string } = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const command = [
      ...nodeFlags,
      program,
      folder,
      String(seeds),
      ...(lastLine === undefined && only === undefined ? [] : [lastLine ?? "no such line"]),
      ...(only === undefined ? [] : [only]),
    ];
    const env = { ...process.env, NODE_OPTIONS: "", PAREIDOLIA_ENGINE: "onnxruntime-cpu" };
    execFile(process.execPath, command, { cwd: root, env }, (error, _, errors) =>
      resolve({ code: error === null ? 0 : (error.code ?? null), signal: error?.signal ?? null, lines: errors.trim().split("\n") }),
    );
  });
}

/** The report without times, and its images. */
async function measured(folder: string) {
  const { experiments, versions, claims, unfinished, machine, seeds } = JSON.parse(
    await readFile(path.join(folder, "report.json"), "utf8"),
  );
  const html = await readFile(path.join(folder, "report.html"), "utf8");
  return {
    versions,
    claims,
    unfinished,
    machine,
    seeds,
    images: html.match(/data:image\/[^"]+/g),
    experiments: experiments.map(
      ({ seconds: _s, coreSeconds: _c, rows, lines, head, ...rest }: Record<string, unknown> & { head: string[]; lines: string[][] }) => ({
        ...rest,
        head,
        rows: (rows as { id: string }[]).filter(({ id }) => !id.endsWith(".network-share")),
        lines: lines.map((cells) => cells.filter((_cell, column) => head[column] !== "network share")),
      }),
    ),
  };
}

let folder: string;
let whole: Awaited<ReturnType<typeof measured>>;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-continued-"));
  const { code, lines } = await report(path.join(folder, "whole"));
  if (code !== 0) throw new Error(lines.join("\n"));
  whole = await measured(path.join(folder, "whole"));
});
afterAll(() => rm(folder, { recursive: true }));

const killed = { signal: "SIGKILL" };
const kept = async (own: string): Promise<readonly string[]> =>
  (await readdir(path.join(own, "kept"), { recursive: true })).filter((name) => name.endsWith(".json")).sort();

it("continues after it was killed within an experiment and between two, with the same figures, verdicts and images", async () => {
  const own = path.join(folder, "killed");
  expect(await report(own, { lastLine: "untrained: direct, seed 2, generation 0" })).toMatchObject(killed);
  expect(await kept(own)).toEqual(["imagenet-evolution/untrained%2C%20seed%201.json", "noise.json"]);
  expect(JSON.parse(await readFile(path.join(own, "report.json"), "utf8")).unfinished).toEqual(["imagenet-evolution", "argmax-insertion"]);

  const second = await report(own, { lastLine: "— argmax-insertion" });
  expect(second).toMatchObject(killed);
  // Neither the first experiment nor the first seed of the second is computed again.
  expect(second.lines.filter((line) => /best of|seed 1, generation/.test(line))).toEqual([]);
  expect(await kept(own)).toEqual(["imagenet-evolution.json", "noise.json"]);

  const third = await report(own);
  expect(third).toMatchObject({ code: 0 });
  expect(third.lines.filter((line) => line.includes("generation")).every((line) => line.includes("lenet, seed"))).toBe(true);
  expect(await measured(own)).toEqual(whole);
  expect(whole.images?.length).toBeGreaterThan(0);
  // A complete report keeps nothing, so the next call measures again.
  expect((await readdir(own)).sort()).toEqual(["report.html", "report.json"]);
});

it("runs chosen experiments one command at a time, names the others, and ends in the same report", async () => {
  const own = path.join(folder, "chosen");
  const unfinished = async () => JSON.parse(await readFile(path.join(own, "report.json"), "utf8")).unfinished;
  expect(await report(own, { only: "argmax-insertion" })).toMatchObject({ code: 0 });
  expect(await unfinished()).toEqual(["noise", "imagenet-evolution"]);
  expect(await kept(own)).toEqual(["argmax-insertion.json"]);
  expect(await report(own, { only: "noise" })).toMatchObject({ code: 0 });
  expect(await unfinished()).toEqual(["imagenet-evolution"]);
  expect(await report(own)).toMatchObject({ code: 0 });
  expect(await measured(own)).toEqual(whole);
  expect((await readdir(own)).sort()).toEqual(["report.html", "report.json"]);
});

inFull("computes what was kept with other seeds again, and refuses a damaged file with what to do", async () => {
  const own = path.join(folder, "other");
  expect(await report(own, { seeds: 1, lastLine: "— imagenet-evolution" })).toMatchObject(killed);
  const file = path.join(own, "kept", "noise.json");
  const text = await readFile(file, "utf8");
  await writeFile(file, text.slice(0, -20));
  const refused = await report(own, { seeds: 1 });
  expect(refused.code).toBe(1);
  expect(refused.lines.at(-1)).toBe(`${file} is damaged. Delete this file and run the same command again: what it held is computed again.`);
  await writeFile(file, text);
  const { code, lines } = await report(own);
  expect(code).toBe(0);
  expect(lines).toContain("The kept result of noise differs in its seeds: it is computed again.");
  expect(await measured(own)).toEqual(whole);
});
