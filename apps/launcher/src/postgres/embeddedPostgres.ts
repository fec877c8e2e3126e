/** The embedded database as a supervised service on a loopback port of its own, with a password that only this folder knows. */
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { createConnection } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@pareidolia/core/appError";
import type { Log } from "../processes/log.ts";
import { findFreePort } from "../processes/readiness.ts";
import type { Service } from "../processes/supervisor.ts";
import { findBinaries } from "./binaries.ts";
import { findDatabaseUser } from "./databaseUser.ts";
import { createDataFolder, databaseName, inspectDataFolder, readCredentials } from "./dataFolder.ts";

const patience = 60_000;
const protocolVersion = 3 << 16;

export interface EmbeddedPostgres {
  readonly url: string;
  readonly service: Service;
}

export async function prepareEmbeddedPostgres(home: string, log: Log): Promise<EmbeddedPostgres> {
  const folder = path.join(home, "postgres");
  const exists = inspectDataFolder(folder);
  const user = findDatabaseUser(folder);
  const binaries = await findBinaries(user);
  if (exists) await stopLeftOver(folder);
  else await createDataFolder(home, binaries, user, log);
  const { user: name, password } = readCredentials(home);
  const port = await findFreePort();
  const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "timezone=UTC", "log_timezone=UTC"];
  const owner = user === null ? "" : `${user.uid}:${user.gid}`;
  return {
    url: `postgresql://${name}:${password}@127.0.0.1:${port}/${databaseName}`,
    service: {
      name: "postgres",
      script: path.join(import.meta.dirname, "guard.ts"),
      args: [owner, binaries.postgres, "-D", realpathSync(folder), "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])],
      cwd: home,
      env: process.env,
      secondsToStop: 4,
      neverRushed: true,
      onLine: log,
      ready: (signal) => waitForServer(port, signal),
    },
  };
}

/** The address of the embedded database while a launcher keeps it running; null otherwise. */
export function findRunningPostgres(home: string): string | null {
  const lock = path.join(home, "postgres", "postmaster.pid");
  if (!existsSync(lock)) return null;
  // Process, folder, start time, port: PostgreSQL's documentation, "Database File Layout".
  const [pid, , , port] = readFileSync(lock, "utf8").split("\n");
  if (!isRunning(Number(pid)) || port === undefined) return null;
  const { user, password } = readCredentials(home);
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${databaseName}`;
}

/** A launcher killed outright is followed by its database within a second or two; one whose guard was killed too is stopped here. */
async function stopLeftOver(folder: string): Promise<void> {
  const lock = path.join(folder, "postmaster.pid");
  const deadline = performance.now() + 15_000;
  for (let asked = false; existsSync(lock); ) {
    const pid = Number(readFileSync(lock, "utf8").split("\n")[0]);
    if (!isRunning(pid)) return;
    if (performance.now() > deadline)
      throw new AppError(
        "CONFLICT",
        `Another PostgreSQL (process ${pid}) still uses ${folder}. Stop it (kill -INT ${pid}) and start again.`,
      );
    if (!asked && deadline - performance.now() < 12_000) {
      process.kill(pid, "SIGINT");
      asked = true;
    }
    await sleep(200);
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const command = `/proc/${pid}/cmdline`;
  return !existsSync(command) || readFileSync(command, "utf8").includes("postgres");
}

async function waitForServer(port: number, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + patience;
  while (performance.now() < deadline) {
    signal.throwIfAborted();
    if (await acceptsSessions(port)) return;
    await sleep(50);
  }
  throw new AppError("UNAVAILABLE", `PostgreSQL did not accept connections within ${patience / 1000} s; logs/postgres.log says more.`);
}

/**
 * Sends a StartupMessage (PostgreSQL protocol 3.0). A server that serves asks for the password ("R"); one that still repairs
 * itself after a crash has its port open, but answers with an error ("E", 57P03).
 */
function acceptsSessions(port: number): Promise<boolean> {
  const parameters = Buffer.from(`user\0${databaseName}\0database\0${databaseName}\0\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(head.length + parameters.length, 0);
  head.writeInt32BE(protocolVersion, 4);
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: "127.0.0.1" });
    const end = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.setTimeout(1000, () => end(false));
    socket.on("error", () => end(false));
    socket.on("connect", () => socket.write(Buffer.concat([head, parameters])));
    socket.on("data", (answer: Buffer) => end(answer[0] === 0x52));
    socket.on("close", () => end(false));
  });
}
