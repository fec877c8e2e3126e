/**
 * HTTP requests with deadlines, for a client without any. A request fails after a period of silence, in which no byte was sent or received
 * while we waited for the server. A second limit, which depends on the size of the body, ends transfers that trickle.
 */
import type http from "node:http";
import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import type { Socket } from "node:net";

export interface Deadlines {
  /** The longest silence on a connection, from its first packet on. */
  readonly silenceSeconds: number;
}

export type Transport = Pick<typeof http, "request">;

const slowestRate = 64 * 1024;
const silencesPerCall = 3;

/** The time limit for a whole request or a whole body, in milliseconds. */
export function longestTransfer(byteLength: number, { silenceSeconds }: Deadlines): number {
  return (silenceSeconds * silencesPerCall + byteLength / slowestRate) * 1000;
}

export function lateAnswer(seconds: number): DOMException {
  return new DOMException(`No answer within ${seconds} s.`, "TimeoutError");
}

function sentBytes({ headers }: RequestOptions): number {
  const length = Number((headers as Record<string, unknown> | undefined)?.["content-length"] ?? 0);
  return Number.isFinite(length) ? length : 0;
}

/** Ends the request when its socket has been silent for too long, except while our own reader pauses. */
function endWhenSilent(request: ClientRequest, answer: () => IncomingMessage | null, silenceSeconds: number): void {
  const milliseconds = silenceSeconds * 1000;
  request.once("socket", (socket: Socket) => {
    const earlier = socket.timeout ?? 0;
    const onSilence = (): void => {
      const response = answer();
      if (response !== null && response.readableLength > 0) socket.setTimeout(milliseconds);
      else if (response === null) request.destroy(lateAnswer(silenceSeconds));
      else response.destroy(lateAnswer(silenceSeconds));
    };
    socket.setTimeout(milliseconds).on("timeout", onSilence);
    request.once("close", () => socket.off("timeout", onSilence).setTimeout(earlier));
  });
}

export function withDeadlines(base: Transport, deadlines: Deadlines): Transport {
  const request = (options: RequestOptions, onResponse: (response: IncomingMessage) => void): ClientRequest => {
    let response: IncomingMessage | null = null;
    const milliseconds = longestTransfer(sentBytes(options), deadlines);
    const sent = base.request(options, (arrived) => {
      response = arrived;
      clearTimeout(late);
      onResponse(arrived);
    });
    const late = setTimeout(() => sent.destroy(lateAnswer(milliseconds / 1000)), milliseconds);
    sent.once("close", () => clearTimeout(late));
    endWhenSilent(sent, () => response, deadlines.silenceSeconds);
    return sent;
  };
  return { request: request as Transport["request"] };
}
