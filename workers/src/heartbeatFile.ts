/**
 * The file that a container's health check reads: the worker touches it with every heartbeat that reached the database. Both processes read
 * its path from PAREIDOLIA_HEARTBEAT_FILE.
 */
import { stat, writeFile } from "node:fs/promises";

/** The worker writes a heartbeat every 5 seconds. */
const maxSilenceSeconds = 30;

export async function touchHeartbeatFile(file: string): Promise<void> {
  await writeFile(file, `${new Date().toISOString()}\n`);
}

/** Describes the problem; null for a healthy worker. */
export async function findHeartbeatProblem(file: string | undefined, now: Date): Promise<string | null> {
  if (file === undefined || file === "") return "PAREIDOLIA_HEARTBEAT_FILE is not set, so this worker's heartbeat cannot be read.";
  const found = await stat(file).catch(() => null);
  if (found === null) return `The worker has not reached the database yet: ${file} is missing.`;
  const silence = (now.getTime() - found.mtimeMs) / 1000;
  if (silence <= maxSilenceSeconds) return null;
  return `The worker's last heartbeat is ${Math.round(silence)} s old; the limit is ${maxSilenceSeconds} s.`;
}
