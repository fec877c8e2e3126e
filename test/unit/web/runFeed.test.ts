/** Applies events to a page's data on a run. */
import { describe, expect, it } from "vitest";
import { type FeedEvent, foldRunEvent, foldSnapshot, startFeed } from "../../../apps/web/src/features/run/runFeed.ts";

function elite(niche: number, generation: number, storedConfidence: number) {
  const id = `${niche}-${generation}`;
  return { id, niche, label: String(niche), generation, storedConfidence, image: { id, url: `/images/${id}.png`, width: 28, height: 28 } };
}

function row(generation: number, median: number) {
  const search = { searchMedian: median, searchMean: median, searchMinimum: 0, searchMaximum: 1 };
  return { generation, median, mean: median, minimum: 0, maximum: 1, ...search, jumps: 1, filled: 2, evaluations: 200 * (generation + 1) };
}

function event(seq: number, generation: number, elites: FeedEvent["elites"]): FeedEvent {
  return {
    seq,
    createdAt: "2026-01-01T00:00:00Z",
    run: { state: "RUNNING", speed: 100 + seq },
    statistics: [row(generation, generation / 10)],
    elites,
  };
}

const snapshot = { eventSeq: 1, archive: [elite(1, 0, 0.3), elite(0, 0, 0.2)], statistics: [row(0, 0.2)] };
const first = event(2, 1, [elite(0, 1, 0.5)]);
const second = event(3, 2, [elite(1, 2, 0.9)]);

describe("a run's feed", () => {
  it("puts better elites into their niches and appends the statistics", () => {
    const feed = [first, second].reduce(foldRunEvent, startFeed(snapshot));
    expect(feed.elites.map(({ id }) => id)).toEqual(["0-1", "1-2"]);
    expect(feed.statistics.map(({ generation }) => generation)).toEqual([0, 1, 2]);
    expect(feed.seq).toBe(3);
    expect(feed.speeds).toEqual([102, 103]);
  });

  it("is the same if events arrive twice, as after a dropped connection", () => {
    const once = [first, second].reduce(foldRunEvent, startFeed(snapshot));
    expect([first, second, first, second].reduce(foldRunEvent, startFeed(snapshot))).toEqual(once);
  });

  it("never replaces an elite with an older one", () => {
    const feed = [second, event(4, 3, [elite(1, 0, 0.3)])].reduce(foldRunEvent, startFeed(snapshot));
    expect(feed.elites[1]?.id).toBe("1-2");
  });

  it("catches up from cached data when the new response arrives", () => {
    const live = [first, second].reduce(foldRunEvent, startFeed(snapshot));
    const caughtUp = foldSnapshot(startFeed(snapshot), { eventSeq: 3, archive: live.elites, statistics: live.statistics });
    expect(caughtUp).toEqual({ ...live, speeds: [], lastJumpAt: null });
  });

  it("keeps its events if an older snapshot arrives", () => {
    const live = [first, second].reduce(foldRunEvent, startFeed(snapshot));
    expect(foldSnapshot(live, snapshot)).toEqual(live);
  });
});
