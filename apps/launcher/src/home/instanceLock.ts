/** One running system a data folder. The lock says who holds it and where it serves; a dead holder's lock is taken over. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";

interface Holder {
  readonly pid: number;
  readonly url: string;
}

export function takeInstanceLock(home: string, url: string): () => void {
  const file = path.join(home, "running.json");
  const holder = readHolder(file);
  if (holder !== null && isLauncher(holder.pid))
    throw new AppError(
      "CONFLICT",
      `Pareidolia is already running on this data folder: ${holder.url} (process ${holder.pid}). For a second one, name another folder and port: PAREIDOLIA_HOME=/path PORT=3001 npm start`,
    );
  rmSync(file, { force: true });
  writeFileSync(file, JSON.stringify({ pid: process.pid, url } satisfies Holder), { flag: "wx" });
  return () => rmSync(file, { force: true });
}

function readHolder(file: string): Holder | null {
  if (!existsSync(file)) return null;
  try {
    const value = JSON.parse(readFileSync(file, "utf8")) as Partial<Holder>;
    return typeof value.pid === "number" && typeof value.url === "string" ? { pid: value.pid, url: value.url } : null;
  } catch {
    return null;
  }
}

/** A process number may have been given to somebody else since; where the system tells a process's command, it decides. */
function isLauncher(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  const command = `/proc/${pid}/cmdline`;
  return !existsSync(command) || readFileSync(command, "utf8").includes("launcher/src/start");
}
