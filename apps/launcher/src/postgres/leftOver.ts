/**
 * Handles a PostgreSQL that an earlier start left running. After a launcher is killed, its database stops within a second or two.
 * A database whose guard was killed too is stopped here.
 */
import { readFileSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@pareidolia/core/appError";
import { commandOf, findServer, lockOf } from "./runningServer.ts";

/** Milliseconds until a database that is still running is an error. */
const timeout = 15_000;
/** Milliseconds until a database without a guard is stopped. */
const grace = 3_000;

/** @throws AppError CONFLICT if a PostgreSQL still uses the folder after 15 s. */
export async function stopLeftOver(folder: string): Promise<void> {
  const began = performance.now();
  let stopSent = false;
  for (let server = findServer(folder); server !== null; server = findServer(folder)) {
    const { processId, servesThisFolder } = server;
    if (!servesThisFolder) {
      rmSync(lockOf(folder), { force: true });
      return;
    }
    const waited = performance.now() - began;
    if (waited > timeout)
      throw new AppError(
        "CONFLICT",
        `Another PostgreSQL (process ${processId}) still uses ${folder}. Stop it (kill -INT ${processId}) and start again.`,
      );
    if (!stopSent && waited > grace && !isGuarded(processId)) {
      process.kill(processId, "SIGINT");
      stopSent = true;
    }
    await sleep(200);
  }
}

/** Whether the database's guard is alive; its launcher then usually is too. */
function isGuarded(processId: number): boolean {
  try {
    const status = readFileSync(`/proc/${processId}/status`, "utf8");
    const parent = Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]);
    return commandOf(parent)?.includes("postgres/guard") ?? false;
  } catch {
    return false;
  }
}
