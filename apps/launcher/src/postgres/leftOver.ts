/**
 * A PostgreSQL that an earlier start left behind. When a launcher is killed outright, its database stops within a second or two; a database
 * whose guard was killed too is stopped here.
 */
import { readFileSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@pareidolia/core/appError";
import { commandOf, findServer, lockOf } from "./runningServer.ts";

const patience = 15_000;
const grace = 3_000;

/** @throws AppError CONFLICT when another PostgreSQL keeps using the folder. */
export async function stopLeftOver(folder: string): Promise<void> {
  const began = performance.now();
  let isAsked = false;
  for (let server = findServer(folder); server !== null; server = findServer(folder)) {
    const { processId, servesThisFolder } = server;
    if (!servesThisFolder) {
      rmSync(lockOf(folder), { force: true });
      return;
    }
    const waited = performance.now() - began;
    if (waited > patience)
      throw new AppError(
        "CONFLICT",
        `Another PostgreSQL (process ${processId}) still uses ${folder}. Stop it (kill -INT ${processId}) and start again.`,
      );
    if (!isAsked && waited > grace && !isGuarded(processId)) {
      process.kill(processId, "SIGINT");
      isAsked = true;
    }
    await sleep(200);
  }
}

/** Whether its guard is alive, and so, usually, the launcher that started it. */
function isGuarded(processId: number): boolean {
  try {
    const status = readFileSync(`/proc/${processId}/status`, "utf8");
    const parent = Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]);
    return commandOf(parent)?.includes("postgres/guard") ?? false;
  } catch {
    return false;
  }
}
