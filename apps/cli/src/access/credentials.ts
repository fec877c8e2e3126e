/** API keys by the address of their server, in a file that only its user can read. */
import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { CliError } from "../failure.ts";

export interface StoredServer {
  /** Null for a server with a single user and no accounts. */
  readonly token: string | null;
  /** When the key expires, as ISO 8601; null if never or unknown. */
  readonly expiresAt: string | null;
}

export interface Credentials {
  /** The address that commands use without `--url` and PAREIDOLIA_URL; null before the first sign-in. */
  readonly current: string | null;
  /** By origin, such as https://lab.example. */
  readonly servers: Readonly<Record<string, StoredServer>>;
}

const empty: Credentials = { current: null, servers: {} };

const fileOf = (folder: string): string => path.join(folder, "credentials.json");

function isCredentials(value: unknown): value is Credentials {
  const { current, servers } = (value ?? {}) as Partial<Record<keyof Credentials, unknown>>;
  return (current === null || typeof current === "string") && typeof servers === "object" && servers !== null;
}

export async function readCredentials(folder: string): Promise<Credentials> {
  let text: string;
  try {
    text = await readFile(fileOf(folder), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return empty;
    throw error;
  }
  try {
    const value: unknown = JSON.parse(text);
    if (isCredentials(value)) return value;
  } catch {
    // The message below says what to do.
  }
  throw new CliError("failed", `${fileOf(folder)} cannot be read. Delete it and sign in again.`);
}

/** Replaces the file as a whole, so that a crash leaves the one before it. */
export async function writeCredentials(folder: string, credentials: Credentials): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = `${fileOf(folder)}.${process.pid}`;
  await writeFile(temporary, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  // The mode of a file that exists already is not changed by writing it.
  await chmod(temporary, 0o600);
  await rename(temporary, fileOf(folder));
}
