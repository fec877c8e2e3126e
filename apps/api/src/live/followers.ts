/**
 * Followers of rows that Postgres announces on a channel. An announcement only wakes a follower, which then reads the rows that it has not
 * seen. So no row is missed or sent twice, even if announcements or connections are lost.
 */
import { type Listener, listen } from "@pareidolia/persistence/server/database/notifications";

/** A wake-up signal for one follower, which remembers that it was raised until the follower waits for it. */
export class Bell {
  #rung = false;
  #takenDown = false;
  #wake: (() => void) | null = null;

  get takenDown(): boolean {
    return this.#takenDown;
  }

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  takeDown(): void {
    this.#takenDown = true;
    this.ring();
  }

  async wait(): Promise<void> {
    if (!this.#rung)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    this.#wake = null;
    this.#rung = false;
  }
}

export interface FollowersOptions<B extends Bell> {
  readonly url: string;
  readonly channel: string;
  readonly createBell: () => B;
  /** The key of the followers whom a payload concerns. */
  readonly keyOf: (payload: string) => string;
  readonly ring: (bell: B, payload: string) => void;
}

export interface Followers<B extends Bell> {
  /** `read` yields rows until its bell is taken down, and waits for the bell when there are none. */
  follow<Row>(key: string, read: (bell: B) => AsyncGenerator<Row, void, undefined>): AsyncIterableIterator<Row, void, undefined>;
  close(): Promise<void>;
}

/** @throws AppError UNAVAILABLE. */
export async function openFollowers<B extends Bell>({ url, channel, createBell, keyOf, ring }: FollowersOptions<B>): Promise<Followers<B>> {
  const bells = new Map<string, Set<B>>();
  const listener: Listener = await listen({
    url,
    channel,
    onMessage: (payload) => {
      for (const bell of bells.get(keyOf(payload)) ?? []) ring(bell, payload);
    },
    onReconnect: () => {
      for (const set of bells.values()) for (const bell of set) bell.ring();
    },
  });
  return {
    follow<Row>(key: string, read: (bell: B) => AsyncGenerator<Row, void, undefined>) {
      const bell = createBell();
      const rows = read(bell);
      const set = bells.get(key) ?? new Set<B>();
      bells.set(key, set.add(bell));
      const leave = (): void => {
        bell.takeDown();
        set.delete(bell);
        if (set.size === 0 && bells.get(key) === set) bells.delete(key);
      };
      const iterator: AsyncIterableIterator<Row, void, undefined> = {
        [Symbol.asyncIterator]: () => iterator,
        async next() {
          try {
            const result = await rows.next();
            if (result.done === true) leave();
            return result;
          } catch (error) {
            leave();
            throw error;
          }
        },
        async return() {
          leave();
          await rows.return();
          return { done: true, value: undefined };
        },
      };
      return iterator;
    },
    async close() {
      for (const set of bells.values()) for (const bell of set) bell.takeDown();
      await listener.close();
    },
  };
}
