/**
 * One queue for all requests of a client, so that many parallel calls share the server's limit instead of competing for it. Nothing waits until
 * the server refuses a request because of its rate. From then on, no request is sent before the time that the server names has passed, and one
 * at a time after that. Each answer lets more be under way at once, and nothing waits any more once the queue is empty.
 */

/** Call it after the answer or the failure; only the first call counts. */
type Leave = (isAnswered: boolean) => void;

export interface Throttle {
  /** Resolves when the request may be sent; one that was refused goes before those that were never sent. @throws the reason of `signal`. */
  enter(wasRefused: boolean, signal: AbortSignal | undefined): Promise<Leave>;
  /** Sends nothing for these seconds. */
  hold(seconds: number): void;
  /** Number of answered requests so far. */
  readonly answered: number;
}

interface Waiting {
  readonly wasRefused: boolean;
  start(): void;
}

export function createThrottle(): Throttle {
  const queue: Waiting[] = [];
  /** Requests that were sent since the queue began. Those before it, such as slow ones, hold back none. */
  let underWay = 0;
  let most = Number.POSITIVE_INFINITY;
  let queueNumber = 0;
  let heldUntil = 0;
  let answered = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function endQueue(): void {
    if (queue.length > 0) return;
    clearTimeout(timer);
    timer = undefined;
    if (underWay === 0 && Date.now() >= heldUntil) most = Number.POSITIVE_INFINITY;
  }

  function startNext(): void {
    while (queue.length > 0 && underWay < Math.floor(most)) {
      const milliseconds = heldUntil - Date.now();
      if (milliseconds > 0) {
        timer ??= setTimeout(() => {
          timer = undefined;
          startNext();
        }, milliseconds);
        return;
      }
      underWay += 1;
      queue.shift()?.start();
    }
    endQueue();
  }

  function place(wasRefused: boolean, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        queue.splice(queue.indexOf(waiting), 1);
        endQueue();
        reject(signal?.reason as Error);
      };
      const waiting: Waiting = {
        wasRefused,
        start() {
          signal?.removeEventListener("abort", stop);
          resolve();
        },
      };
      const before = wasRefused ? queue.findIndex((other) => !other.wasRefused) : -1;
      queue.splice(before < 0 ? queue.length : before, 0, waiting);
      signal?.addEventListener("abort", stop, { once: true });
      startNext();
    });
  }

  return {
    async enter(wasRefused, signal) {
      signal?.throwIfAborted();
      endQueue();
      await place(wasRefused, signal);
      const entered = queueNumber;
      let hasLeft = false;
      return (isAnswered) => {
        if (hasLeft) return;
        hasLeft = true;
        if (isAnswered) answered += 1;
        if (entered !== queueNumber) return;
        underWay -= 1;
        if (isAnswered) most += 1 / most;
        startNext();
      };
    },
    hold(seconds) {
      if (most === Number.POSITIVE_INFINITY) {
        queueNumber += 1;
        underWay = 0;
      }
      most = 1;
      heldUntil = Math.max(heldUntil, Date.now() + seconds * 1_000);
    },
    get answered() {
      return answered;
    },
  };
}
