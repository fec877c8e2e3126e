/**
 * Requests take turns by network, so that a client that floods the application delays only its own network. Next would start to answer each
 * request as it arrives, and every network would wait for all of them.
 */
import { type IncomingMessage, Server, type ServerResponse } from "node:http";
import { AppError } from "@pareidolia/core/appError";
import { FairQueue, type QueueLimits } from "@pareidolia/server/fairQueue";
import { networkOf } from "@pareidolia/server/networkOf";
import { waitForTurn } from "@pareidolia/server/waitForTurn";

const requestTurns: QueueLimits = { atOnce: 64, atOnceOfSender: 16, waitingOfSender: 400, waiting: 4_000 };

/** Milliseconds. Longer requests, such as uploads and event streams, mostly wait for their client. */
const maxTurn = 2_000;

function refuse(response: ServerResponse, { message, code }: AppError): void {
  response.writeHead(429, { "content-type": "application/json; charset=utf-8" });
  response.end(`${JSON.stringify({ errors: [{ message, extensions: { code } }] })}\n`);
}

/** The header is the client's address, since `reportClientAddresses` has replaced it. */
const senderOf = ({ headers }: IncomingMessage): string => networkOf(String(headers["x-forwarded-for"] ?? ""));

/** Returns a function that ends it. */
export function takeTurns(limits = requestTurns): () => void {
  const queue = new FairQueue(limits);
  const emit = Server.prototype.emit;
  Server.prototype.emit = function emitInTurn(this: Server, event: string | symbol, ...args: unknown[]): boolean {
    const pass = (): boolean => Reflect.apply(emit, this, [event, ...args]);
    if (event !== "request") return pass();
    const [request, response] = args as [IncomingMessage, ServerResponse];
    waitForTurn(queue, { sender: senderOf(request), response, maxTurn }).then(
      (isHere) => isHere && pass(),
      (error: unknown) => {
        if (!(error instanceof AppError)) throw error;
        refuse(response, error);
      },
    );
    return true;
  } as typeof emit;
  return () => {
    Server.prototype.emit = emit;
  };
}
