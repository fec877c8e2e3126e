/**
 * Queues requests under /auth that hash a password, which keeps a core busy for a tenth of a second. Few run at once, and networks take turns,
 * so a flood of guesses delays neither other people's sign-ins nor the rest of the API.
 */
import { availableParallelism } from "node:os";
import { AppError } from "@pareidolia/core/appError";
import type { RequestHandler } from "express";
import { networkOf } from "../http/networkOf.ts";
import { FairQueue } from "../limits/fairQueue.ts";
import { attemptLimits } from "./limitAttempts.ts";

/** Hashing shares Node's pool of four threads with files and host names. */
const atOnce = Math.min(2, Math.max(1, Math.floor(availableParallelism() / 2)));
/** A network can wait with all the attempts that `attemptLimits` gives it. */
export const hashingLimits = { atOnce, waitingOfSender: attemptLimits.perClient, waiting: 200 } as const;

const secondsToWait = 5;
/** A client that does not read its response gives up its turn after this long. */
const maxTurn = 10_000;

const hashing: ReadonlySet<string> = new Set([
  "/sign-in/email",
  "/owner",
  "/join",
  "/reset-password",
  "/change-password",
  "/email",
  "/two-factor/enable",
  "/two-factor/disable",
  "/two-factor/generate-backup-codes",
]);

/** Mount it after `limitGuesses`, so that refused guesses do not wait. */
export function queueHashing(queue = new FairQueue(hashingLimits)): RequestHandler {
  return async (request, response, next) => {
    if (request.method !== "POST" || !hashing.has(request.path)) return next();
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    const leave = await queue.enter(networkOf(request.ip ?? "unknown"), gone.signal).catch((error: unknown) => {
      if (!(error instanceof AppError)) return null;
      response.setHeader("Retry-After", secondsToWait);
      throw error;
    });
    // Its client is gone.
    if (leave === null) return;
    const timer = setTimeout(leave, maxTurn).unref();
    response.once("close", () => {
      clearTimeout(timer);
      leave();
    });
    next();
  };
}
