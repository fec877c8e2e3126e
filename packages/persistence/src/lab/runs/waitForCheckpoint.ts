/** Waits for rows of runs that a checkpoint locks, without queueing for the lock. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Connection } from "../../server/database/database.ts";
import { endSilentWriters } from "./endSilentWriters.ts";

/** A checkpoint locks a run's row for some tens of milliseconds. */
const millisecondsBetweenTries = 50;
const suspiciousSeconds = 1;
const timeoutSeconds = 4;
/** A machine that stalls for seconds does not use up the tries. */
const fewestTries = 20;

/**
 * Repeats `lockIfFree` until it returns something, and returns null after some 4 s. Each second it ends writers that have been silent for a
 * second, such as frozen workers; a writer of a large checkpoint has a little longer.
 */
export async function waitForCheckpoint<Locked>(connection: Connection, lockIfFree: () => Promise<Locked | null>): Promise<Locked | null> {
  const began = performance.now();
  let endWritersAt = suspiciousSeconds;
  for (let tries = 1; ; tries++) {
    const locked = await lockIfFree();
    if (locked !== null) return locked;
    const seconds = (performance.now() - began) / 1000;
    if (seconds > timeoutSeconds && tries >= fewestTries) return null;
    if (seconds > endWritersAt) {
      endWritersAt = seconds + suspiciousSeconds;
      await endSilentWriters(connection, suspiciousSeconds);
    } else await sleep(millisecondsBetweenTries);
  }
}
