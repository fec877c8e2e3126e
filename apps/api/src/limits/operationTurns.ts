/** Operations over HTTP take turns by sender: a user, an API key, or the network of visitors. */
import type { ServerResponse } from "node:http";
import type { Actor } from "@pareidolia/core/actor";
import { FairQueue, type QueueLimits } from "@pareidolia/server/fairQueue";
import { waitForTurn } from "@pareidolia/server/waitForTurn";
import { senderOf } from "../http/senderOf.ts";

/** One sender leaves some of the process's six connections to the database (`openDatabase`) to the others. */
export const operationTurns: QueueLimits = { atOnce: 12, atOnceOfSender: 4, waitingOfSender: 200, waiting: 2_000 };

/** Milliseconds: more than an operation may take (`limits.seconds`). */
const maxTurn = 30_000;

/** Milliseconds. */
const maxReading = 120_000;

/** Resolves to false if the client is gone. @throws AppError RATE_LIMITED */
export type WaitForTurn = (actor: Actor, response: ServerResponse) => Promise<boolean>;

export function takeTurns(limits = operationTurns): WaitForTurn {
  const queue = new FairQueue(limits);
  return (actor, response) => waitForTurn(queue, { sender: senderOf(actor), response, maxTurn, maxReading });
}
