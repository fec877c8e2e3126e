/**
 * Detects that the worker just started is running, by the file that it touches with each heartbeat that reached the database. The API could
 * tell too, but only to a user who is signed in.
 */
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@pareidolia/core/appError";

/** Longer than the API and the worker wait for Postgres. */
const timeout = 180_000;

/**
 * Removes the file of the former worker, then waits for the file of the new one, which takes longer to start than this call.
 * @throws AppError UNAVAILABLE after three minutes.
 */
export async function waitForHeartbeat(file: string, signal: AbortSignal): Promise<void> {
  await rm(file, { force: true });
  const deadline = performance.now() + timeout;
  while (performance.now() < deadline) {
    signal.throwIfAborted();
    if (existsSync(file)) return;
    await sleep(100);
  }
  throw new AppError("UNAVAILABLE", `The worker was not ready within ${timeout / 1000} s. See its log.`);
}
