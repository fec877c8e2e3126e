/** Run feeds that are kept after their page is closed. */
import { createClient } from "urql";
import { expect, it } from "vitest";
import { recentFeedsOf } from "../../../../apps/web/src/features/run/recentFeeds.ts";
import { startFeed } from "../../../../apps/web/src/features/run/runFeed.ts";

const feedAt = (eventSeq: number) => startFeed({ eventSeq, archive: [], statistics: [] });

it("the cache keeps the last feed of each of the twelve most recently stored runs", () => {
  const feeds = recentFeedsOf(createClient({ url: "/graphql", exchanges: [] }));
  expect(feeds.get("0")).toBeNull();
  for (let run = 0; run < 12; run++) feeds.set(String(run), feedAt(run));
  feeds.set("0", feedAt(100));
  feeds.set("12", feedAt(12));
  expect(feeds.get("0")?.seq).toBe(100);
  expect(feeds.get("1")).toBeNull();
  expect(feeds.get("2")?.seq).toBe(2);
  expect(feeds.get("12")?.seq).toBe(12);
});
