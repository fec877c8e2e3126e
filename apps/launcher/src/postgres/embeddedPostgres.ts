/** The embedded database as a supervised service on its own loopback port. The passwords are stored in the data folder. */
import { realpathSync } from "node:fs";
import { createConnection } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@pareidolia/core/appError";
import type { Log } from "../processes/log.ts";
import { findFreePort } from "../processes/readiness.ts";
import type { Service } from "../processes/supervisor.ts";
import { findBinaries } from "./binaries.ts";
import { findDatabaseUser } from "./databaseUser.ts";
import {
  type Credentials,
  createDataFolder,
  databaseName,
  inspectDataFolder,
  readApplicationCredentials,
  readCredentials,
} from "./dataFolder.ts";
import { stopLeftOver } from "./leftOver.ts";
import { findServer } from "./runningServer.ts";

const startTimeout = 60_000;
const protocolVersion = 3 << 16;

export interface EmbeddedPostgres {
  /** Of the user who owns the tables, for the set-up and for commands. */
  readonly url: string;
  /** Of the API's and the workers' user, whom the set-up creates. */
  readonly applicationUrl: string;
  readonly service: Service;
}

export async function prepareEmbeddedPostgres(home: string, log: Log): Promise<EmbeddedPostgres> {
  const folder = path.join(home, "postgres");
  const exists = inspectDataFolder(folder);
  const user = findDatabaseUser(folder);
  const binaries = await findBinaries(user);
  if (exists) await stopLeftOver(folder);
  else await createDataFolder(home, binaries, user, log);
  const port = await findFreePort();
  const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "timezone=UTC", "log_timezone=UTC"];
  const owner = user === null ? "" : `${user.uid}:${user.gid}`;
  return {
    url: urlOf(readCredentials(home), port),
    applicationUrl: urlOf(readApplicationCredentials(home), port),
    service: {
      name: "postgres",
      script: path.join(import.meta.dirname, "guard.ts"),
      args: [owner, binaries.postgres, "-D", realpathSync(folder), "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])],
      cwd: home,
      env: process.env,
      secondsToStop: 4,
      // Every process needs the database, and it recovers by itself: a longer pause would only prolong the outage.
      longestPauseSeconds: 2,
      alwaysGraceful: true,
      onLine: log,
      ready: (signal) => waitForServer(port, signal),
    },
  };
}

function urlOf({ user, password }: Credentials, port: number | string): string {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${databaseName}`;
}

/** The owner's URL of the embedded database if it is running; null otherwise. */
export function findRunningPostgres(home: string): string | null {
  const server = findServer(path.join(home, "postgres"));
  if (server === null || !server.servesThisFolder) return null;
  return urlOf(readCredentials(home), server.port);
}

async function waitForServer(port: number, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + startTimeout;
  while (performance.now() < deadline) {
    signal.throwIfAborted();
    if (await acceptsSessions(port)) return;
    await sleep(50);
  }
  throw new AppError("UNAVAILABLE", `PostgreSQL did not accept connections within ${startTimeout / 1000} s. See logs/postgres.log.`);
}

/**
 * Sends a StartupMessage (PostgreSQL protocol 3.0). A ready server requests the password ("R"). A server that still recovers
 * from a crash accepts the connection but answers with an error ("E", 57P03).
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
