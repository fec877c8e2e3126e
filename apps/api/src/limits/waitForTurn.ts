/** A request waits for its sender's turn, and has it until its client has read the response. */
import type { ServerResponse } from "node:http";
import { AppError } from "@pareidolia/core/appError";
import type { FairQueue } from "./fairQueue.ts";

const secondsToWait = 5;
/** A client that reads more slowly loses its connection: its turn, and the response in memory, would last for ever otherwise. */
const longestTurn = 120_000;

/** Resolves to false if the client is gone, so that there is nothing to do. @throws AppError RATE_LIMITED */
export async function waitForTurn(queue: FairQueue, sender: string, response: ServerResponse): Promise<boolean> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const leave = await queue.enter(sender, gone.signal).catch((error: unknown) => {
    if (!(error instanceof AppError)) return null;
    response.setHeader("Retry-After", secondsToWait);
    throw error;
  });
  if (leave === null) return false;
  const timer = setTimeout(() => response.destroy(), longestTurn).unref();
  response.once("close", () => {
    clearTimeout(timer);
    leave();
  });
  return true;
}
