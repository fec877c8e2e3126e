/** Priorities of the launcher's children, as they see them themselves, and the processor time that they report. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startChild } from "@pareidolia/launcher/processes/child";
import { afterAll, beforeAll, expect, it } from "vitest";

/** Prints its priority, and that of its session as Linux shows it. */
const program = `
  import { existsSync, readFileSync } from "node:fs";
  import { getPriority } from "node:os";
  const group = "/proc/self/autogroup";
  const ofSession = existsSync(group) ? /nice (-?\\d+)/.exec(readFileSync(group, "utf8"))?.[1] : getPriority();
  console.log(getPriority() + " " + ofSession);
`;

let folder: string;
let script: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-child-"));
  script = path.join(folder, "priority.mjs");
  await writeFile(script, program);
});
afterAll(() => rm(folder, { recursive: true }));

async function prioritiesOf(yieldsToOthers: boolean): Promise<readonly string[]> {
  const lines: string[] = [];
  const child = startChild({ script, cwd: folder, env: process.env, yieldsToOthers, onLine: (line) => lines.push(line) });
  await child.drained;
  return lines.flatMap((line) => line.split(" "));
}

it("a child that yields to others has a low priority, and so has its session; others keep theirs", async () => {
  const [own, ofSession] = await prioritiesOf(true);
  const [usual] = await prioritiesOf(false);
  expect([own, ofSession]).toEqual(["10", "10"]);
  expect(Number(usual)).toBeLessThan(10);
});

const busy = `
  import { spawnSync } from "node:child_process";
  const spin = "for (const end = process.cpuUsage().user + 2e5; process.cpuUsage().user < end;);";
  spawnSync(process.execPath, ["-e", spin]);
  await import("data:text/javascript," + spin);
`;

it.runIf(process.platform === "linux")("a child reports the processor time of itself and of its own children", async () => {
  const processorTimeFile = path.join(folder, "processor");
  const program = path.join(folder, "busy.mjs");
  await writeFile(program, busy);
  const child = startChild({ script: program, cwd: folder, env: process.env, processorTimeFile, onLine: () => undefined });
  await child.drained;
  const seconds = Number(await readFile(processorTimeFile, "utf8"));
  expect(seconds).toBeGreaterThan(0.4);
  expect(seconds).toBeLessThan(5);
});
