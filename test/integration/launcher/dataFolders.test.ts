/** Copied or damaged data folders: the launcher says what is wrong with the folder, and leaves the system of another folder alone. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { prepareEmbeddedPostgres } from "@pareidolia/launcher/postgres/embeddedPostgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withClient } from "../../support/postgresServer.ts";

const miniLauncher = fileURLToPath(new URL("../../support/miniLauncher.ts", import.meta.url));
/** Part of the real launcher's command line, which identifies it on systems without process start times. */
const launcherArgument = "launcher/src/start.ts";

interface Launched {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  output: string;
}

const launched: Launched[] = [];
let folder: string;

function launch(home: string): Launched {
  const child = spawn(process.execPath, [
    "--conditions=source",
    "--disable-warning=ExperimentalWarning",
    miniLauncher,
    home,
    launcherArgument,
  ]);
  const started: Launched = { child, ended: new Promise((resolve) => child.once("close", (code) => resolve(code))), output: "" };
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => {
      started.output += chunk.toString();
    });
  launched.push(started);
  return started;
}

async function stop({ child, ended }: Launched): Promise<void> {
  child.kill("SIGTERM");
  await ended;
}

const ready = (started: Launched) => expect.poll(() => started.output, { timeout: 60_000 }).toContain("ready ");
const urlOf = ({ output }: Launched) => /ready (\S+)/.exec(output)?.[1] ?? "";
const answers = (started: Launched) => withClient(urlOf(started), async (client) => (await client.query("SELECT 1 AS one")).rows);

/** A copy of a data folder with an empty database, which takes half a second of processor time to create. */
function createHome(name: string): string {
  const home = path.join(folder, name);
  execFileSync("cp", ["-a", path.join(folder, "fresh"), home]);
  return home;
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "pareidolia-folders-"));
  // If root starts the database, it runs as another user, who needs access to this folder.
  chmodSync(folder, 0o755);
  const fresh = path.join(folder, "fresh");
  mkdirSync(fresh);
  await prepareEmbeddedPostgres(fresh, () => undefined);
});
afterAll(async () => {
  for (const started of launched) started.child.kill("SIGKILL");
  await Promise.all(launched.map(({ ended }) => ended));
  rmSync(folder, { recursive: true, force: true });
});

describe("a data folder that was copied while its system ran", { timeout: 120_000 }, () => {
  it("is refused as a copy; without its lock it serves its own data, and the original keeps running", async () => {
    const home = createHome("original");
    const copy = path.join(folder, "copy");
    const original = launch(home);
    await ready(original);
    const same = launch(home);
    expect(await same.ended).toBe(1);
    expect(same.output).toContain("already running on this data folder: http://localhost:3000");

    await withClient(urlOf(original), (client) => client.query("CREATE TABLE kept AS SELECT 42 AS answer; CHECKPOINT"));
    execFileSync("cp", ["-a", home, copy]);
    const refused = launch(copy);
    expect(await refused.ended).toBe(1);
    expect(refused.output).toContain(
      `${copy} is a copy of ${home} that was made while Pareidolia ran there (process ${original.child.pid})`,
    );
    expect(refused.output).not.toContain("already running");
    const lock = /delete (\S+running\.json)\./.exec(refused.output)?.[1] ?? "";
    expect(lock).toBe(path.join(copy, "running.json"));

    rmSync(lock);
    const second = launch(copy);
    await ready(second);
    expect(await withClient(urlOf(second), async (client) => (await client.query("SELECT answer FROM kept")).rows)).toEqual([
      { answer: 42 },
    ]);
    expect(await answers(original)).toEqual([{ one: 1 }]);
    await stop(second);
    await stop(original);
  });
});

describe("a data folder whose holder has ended", { timeout: 120_000 }, () => {
  it("is taken over, although another process now has the holder's process id", async () => {
    const home = createHome("killed");
    const first = launch(home);
    await ready(first);
    first.child.kill("SIGKILL");
    await first.ended;
    const lock = path.join(home, "running.json");
    const holder = JSON.parse(readFileSync(lock, "utf8")) as { pid: number; process: string | null };
    expect(holder.pid).toBe(first.child.pid);
    const stranger = spawn(process.execPath, ["-e", "setInterval(() => undefined, 1000)", launcherArgument]);
    try {
      writeFileSync(lock, JSON.stringify({ ...holder, pid: stranger.pid }));
      const second = launch(home);
      await ready(second);
      await stop(second);
      expect(existsSync(lock)).toBe(false);
    } finally {
      stranger.kill();
    }
  });
});

describe("a database folder without its configuration", { timeout: 120_000 }, () => {
  it.each([[["postgresql.conf"]], [["postgresql.conf", "pg_hba.conf"]]])("is reported with its missing files: %o", async (files) => {
    const home = createHome(`without-${files.length}`);
    const first = launch(home);
    await ready(first);
    await stop(first);
    const postgres = path.join(home, "postgres");
    const asideName = (file: string) => path.join(home, `${file}.away`);
    for (const file of files) renameSync(path.join(postgres, file), asideName(file));
    const broken = launch(home);
    expect(await broken.ended).toBe(1);
    expect(broken.output.trim()).toBe(
      `The database folder ${postgres} has no ${files.join(" and no ")}, and PostgreSQL cannot start without ${files.length === 1 ? "it" : "them"}. Your data is still there. Restore missing files from a backup, or copy them from the postgres folder of another Pareidolia data folder.`,
    );
    for (const file of files) renameSync(asideName(file), path.join(postgres, file));
    const repaired = launch(home);
    await ready(repaired);
    await stop(repaired);
  });
});
