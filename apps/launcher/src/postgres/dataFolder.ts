/** The embedded database's folder: checks an existing one, or creates one with initdb and a random password. */
import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { type PostgresBinaries, sharedFolder } from "./binaries.ts";
import { canReach, changeOwner, type DatabaseUser, runAs } from "./databaseUser.ts";

export const databaseName = "pareidolia";
/** Owns the tables and migrates them. */
const userName = "pareidolia";
/** The user of the API and the workers. */
const applicationName = "pareidolia_application";
const majorVersion = "18";

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

interface StoredCredentials extends Credentials {
  /** Absent in a data folder of an earlier version. */
  readonly application?: Credentials;
}

/** PostgreSQL does not start without these files, even if the data is intact. */
const configurationFiles = ["postgresql.conf", "pg_hba.conf"] as const;

/**
 * True for an existing database, false if initdb has to create one.
 * @throws AppError UNAVAILABLE for another user's folder; CORRUPT_DATA for an incomplete database or one of another version.
 */
export function inspectDataFolder(folder: string): boolean {
  let entries: string[];
  try {
    entries = existsSync(folder) ? readdirSync(folder) : [];
  } catch (error) {
    throw new AppError(
      "UNAVAILABLE",
      `The database folder ${folder} belongs to another user. Start as that user, or choose another data folder: PAREIDOLIA_HOME=/path npm start`,
      {
        cause: error,
      },
    );
  }
  if (entries.length === 0) return false;
  const versionFile = path.join(folder, "PG_VERSION");
  if (!existsSync(versionFile) || !existsSync(path.join(folder, "global", "pg_control")))
    throw new AppError(
      "CORRUPT_DATA",
      `${folder} is not a complete PostgreSQL database (PG_VERSION or global/pg_control is missing). Restore it from a backup, or move the folder away to start with an empty database.`,
    );
  const version = readFileSync(versionFile, "utf8").trim();
  if (version !== majorVersion)
    throw new AppError(
      "CORRUPT_DATA",
      `${folder} was created by PostgreSQL ${version}, but this release runs ${majorVersion}. Serve it with PostgreSQL ${version} and set DATABASE_URL, or move the folder away to start with an empty database.`,
    );
  const missing = configurationFiles.filter((name) => !existsSync(path.join(folder, name)));
  if (missing.length > 0)
    throw new AppError(
      "CORRUPT_DATA",
      `The database folder ${folder} has no ${missing.join(" and no ")}, and PostgreSQL cannot start without ${missing.length === 1 ? "it" : "them"}. Your data is still there. Restore missing files from a backup, or copy them from the postgres folder of another Pareidolia data folder.`,
    );
  return true;
}

function credentialsFile(home: string): string {
  return path.join(home, "database.json");
}

function writeCredentials(home: string, credentials: StoredCredentials): void {
  const file = credentialsFile(home);
  writeFileSync(`${file}.unfinished`, JSON.stringify(credentials), { mode: 0o600 });
  renameSync(`${file}.unfinished`, file);
}

function createCredentials(user: string): Credentials {
  return { user, password: randomBytes(24).toString("base64url") };
}

/** Of the application's user, whom the set-up of the database creates; a data folder of an earlier version gets a password for it. */
export function readApplicationCredentials(home: string): Credentials {
  const stored = readCredentials(home);
  if (stored.application !== undefined) return stored.application;
  const application = createCredentials(applicationName);
  writeCredentials(home, { ...stored, application });
  return application;
}

export function readCredentials(home: string): StoredCredentials {
  const file = credentialsFile(home);
  try {
    return JSON.parse(readFileSync(file, "utf8")) as StoredCredentials;
  } catch (error) {
    throw new AppError(
      "CORRUPT_DATA",
      `Cannot read ${file}, which holds the database's password. Restore it from the backup that ${home}/postgres comes from.`,
      {
        cause: error,
      },
    );
  }
}

/** Creates the database under a temporary name and renames it when complete, so an interrupted start leaves no partial database. */
export async function createDataFolder(
  home: string,
  binaries: PostgresBinaries,
  user: DatabaseUser | null,
  log: (line: string) => void,
): Promise<void> {
  const final = path.join(home, "postgres");
  if (existsSync(final) && !lstatSync(final).isSymbolicLink()) rmSync(final, { recursive: true });
  const folder = canReach(user, final) ? final : linkOutside(final);
  const unfinished = `${folder}.unfinished`;
  const passwordFile = `${folder}.password`;
  const credentials = createCredentials(userName);
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  changeOwner(user, unfinished);
  writeFileSync(passwordFile, credentials.password, { mode: 0o600 });
  changeOwner(user, passwordFile);
  try {
    const initialise = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8"];
    await run(
      binaries.initdb,
      ["-D", unfinished, ...initialise, "-U", userName, "--auth=scram-sha-256", `--pwfile=${passwordFile}`],
      user,
      log,
    );
    await run(binaries.postgres, ["--single", "-D", unfinished, "postgres"], user, log, `CREATE DATABASE ${databaseName};\n`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  writeCredentials(home, { ...credentials, application: createCredentials(applicationName) });
  rmSync(folder, { recursive: true, force: true });
  renameSync(unfinished, folder);
}

/** Links to a folder outside the data folder, for a database user that cannot enter root's data folder. */
function linkOutside(link: string): string {
  const folder = path.join(sharedFolder, createHash("sha256").update(link).digest("hex").slice(0, 12));
  mkdirSync(sharedFolder, { recursive: true, mode: 0o755 });
  rmSync(link, { force: true });
  symlinkSync(folder, link);
  return folder;
}

function run(command: string, args: readonly string[], user: DatabaseUser | null, log: (line: string) => void, input = ""): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: "/", env: { ...process.env, LC_ALL: "C" }, ...runAs(user) });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        output += chunk.toString();
        for (const line of chunk.toString().trimEnd().split("\n")) log(line);
      });
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve() : reject(new AppError("UNAVAILABLE", explain(output)))));
  });
}

function explain(output: string): string {
  if (/No space left on device/.test(output)) return "Could not create the database: the disk is full. Free some space and start again.";
  return `Could not create the database. PostgreSQL's output:\n${output.trim().split("\n").slice(-8).join("\n")}`;
}
