/**
 * Limits how long a request body may stall, and how long it may take in total. A body that arrives at a fair rate may take longer, so that
 * files of many gigabytes arrive. The reader's own time does not count as stalling.
 */
import { AppError } from "@pareidolia/core/appError";

export interface BodyDeadlines {
  readonly idleMilliseconds: number;
  readonly totalMilliseconds: number;
  /** Bytes per second; a body that arrives at least this fast may take longer than `totalMilliseconds`. Default: none may. */
  readonly slowestRate?: number;
}

const late = Symbol("late");

/** Handles a rejection of `work` that comes too late, too: the race has subscribed to it. */
async function within<T>(work: Promise<T>, milliseconds: number): Promise<T | typeof late> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<typeof late>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, milliseconds), late);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

const formatDuration = (milliseconds: number): string =>
  milliseconds < 90_000 ? `${milliseconds / 1000} s` : `${milliseconds / 60_000} min`;

/** @throws AppError UNAVAILABLE when a deadline passes; INVALID_INPUT when the sender disconnects. */
export async function* withDeadlines(body: AsyncIterable<Uint8Array>, deadlines: BodyDeadlines): AsyncGenerator<Uint8Array> {
  const { idleMilliseconds, totalMilliseconds, slowestRate = Number.POSITIVE_INFINITY } = deadlines;
  const iterator = body[Symbol.asyncIterator]();
  const start = performance.now();
  let received = 0;
  try {
    for (;;) {
      const next = iterator.next().catch((cause: unknown) => {
        throw new AppError("INVALID_INPUT", "The upload was interrupted. Send the file again.", { cause, field: "body" });
      });
      const allowed = Math.max(totalMilliseconds, (1000 * received) / slowestRate);
      const left = start + allowed - performance.now();
      const result = await within(next, Math.min(idleMilliseconds, left));
      if (result === late)
        throw new AppError(
          "UNAVAILABLE",
          left < idleMilliseconds
            ? `The upload took longer than ${formatDuration(allowed)}. Send the file again over a faster connection.`
            : `The upload stalled: nothing arrived for ${formatDuration(idleMilliseconds)}. Send the file again.`,
        );
      if (result.done === true) return;
      received += result.value.length;
      yield result.value;
    }
  } finally {
    // Not awaited: a stalled body would block it.
    void iterator.return?.();
  }
}
