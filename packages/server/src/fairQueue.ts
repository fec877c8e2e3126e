/**
 * Runs a few tasks at once, of each sender and in all, and lets the senders of waiting tasks take turns, so a sender with many tasks delays only
 * its own.
 */
import { AppError } from "@pareidolia/core/appError";

export interface QueueLimits {
  readonly atOnce: number;
  readonly atOnceOfSender: number;
  readonly waitingOfSender: number;
  readonly waiting: number;
}

interface Waiting {
  start(): void;
}

export class FairQueue {
  readonly #limits: QueueLimits;
  #running = 0;
  readonly #runningOf = new Map<string, number>();
  /** Waiting tasks, by sender in the order of turns. No set is empty. */
  readonly #senders = new Map<string, Set<Waiting>>();

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  /**
   * Waits for the sender's turn. Returns a function that ends the task; further calls do nothing. @throws AppError RATE_LIMITED if too many
   * tasks are waiting; the reason of `signal` if it aborts first.
   */
  async enter(sender: string, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#running < this.#limits.atOnce && this.#mayStart(sender)) return this.#start(sender);
    const own = this.#senders.get(sender) ?? new Set();
    const waiting = [...this.#senders.values()].reduce((sum, { size }) => sum + size, 0);
    if (own.size >= this.#limits.waitingOfSender || waiting >= this.#limits.waiting)
      throw new AppError("RATE_LIMITED", "Too many requests are waiting. Try again in a few seconds.");
    this.#senders.set(sender, own);
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        own.delete(entry);
        if (own.size === 0) this.#senders.delete(sender);
        reject(signal.reason);
      };
      const entry: Waiting = {
        start: () => {
          signal.removeEventListener("abort", leave);
          resolve(this.#start(sender));
        },
      };
      own.add(entry);
      signal.addEventListener("abort", leave, { once: true });
    });
  }

  #mayStart(sender: string): boolean {
    return (this.#runningOf.get(sender) ?? 0) < this.#limits.atOnceOfSender;
  }

  #start(sender: string): () => void {
    this.#running += 1;
    this.#runningOf.set(sender, (this.#runningOf.get(sender) ?? 0) + 1);
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.#running -= 1;
      const left = (this.#runningOf.get(sender) ?? 1) - 1;
      if (left > 0) this.#runningOf.set(sender, left);
      else this.#runningOf.delete(sender);
      this.#startNext();
    };
  }

  /** The sender whose turn it is goes to the end of the order. */
  #startNext(): void {
    for (const [sender, own] of this.#senders) {
      if (!this.#mayStart(sender)) continue;
      const [next] = own;
      this.#senders.delete(sender);
      if (next === undefined) continue;
      own.delete(next);
      if (own.size > 0) this.#senders.set(sender, own);
      next.start();
      return;
    }
  }
}
