/**
 * The queue that all operations of a client share once the API has refused one of them because of its rate. Until then, every operation is
 * sent at once. After a refusal, the others wait as well: once the time that the API named has passed, the oldest is sent alone, and the
 * more are accepted, the more are under way at the same time.
 */
import { PareidoliaError } from "../pareidoliaError.ts";
import { isRefusedForRate, maxPause, secondsBefore } from "./backoff.ts";

/** One operation's place in the queue, which it keeps when it is sent again. */
export interface Place {
  readonly number: number;
  /** How often it was refused while the client got nothing else accepted. */
  refusals: number;
}

interface Waiting {
  readonly place: Place;
  readonly start: () => void;
}

/** Of the number that may be under way, for each that is accepted. */
const growth = 1.5;

export class Throttle {
  /** In order of their places. */
  #waiting: Waiting[] = [];
  #places = 0;
  /** Of those that were sent since the last refusal. Others hold up nothing. */
  #underWay = 0;
  #closings = 0;
  /** How many may be under way. */
  #width = Number.POSITIVE_INFINITY;
  /** By the clock of `Date.now`. */
  #closedUntil = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #accepted = 0;

  join(): Place {
    this.#places += 1;
    return { number: this.#places, refusals: 0 };
  }

  /** Sends when it is this place's turn. @throws what `attempt` throws, or the reason of `signal`. */
  async send<Result>(place: Place, signal: AbortSignal | undefined, attempt: () => Promise<Result>): Promise<Result> {
    signal?.throwIfAborted();
    await this.#turn(place, signal);
    const acceptedBefore = this.#accepted;
    const closingsBefore = this.#closings;
    try {
      const result = await attempt();
      this.#accepted += 1;
      this.#width *= growth;
      return result;
    } catch (error) {
      if (error instanceof PareidoliaError && isRefusedForRate(error)) {
        place.refusals = this.#accepted > acceptedBefore ? 1 : place.refusals + 1;
        this.#close(place, error.retryAfter);
      }
      throw error;
    } finally {
      if (this.#closings === closingsBefore) this.#underWay -= 1;
      this.#startNext();
    }
  }

  #close(place: Place, retryAfter: number | null): void {
    this.#width = 1;
    this.#underWay = 0;
    this.#closings += 1;
    if ((retryAfter ?? 0) > maxPause) return;
    this.#closedUntil = Math.max(this.#closedUntil, Date.now() + 1_000 * secondsBefore(place.refusals - 1, retryAfter));
  }

  #turn(place: Place, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        this.#waiting = this.#waiting.filter((each) => each !== waiting);
        reject(signal?.reason as Error);
      };
      const start = (): void => {
        signal?.removeEventListener("abort", stop);
        resolve();
      };
      const waiting = { place, start };
      signal?.addEventListener("abort", stop, { once: true });
      const behind = this.#waiting.findIndex((each) => each.place.number > place.number);
      this.#waiting.splice(behind === -1 ? this.#waiting.length : behind, 0, waiting);
      this.#startNext();
    });
  }

  #startNext(): void {
    clearTimeout(this.#timer);
    const milliseconds = this.#closedUntil - Date.now();
    if (milliseconds > 0) {
      if (this.#waiting.length > 0) this.#timer = setTimeout(() => this.#startNext(), milliseconds);
      return;
    }
    while (this.#underWay + 1 <= this.#width) {
      const next = this.#waiting.shift();
      if (next === undefined) break;
      this.#underWay += 1;
      next.start();
    }
    if (this.#underWay === 0) this.#width = Number.POSITIVE_INFINITY;
  }
}
