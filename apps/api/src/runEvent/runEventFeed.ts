/**
 * Follows the event logs of runs. A notification only wakes the reader, which then reads the log from the last number that it has seen.
 * So no event is missed or sent twice, even if notifications or connections are lost. Progress that is not logged is sent once, with the
 * number of the log's last event.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { RunState } from "@pareidolia/core/runState";
import { type RunEventRecord, readRunEvents } from "@pareidolia/persistence/lab/runs/readRunEvents";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { Bell, openFollowers } from "../live/followers.ts";

const channel = "pareidolia_run_events";
const eventsPerRead = 200;
/** A read that a lost database interrupts is repeated every second, for a minute. */
const readsOfLostDatabase = 60;
const betweenReads = 1_000;
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

/** Remembers, besides the signal, whether the run has progressed. */
class RunBell extends Bell {
  #progressed = false;

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
}

/** Uses one connection to Postgres for all followers. @throws AppError UNAVAILABLE. */
export async function openRunEventFeed(options: { database: Database; url: string }): Promise<RunEventFeed> {
  const followers = await openFollowers<RunBell>({
    url: options.url,
    channel,
    createBell: () => new RunBell(),
    // The run's ID, and the number of its new event unless it only progressed.
    keyOf: (payload) => payload.slice(0, payload.lastIndexOf(":")),
    ring: (bell, payload) => {
      if (payload.endsWith(":")) bell.ringOfProgress();
      else bell.ring();
    },
  });

  /** Null once the follower has left. */
  async function readOrRepeat(input: Parameters<typeof readRunEvents>[1], bell: RunBell): Promise<RunEventRecord[] | null> {
    for (let failures = 1; !bell.takenDown; failures++)
      try {
        return await readRunEvents(options.database.connection, input);
      } catch (error) {
        if (failures === readsOfLostDatabase) throw error;
        await sleep(betweenReads);
      }
    return null;
  }

  async function* read({ runId, since, ended }: FollowOptions, bell: RunBell): AsyncGenerator<RunEventRecord, void, undefined> {
    let seen = since;
    let over = ended;
    while (!bell.takenDown) {
      const events = await readOrRepeat({ runId, after: seen, limit: eventsPerRead }, bell);
      if (events === null) return;
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
    follow: (following) => followers.follow(following.runId, (bell) => read(following, bell)),
    close: () => followers.close(),
  };
}
