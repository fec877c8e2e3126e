/** The embedded database's folder: recognised, refused with a sentence, or made by initdb with a password of its own. */
import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { openPlace, type PostgresBinaries } from "./binaries.ts";
import { canReach, type DatabaseUser, giveTo, runAs } from "./databaseUser.ts";

export const databaseName = "pareidolia";
const userName = "pareidolia";
const majorVersion = "18";

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** Without these PostgreSQL does not start, though the data is whole. */
const configurationFiles = ["postgresql.conf", "pg_hba.conf"] as const;

/** True when there is a database to start, false when initdb has to make one. */
export function inspectDataFolder(folder: string): boolean {
  let entries: string[];
  try {
    entries = existsSync(folder) ? readdirSync(folder) : [];
  } catch (error) {
    throw new AppError(
      "UNAVAILABLE",
      `The database folder ${folder} belongs to another user. Start as that user, or name another data folder: PAREIDOLIA_HOME=/path npm start`,
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
      `${folder} is not a whole PostgreSQL database (PG_VERSION or global/pg_control is missing). Restore it from a backup, or move the folder away to start with an empty database.`,
    );
  const version = readFileSync(versionFile, "utf8").trim();
  if (version !== majorVersion)
    throw new AppError(
      "CORRUPT_DATA",
      `${folder} was made by PostgreSQL ${version}, and this release runs ${majorVersion}. Start it with that version, dump it and set DATABASE_URL, or move the folder away to start with an empty database.`,
    );
  const missing = configurationFiles.filter((name) => !existsSync(path.join(folder, name)));
  if (missing.length > 0)
    throw new AppError(
      "CORRUPT_DATA",
      `The database folder ${folder} has no ${missing.join(" and no ")}, and PostgreSQL cannot start without ${missing.length === 1 ? "it" : "them"}. Your data is still there. Restore what is missing from a backup, or copy it from the postgres folder of another Pareidolia data folder.`,
    );
  return true;
}

export function readCredentials(home: string): Credentials {
  const file = path.join(home, "database.json");
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Credentials;
  } catch (error) {
    throw new AppError(
      "CORRUPT_DATA",
      `${file}, which holds the database's password, cannot be read. Restore it from a backup beside ${home}/postgres.`,
      {
        cause: error,
      },
    );
  }
}

/** Builds the database beside its place and moves it there whole, so that an interrupted start leaves nothing half-made. */
export async function createDataFolder(
  home: string,
  binaries: PostgresBinaries,
  user: DatabaseUser | null,
  log: (line: string) => void,
): Promise<void> {
  const final = path.join(home, "postgres");
  if (existsSync(final) && !lstatSync(final).isSymbolicLink()) rmSync(final, { recursive: true });
  const place = canReach(user, final) ? final : linkOutside(final);
  const unfinished = `${place}.unfinished`;
  const passwordFile = `${place}.password`;
  const credentials: Credentials = { user: userName, password: randomBytes(24).toString("base64url") };
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  giveTo(user, unfinished);
  writeFileSync(passwordFile, credentials.password, { mode: 0o600 });
  giveTo(user, passwordFile);
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
  writeFileSync(path.join(home, "database.json"), JSON.stringify(credentials), { mode: 0o600 });
  rmSync(place, { recursive: true, force: true });
  renameSync(unfinished, place);
}

/** Root's data folder may lie where the database user cannot go; the database then stands outside and is linked. */
function linkOutside(link: string): string {
  const place = path.join(openPlace, createHash("sha256").update(link).digest("hex").slice(0, 12));
  mkdirSync(openPlace, { recursive: true, mode: 0o755 });
  rmSync(link, { force: true });
  symlinkSync(place, link);
  return place;
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
  if (/No space left on device/.test(output)) return "The disk is full: the database could not be made. Free some space and start again.";
  return `PostgreSQL could not make its database. It said:\n${output.trim().split("\n").slice(-8).join("\n")}`;
}
