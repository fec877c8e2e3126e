/** Signals to the process that npm starts: from a terminal they reach the script too, from another program only this process. */
import { type ChildProcess, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../../..");

/** Takes half a second to stop. */
const script = `
import { setTimeout as sleep } from "node:timers/promises";
import { runEntry } from ${JSON.stringify(path.join(root, "apps/launcher/src/runEntry.ts"))};
await runEntry(async (signal) => {
  console.log("started");
  while (!signal.aborted) await sleep(10);
  await sleep(500);
  console.log("stopped");
  return 0;
}, () => console.log("forced"));
`;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-signals-"));
  await mkdir(path.join(folder, "apps/launcher/src"), { recursive: true });
  for (const file of ["package-lock.json", "apps/launcher/bootstrap.mjs"]) await cp(path.join(root, file), path.join(folder, file));
  for (const name of ["node_modules", "packages"]) await symlink(path.join(root, name), path.join(folder, name));
  for (const name of ["api", "cli", "lab", "web"]) await symlink(path.join(root, "apps", name), path.join(folder, "apps", name));
  await symlink(path.join(root, "workers"), path.join(folder, "workers"));
  await writeFile(path.join(folder, "apps/launcher/src/start.ts"), script);
});
afterAll(() => rm(folder, { recursive: true }));

/** Starts the script in a process group of its own, as a shell does. @returns what it printed, and its exit code. */
async function run(act: (child: ChildProcess & { readonly pid: number }) => void | Promise<void>) {
  const child = spawn(process.execPath, [path.join(folder, "apps/launcher/bootstrap.mjs"), "start"], { detached: true, env: process.env });
  let output = "";
  const started = new Promise<void>((resolve) =>
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes("started")) resolve();
    }),
  );
  const ended = new Promise<number | null>((resolve) => child.on("exit", (code) => resolve(code)));
  if (child.pid === undefined) throw new Error("It did not start.");
  await started;
  await act(child as ChildProcess & { readonly pid: number });
  const code = await ended;
  return { lines: output.trim().split("\n"), code };
}

it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s to this process alone stops the script, which cleans up", async (signal) => {
  expect(await run(({ pid }) => void process.kill(pid, signal))).toEqual({ lines: ["started", "stopped"], code: 0 });
});

it("Ctrl-C in a terminal stops the script once, and a second Ctrl-C forces it", async () => {
  expect(await run(({ pid }) => void process.kill(-pid, "SIGINT"))).toEqual({ lines: ["started", "stopped"], code: 0 });
  const twice = await run(async ({ pid }) => {
    process.kill(-pid, "SIGINT");
    await new Promise((resolve) => setTimeout(resolve, 200));
    process.kill(-pid, "SIGINT");
  });
  expect(twice).toEqual({ lines: ["started", "forced", "stopped"], code: 0 });
});
