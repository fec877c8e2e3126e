/**
 * Follows the event logs of runs. A notification only wakes the reader, which then reads the log from the last number that it has seen.
 * So no event is missed or sent twice, even if notifications or connections are lost. Progress that is not logged is sent once, with the
 * number of the log's last event.
 */
import type { RunState } from "@pareidolia/core/runState";
import type { Database } from "@pareidolia/persistence/database/database";
import { type Listener, listen } from "@pareidolia/persistence/database/notifications";
import { type RunEventRecord, readRunEvents } from "@pareidolia/persistence/runs/readRunEvents";

const channel = "pareidolia_run_events";
const eventsPerRead = 200;
const endedStates: readonly RunState[] = ["SUCCEEDED", "FAILED", "CANCELLED", "CRASHED"];

export interface FollowOptions {
  readonly runId: string;
  /** The last number that the follower has seen. */
  readonly since: number;
  /** Whether the run had ended when the follower subscribed. */
  readonly ended: boolean;
}

export interface RunEventFeed {
  /** Completes after the event that ends the run, unless more events follow it. */
  follow(options: FollowOptions): AsyncIterableIterator<RunEventRecord, void, undefined>;
  close(): Promise<void>;
}

function endsRun(event: RunEventRecord): boolean {
  const to = event.kind === "STATE" ? (event.payload as { to?: unknown }).to : undefined;
  return endedStates.some((state) => state === to);
}

/** A wake-up signal for one follower, which remembers that it was raised until the follower waits for it. */
class Bell {
  #rung = false;
  #progressed = false;
  #takenDown = false;
  #wake: (() => void) | null = null;

  get takenDown(): boolean {
    return this.#takenDown;
  }

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  ringOfProgress(): void {
    this.#progressed = true;
    this.ring();
  }

  /** Whether the run has progressed since the last call. */
  takeProgress(): boolean {
    const progressed = this.#progressed;
    this.#progressed = false;
    return progressed;
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

/** Uses one connection to Postgres for all followers. @throws AppError UNAVAILABLE. */
export async function openRunEventFeed(options: { database: Database; url: string }): Promise<RunEventFeed> {
  const bells = new Map<string, Set<Bell>>();
  const ringAll = (): void => {
    for (const set of bells.values()) for (const bell of set) bell.ring();
  };
  const listener: Listener = await listen({
    url: options.url,
    channel,
    onMessage: (payload) => {
      const end = payload.lastIndexOf(":");
      const isLogged = end < payload.length - 1;
      for (const bell of bells.get(payload.slice(0, end)) ?? [])
        if (isLogged) bell.ring();
        else bell.ringOfProgress();
    },
    onReconnect: ringAll,
  });

  async function* read({ runId, since, ended }: FollowOptions, bell: Bell): AsyncGenerator<RunEventRecord, void, undefined> {
    let seen = since;
    let over = ended;
    while (!bell.takenDown) {
      const events = await readRunEvents(options.database.connection, { runId, after: seen, limit: eventsPerRead });
      for (const event of events) {
        seen = event.seq;
        over = endsRun(event);
        // Subscribers read the current run with this event, which includes any progress up to now.
        bell.takeProgress();
        yield event;
      }
      if (events.length > 0) continue;
      if (over) return;
      if (bell.takeProgress()) {
        yield { runId, seq: seen, kind: "PROGRESS", payload: {}, createdAt: new Date() };
        continue;
      }
      await bell.wait();
    }
  }

  return {
    follow(following) {
      const bell = new Bell();
      const events = read(following, bell);
      const set = bells.get(following.runId) ?? new Set<Bell>();
      bells.set(following.runId, set.add(bell));
      const leave = (): void => {
        bell.takeDown();
        set.delete(bell);
        if (set.size === 0 && bells.get(following.runId) === set) bells.delete(following.runId);
      };
      const iterator: AsyncIterableIterator<RunEventRecord, void, undefined> = {
        [Symbol.asyncIterator]: () => iterator,
        async next() {
          try {
            const result = await events.next();
            if (result.done === true) leave();
            return result;
          } catch (error) {
            leave();
            throw error;
          }
        },
        async return() {
          leave();
          await events.return();
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
