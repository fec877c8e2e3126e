/**
 * The PostgreSQL that `postmaster.pid` in a data folder names. It is believed only where that process serves this very folder: a
 * copied folder brings along the number and the port of the original's database, which must not be touched.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { identifyFolder } from "../home/folderIdentity.ts";

export interface RunningServer {
  readonly processId: number;
  readonly port: string;
  /** False where the process serves another folder, from which this one was copied. */
  readonly servesThisFolder: boolean;
}

export function lockOf(folder: string): string {
  return path.join(folder, "postmaster.pid");
}

/** Null where no PostgreSQL runs under the number that the lock names. */
export function findServer(folder: string): RunningServer | null {
  const lock = lockOf(folder);
  if (!existsSync(lock)) return null;
  // Process, folder, start time, port: PostgreSQL's documentation, "Database File Layout".
  const [first, servedFolder = "", , port = ""] = readFileSync(lock, "utf8").split("\n");
  const processId = Number(first);
  if (!isPostgres(processId)) return null;
  // PostgreSQL works inside its data folder. Where the system does not tell, the folder that its lock names decides.
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

/** Null where the system does not tell. */
export function commandOf(processId: number): string | null {
  const file = `/proc/${processId}/cmdline`;
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}
