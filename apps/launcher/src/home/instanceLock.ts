/** Allows one running system per data folder. The lock file holds its process ID and URL; the lock of a dead process is replaced. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { identifyProcess } from "../processes/processIdentity.ts";
import { identifyFolder } from "./folderIdentity.ts";

interface Holder {
  readonly pid: number;
  readonly url: string;
  /** Path and identity of the locked folder. In a copied folder, the lock still contains those of the original. */
  readonly home?: string;
  readonly folder?: string | null;
  readonly process?: string | null;
}

export function takeInstanceLock(home: string, url: string): () => void {
  const file = path.join(home, "running.json");
  const folder = identifyFolder(home);
  const holder = readHolder(file);
  if (holder !== null && isRunning(holder)) throw new AppError("CONFLICT", explain(holder, { home, folder, file }));
  rmSync(file, { force: true });
  const own: Holder = { pid: process.pid, url, home, folder, process: identifyProcess(process.pid) };
  writeFileSync(file, JSON.stringify(own), { flag: "wx", mode: 0o600 });
  return () => rmSync(file, { force: true });
}

function explain(
  { pid, url, home: original, folder: originalFolder }: Holder,
  here: { home: string; folder: string | null; file: string },
) {
  if (original !== undefined && typeof originalFolder === "string" && here.folder !== null && originalFolder !== here.folder)
    return `${here.home} is a copy of ${original} that was made while Pareidolia ran there (process ${pid}), so its database may be incomplete. Stop the original, copy the folder again, then start the copy. To start from this copy anyway, delete ${here.file}.`;
  return `Pareidolia is already running on this data folder: ${url} (process ${pid}). To run a second instance, choose another folder and port: PAREIDOLIA_HOME=/path PORT=3001 npm start`;
}

function readHolder(file: string): Holder | null {
  if (!existsSync(file)) return null;
  try {
    const value = JSON.parse(readFileSync(file, "utf8")) as Partial<Holder>;
    return typeof value.pid === "number" && typeof value.url === "string" ? { ...value, pid: value.pid, url: value.url } : null;
  } catch {
    return null;
  }
}

/** The process ID may have been reused, so the start time or else the command is compared too. */
function isRunning({ pid, process: identity }: Holder): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const now = identifyProcess(pid);
  if (now !== null && typeof identity === "string") return now === identity;
  const command = `/proc/${pid}/cmdline`;
  return !existsSync(command) || readFileSync(command, "utf8").includes("launcher/src/start");
}
