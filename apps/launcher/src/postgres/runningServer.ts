/**
 * Reads which PostgreSQL process serves a data folder from its `postmaster.pid`. A copied folder also contains the process ID and port
 * of the original's database, which must not be touched.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { identifyFolder } from "../home/folderIdentity.ts";

export interface RunningServer {
  readonly processId: number;
  readonly port: string;
  /** False if this folder is a copy and the process serves the original. */
  readonly servesThisFolder: boolean;
}

export function lockOf(folder: string): string {
  return path.join(folder, "postmaster.pid");
}

/** Null if no PostgreSQL runs under the process ID in the lock. */
export function findServer(folder: string): RunningServer | null {
  const lock = lockOf(folder);
  if (!existsSync(lock)) return null;
  // Process, folder, start time, port: PostgreSQL's documentation, "Database File Layout".
  const [first, servedFolder = "", , port = ""] = readFileSync(lock, "utf8").split("\n");
  const processId = Number(first);
  if (!isPostgres(processId)) return null;
  // PostgreSQL's working directory is its data folder. Where the system does not report it, the folder in the lock decides.
  const served = identifyFolder(`/proc/${processId}/cwd`) ?? identifyFolder(servedFolder);
  return { processId, port, servesThisFolder: served === null || served === identifyFolder(folder) };
}

function isPostgres(processId: number): boolean {
  if (!Number.isInteger(processId) || processId <= 1) return false;
  try {
    process.kill(processId, 0);
  } catch {
    return false;
  }
  return commandOf(processId)?.includes("postgres") ?? true;
}

/** Null where the system does not report it. */
export function commandOf(processId: number): string | null {
  const file = `/proc/${processId}/cmdline`;
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}
