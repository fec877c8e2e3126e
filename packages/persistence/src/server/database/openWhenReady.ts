/**
 * Opens the first connection of a process on a busy machine: ten seconds to connect may pass while the process loads its modules or Postgres
 * recovers from a crash. A wrong address, name or password fails immediately.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { mayPass } from "./connectionFailure.ts";

export interface Waiting {
  /** The last attempt begins within this time. */
  readonly waitSeconds: number;
  /** Called before each further attempt, with what to check meanwhile. */
  readonly onWait: (message: string) => void;
}

const firstPause = 0.25;
const maxPause = 4;

/** @throws The error of the last attempt. */
export async function openWhenReady<T>(waiting: Waiting | undefined, open: () => Promise<T>): Promise<T> {
  const began = performance.now();
  for (let pause = firstPause; ; pause = Math.min(pause * 2, maxPause))
    try {
      return await open();
    } catch (error) {
      const left = (waiting?.waitSeconds ?? 0) - (performance.now() - began) / 1000 - pause;
      if (waiting === undefined || left < 0 || !mayPass(error)) throw error;
      waiting.onWait(`${(error as Error).message} Trying again for up to ${Math.ceil(left)} s.`);
      await sleep(pause * 1000);
    }
}
