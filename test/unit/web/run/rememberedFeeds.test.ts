/** Feeds that outlive their page. */
import { expect, it } from "vitest";
import { recallFeed, rememberFeed } from "../../../../apps/web/src/features/run/rememberedFeeds.ts";
import { startFeed } from "../../../../apps/web/src/features/run/runFeed.ts";

const feedAt = (eventSeq: number) => startFeed({ eventSeq, archive: [], statistics: [] });

it("remembers the last of each run, and of many runs those that were followed last", () => {
  expect(recallFeed("0")).toBeNull();
  for (let run = 0; run < 12; run++) rememberFeed(String(run), feedAt(run));
  rememberFeed("0", feedAt(100));
  rememberFeed("12", feedAt(12));
  expect(recallFeed("0")?.seq).toBe(100);
  expect(recallFeed("1")).toBeNull();
  expect(recallFeed("2")?.seq).toBe(2);
  expect(recallFeed("12")?.seq).toBe(12);
});
