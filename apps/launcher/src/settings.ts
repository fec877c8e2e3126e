/** Reads the launcher's settings from the environment. docs/settings.md documents them. */
import path from "node:path";
import { readHosts } from "@pareidolia/core/allowedHosts";
import { AppError } from "@pareidolia/core/appError";

export interface Settings {
  /** The repository. */
  readonly root: string;
  /** The data folder, with postgres/, objects/, cache/ and logs/. */
  readonly home: string;
  /** Models and data sets, laid out as models/FILE and data/SET/FILE. */
  readonly cacheFolder: string;
  readonly port: number;
  /** Null for any free port. */
  readonly apiPort: number | null;
  /** Null for the embedded PostgreSQL. */
  readonly databaseUrl: string | null;
  /** Of the user who owns the tables, if it is not the user of `databaseUrl`. */
  readonly databaseOwnerUrl: string | null;
  readonly demo: boolean;
  /** Whether everyone on this machine is the owner, without an account. */
  readonly singleUser: boolean;
  /** Where browsers reach the web application. */
  readonly url: string;
}

export const repositoryRoot = path.resolve(import.meta.dirname, "../../..");

export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const home = path.resolve(repositoryRoot, env["PAREIDOLIA_HOME"] || ".pareidolia");
  // Only the API and the web application use it, but an invalid value should fail here.
  readHosts(env["PAREIDOLIA_HOSTS"]);
  const port = readPort(env, "PORT") ?? 3000;
  return {
    root: repositoryRoot,
    home,
    cacheFolder: path.resolve(repositoryRoot, env["PAREIDOLIA_CACHE"] || path.join(home, "cache")),
    port,
    apiPort: readPort(env, "API_PORT"),
    databaseUrl: readDatabaseUrl(env, "DATABASE_URL"),
    databaseOwnerUrl: readDatabaseUrl(env, "DATABASE_OWNER_URL"),
    demo: env["PAREIDOLIA_DEMO"] !== "off",
    singleUser: readSingleUser(env["PAREIDOLIA_SINGLE_USER"]),
    url: readUrl(env["PAREIDOLIA_URL"]) ?? `http://localhost:${port}`,
  };
}

function readSingleUser(text = "off"): boolean {
  if (text === "on") return true;
  if (text === "off" || text === "") return false;
  throw new AppError("INVALID_INPUT", `PAREIDOLIA_SINGLE_USER=${text} is neither on nor off.`, { field: "PAREIDOLIA_SINGLE_USER" });
}

/** Without a path. */
function readUrl(text = ""): string | null {
  if (text === "") return null;
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text).origin;
  throw new AppError("INVALID_INPUT", `PAREIDOLIA_URL=${text} is not the address of a web application. Its form is https://lab.example.`, {
    field: "PAREIDOLIA_URL",
  });
}

function readPort(env: NodeJS.ProcessEnv, name: string): number | null {
  const text = env[name];
  if (text === undefined || text === "") return null;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new AppError("INVALID_INPUT", `${name}=${text} is not a port. Use a whole number from 1 to 65535.`, { field: name });
}

function readDatabaseUrl(env: NodeJS.ProcessEnv, name: "DATABASE_URL" | "DATABASE_OWNER_URL"): string | null {
  const text = env[name];
  if (text === undefined || text === "") return null;
  if (URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol)) return text;
  throw new AppError("INVALID_INPUT", `${name} is not a PostgreSQL URL. The format is postgresql://user:password@host:5432/database.`, {
    field: name,
  });
}
