/**
 * Requests under /auth that hash a password, which takes a tenth of a second of a core. Few run at once, and networks take turns, so that
 * guesses hold up neither other people's sign-ins nor the rest of the API.
 */
import { availableParallelism } from "node:os";
import type { RequestHandler } from "express";
import { networkOf } from "../http/networkOf.ts";
import { FairQueue } from "../limits/fairQueue.ts";
import { waitForTurn } from "../limits/waitForTurn.ts";
import { attemptLimits } from "./limitAttempts.ts";

/** Hashing runs in Node's pool of four threads, which files and names of hosts need, too. */
const atOnce = Math.min(2, Math.max(1, Math.floor(availableParallelism() / 2)));
/** A network waits for as many attempts as it has (`attemptLimits`). */
export const hashingLimits = { atOnce, atOnceOfSender: atOnce, waitingOfSender: attemptLimits.perClient, waiting: 200 } as const;

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

/** Mount it after `limitGuesses`, so that refused guesses wait for nothing. */
export function queueHashing(queue = new FairQueue(hashingLimits)): RequestHandler {
  return async (request, response, next) => {
    if (request.method !== "POST" || !hashing.has(request.path)) return next();
    if (await waitForTurn(queue, networkOf(request.ip ?? "unknown"), response)) next();
  };
}
