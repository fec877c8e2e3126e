/**
 * The feeds of the runs whose pages were opened most recently. Events update a run's row in urql's cache but not its lists, so a reopened
 * page would show no images of a finished run until the API answers.
 */
import { clientState } from "../../graphql/client/clientState.ts";
import type { RunFeed } from "./runFeed.ts";

const capacity = 12;

export interface RecentFeeds {
  get(runId: string): RunFeed | null;
  /** Stores a feed; drops the one stored longest ago if there are more than 12. */
  set(runId: string, feed: RunFeed): void;
}

function createRecentFeeds(): RecentFeeds {
  const feeds = new Map<string, RunFeed>();
  return {
    get: (runId) => feeds.get(runId) ?? null,
    set: (runId, feed) => {
      feeds.delete(runId);
      feeds.set(runId, feed);
      const [oldest] = feeds.keys();
      if (feeds.size > capacity && oldest !== undefined) feeds.delete(oldest);
    },
  };
}

export const recentFeedsOf = clientState(createRecentFeeds);
