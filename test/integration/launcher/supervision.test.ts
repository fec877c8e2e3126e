/** The launcher's supervision with real processes: crashed processes are restarted, and no process outlives the launcher, however it ends. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { prepareEmbeddedPostgres } from "@pareidolia/launcher/postgres/embeddedPostgres";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { describeInFull } from "../../support/extent/inFull.ts";
import { withClient } from "../../support/postgresServer.ts";

const miniLauncher = fileURLToPath(new URL("../../support/miniLauncher.ts", import.meta.url));

/** A data folder with an empty database, which each test copies. */
let fresh: string;
let home: string;
let launcher: ChildProcess;
let lines: string[];

/** Every process whose command names the scratch folder. */
function processes(): { readonly pid: number; readonly command: string }[] {
  return execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.includes(home))
    .map((line) => ({ pid: Number.parseInt(line, 10), command: line.trim() }));
}

const pidOf = (part: string): number => {
  const found = processes().find(({ command }) => command.includes(part) && !command.includes("miniLauncher"));
  if (found === undefined) throw new Error(`No process ${part} among ${JSON.stringify(processes())}`);
  return found.pid;
};
const expectOutput = (text: string) => expect.poll(() => lines.join("\n"), { timeout: 30_000 }).toContain(text);
const readUrl = () => lines.find((line) => line.startsWith("ready "))?.slice(6) ?? "";

/** If root starts the database, it runs as another user, who needs access to this folder. */
function createFolder(name: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), `pareidolia-${name}-`));
  chmodSync(folder, 0o755);
  return folder;
}

beforeAll(async () => {
  fresh = createFolder("fresh");
  await prepareEmbeddedPostgres(fresh, () => undefined);
});
afterAll(() => rmSync(fresh, { recursive: true, force: true }));
beforeEach(async () => {
  home = createFolder("launcher");
  execFileSync("cp", ["-a", `${fresh}/.`, home]);
  lines = [];
  launcher = spawn(process.execPath, ["--conditions=source", "--disable-warning=ExperimentalWarning", miniLauncher, home], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  launcher.stdout?.on("data", (chunk: Buffer) => lines.push(...chunk.toString().split("\n")));
  await expectOutput("ready ");
});
afterEach(async () => {
  launcher.kill("SIGKILL");
  await vi.waitUntil(() => processes().length === 0, { timeout: 15_000, interval: 200 });
  rmSync(home, { recursive: true, force: true });
});

describe("a crashed process", () => {
  it("is restarted with a message, and the database keeps committed data", async () => {
    await withClient(readUrl(), (client) => client.query("CREATE TABLE kept AS SELECT 42 AS answer"));
    process.kill(pidOf("ticker.mjs"), "SIGKILL");
    await expectOutput("! ticker ended (SIGKILL); restarting in 1 s");
    await expectOutput("✓ ticker is back");

    process.kill(pidOf("bin/postgres -D"), "SIGKILL");
    await expectOutput("! postgres ended");
    await expectOutput("✓ postgres is back");
    const { rows } = await withClient(readUrl(), (client) => client.query("SELECT answer FROM kept"));
    expect(rows).toEqual([{ answer: 42 }]);
    expect(lines.filter((line) => line === "✓ postgres is back")).toHaveLength(1);
  });
});

describeInFull("a database that crashes repeatedly", () => {
  it("is restarted after at most two seconds each time", { timeout: 120_000 }, async () => {
    const crashes = 4;
    for (let i = 1; i <= crashes; i++) {
      process.kill(pidOf("bin/postgres -D"), "SIGKILL");
      await expect.poll(() => lines.filter((line) => line === "✓ postgres is back").length, { timeout: 40_000 }).toBe(i);
    }
    const announced = lines.filter((line) => line.startsWith("! postgres ended")).map((line) => /in (\d+) s$/.exec(line)?.[1]);
    // On a busy machine a new server may end again because processes of the killed server still run.
    const [first, ...later] = announced;
    expect(first).toBe("1");
    expect(later.length).toBeGreaterThanOrEqual(crashes - 1);
    expect(new Set(later)).toEqual(new Set(["2"]));
  });
});

describe("a service with short restart delays", () => {
  it("is restarted at once, and within half a second after repeated crashes", async () => {
    for (const when of ["now", "in 0.25 s", "in 0.5 s", "in 0.5 s"]) {
      const before = lines.length;
      process.kill(pidOf("sprinter.mjs"), "SIGKILL");
      await expect
        .poll(() => lines.slice(before), { timeout: 30_000 })
        .toEqual(expect.arrayContaining([`! sprinter ended (SIGKILL); restarting ${when}`, "✓ sprinter is back"]));
    }
  });
});

describe("a process with a standby", () => {
  const relays = () => processes().filter(({ command }) => command.includes("relay.mjs"));
  const ready = (count: number) =>
    expect.poll(() => lines.filter((line) => line === "relay is standing by").length, { timeout: 30_000 }).toBe(count);

  it("is replaced by the standby after each crash", async () => {
    for (let i = 1; i <= 3; i++) {
      await ready(i);
      const [serving, standby] = relays().map(({ pid }) => pid);
      if (serving === undefined || standby === undefined) throw new Error("There is no standby.");
      process.kill(serving, "SIGKILL");
      await expect.poll(() => lines.filter((line) => line === "✓ relay is back").length, { timeout: 30_000 }).toBe(i);
      expect(relays().map(({ pid }) => pid)).toContain(standby);
    }
    expect(lines.filter((line) => line.startsWith("! relay"))).toEqual(Array(3).fill("! relay ended (SIGKILL); its standby takes over"));
  });

  it("is restarted when its standby has ended too", async () => {
    await ready(1);
    for (const { pid } of relays().toReversed()) {
      process.kill(pid, "SIGKILL");
      await expect.poll(() => relays().map((relay) => relay.pid)).not.toContain(pid);
    }
    await expectOutput("! relay ended (SIGKILL); restarting in 1 s");
    await expectOutput("✓ relay is back");
    await ready(2);
  });
});

describe("stopping the launcher", () => {
  it.each(["SIGHUP", "SIGTERM", "SIGINT", "SIGKILL"] as const)("with %s leaves no process after ten seconds", async (signal) => {
    expect(processes().length).toBeGreaterThanOrEqual(6);
    launcher.kill(signal);
    await expect.poll(() => processes(), { timeout: 10_000, interval: 200 }).toEqual([]);
  });
});
