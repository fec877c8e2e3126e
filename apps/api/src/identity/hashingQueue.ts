/**
 * Queues requests under /auth that hash a password, which keeps a core busy for a tenth of a second. Few run at once, and networks take turns,
 * so a flood of guesses delays neither other people's sign-ins nor the rest of the API.
 */
import { availableParallelism } from "node:os";
import { FairQueue } from "@pareidolia/server/fairQueue";
import { networkOf } from "@pareidolia/server/networkOf";
import { waitForTurn } from "@pareidolia/server/waitForTurn";
import type { RequestHandler } from "express";
import { attemptLimits } from "./limitAttempts.ts";

/** Hashing shares Node's pool of four threads with files and host names. */
const atOnce = Math.min(2, Math.max(1, Math.floor(availableParallelism() / 2)));
/** A network can wait with all the attempts that `attemptLimits` gives it. */
export const hashingLimits = { atOnce, atOnceOfSender: atOnce, waitingOfSender: attemptLimits.perClient, waiting: 200 } as const;

/** Milliseconds. Hashing itself takes a tenth of a second. */
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
    if (await waitForTurn(queue, { sender: networkOf(request.ip ?? "unknown"), response, maxTurn })) next();
  };
}
