/** A request waits for its sender's turn, and has it until its client has read the response, but not for ever. */
import type { ServerResponse } from "node:http";
import { AppError } from "@pareidolia/core/appError";
import type { FairQueue } from "./fairQueue.ts";

const secondsToWait = 5;

export interface Turn {
  readonly sender: string;
  readonly response: ServerResponse;
  /** Milliseconds, after which a client that does not read its response gives up its turn. */
  readonly maxTurn: number;
  /** Milliseconds. A client that reads more slowly loses its connection, since its response stays in memory. */
  readonly maxReading?: number;
}

/** Resolves to false if the client is gone, so that there is nothing to do. @throws AppError RATE_LIMITED */
export async function waitForTurn(queue: FairQueue, { sender, response, maxTurn, maxReading }: Turn): Promise<boolean> {
  const gone = new AbortController();
  let end = (): void => gone.abort();
  // One listener: the frameworks behind it add many, and Node warns from eleven on.
  response.once("close", () => end());
  const leave = await queue.enter(sender, gone.signal).catch((error: unknown) => {
    if (!(error instanceof AppError)) return null;
    response.setHeader("Retry-After", secondsToWait);
    throw error;
  });
  if (leave === null) return false;
  const timers = [setTimeout(leave, maxTurn).unref()];
  if (maxReading !== undefined) timers.push(setTimeout(() => response.destroy(), maxReading).unref());
  end = () => {
    for (const timer of timers) clearTimeout(timer);
    leave();
  };
  return true;
}
