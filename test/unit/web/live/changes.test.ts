/** Which changes concern a page, and how often they make it read again. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { changeFeedOf, concerns, concernsBulkQueries, concernsWebhook } from "../../../../apps/web/src/features/live/changeFeed.ts";
import { createReloadPacer } from "../../../../apps/web/src/features/live/reloadPacer.ts";

describe("a change", () => {
  const nothing = {
    seq: 7,
    everything: false,
    runIds: [],
    experimentIds: [],
    sweepIds: [],
    savedComparisonIds: [],
    webhookIds: [],
    bulkQueryIds: [],
  };
  const change = { ...nothing, runIds: ["r1"], experimentIds: ["e1"], sweepIds: ["s1"], savedComparisonIds: ["c1"] };

  it("concerns each list, and pages that show one of its objects", () => {
    expect(concerns(change, null)).toBe(true);
    expect(["r1", "e1", "s1", "r2"].map((id) => concerns(change, [id]))).toEqual([true, true, true, false]);
  });

  it("of anything, as after a lost connection, concerns every page that shows something", () => {
    const anything = { ...nothing, everything: true };
    expect([null, ["r2"], []].map((ids) => concerns(anything, ids))).toEqual([true, true, false]);
    expect([null, "w1"].map((id) => concernsWebhook(anything, id))).toEqual([true, true]);
  });

  it("of a webhook concerns the lists of webhooks and of its deliveries, and no list of runs", () => {
    const ofWebhook = { ...nothing, webhookIds: ["w1"] };
    expect([null, "w1", "w2"].map((id) => concernsWebhook(ofWebhook, id))).toEqual([true, true, false]);
    expect([null, ["r1"], ["w1"]].map((ids) => concerns(ofWebhook, ids))).toEqual([false, false, false]);
    expect(concernsWebhook(change, null)).toBe(false);
  });

  it("of a bulk query concerns the list of bulk queries only", () => {
    const ofBulkQuery = { ...nothing, bulkQueryIds: ["b1"] };
    expect([ofBulkQuery, { ...nothing, everything: true }, change].map(concernsBulkQueries)).toEqual([true, true, false]);
    expect([concerns(ofBulkQuery, null), concernsWebhook(ofBulkQuery, null)]).toEqual([false, false]);
  });
});

/** A client that collects the subscriptions that are opened. */
function openClient() {
  const opened: { readonly since: unknown; readonly emit: (result: object) => void }[] = [];
  const client = {
    subscription: (_document: unknown, { since }: { since: unknown }) => ({
      subscribe(emit: (result: object) => void) {
        opened.push({ since, emit });
        return { unsubscribe: () => undefined };
      },
    }),
  } as unknown as Parameters<typeof changeFeedOf>[0];
  return { client, opened };
}

it("after a page without it, the subscription to changes resumes on the next page", () => {
  const { client, opened } = openClient();
  const heard: number[] = [];
  const follow = () => changeFeedOf(client).follow(({ seq }) => heard.push(seq));
  const [first, second] = [follow(), follow()];
  opened[0]?.emit({ data: { workspaceChanges: { seq: 9 } } });
  opened[0]?.emit({ error: new Error("lost") });
  first();
  second();
  follow();
  expect(opened.map(({ since }) => since)).toEqual([null, 9]);
  opened[1]?.emit({ data: { workspaceChanges: { seq: 12 } } });
  expect(heard).toEqual([9, 9, 12]);
});

it("the subscription to changes starts after the number that the page's server has read, and never goes back to it", () => {
  const { client, opened } = openClient();
  const feed = changeFeedOf(client);
  feed.startAfter(7);
  const leave = feed.follow(() => undefined);
  opened[0]?.emit({ data: { workspaceChanges: { seq: 9 } } });
  leave();
  feed.startAfter(8);
  feed.follow(() => undefined);
  expect(opened.map(({ since }) => since)).toEqual([7, 9]);
});

describe("reading again", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function open() {
    const page = { reads: 0, hidden: false, listener: () => {} };
    const pacer = createReloadPacer({
      read: () => void (page.reads += 1),
      isHidden: () => page.hidden,
      now: () => performance.now(),
      onVisibility(listener) {
        page.listener = listener;
        return () => void (page.listener = () => {});
      },
    });
    return { page, pacer };
  }

  it("happens soon after one change, and at most every 1.5 s after many", () => {
    const { page, pacer } = open();
    pacer.note();
    expect(page.reads).toBe(0);
    vi.advanceTimersByTime(200);
    expect(page.reads).toBe(1);
    for (let i = 0; i < 30; i++) {
      pacer.note();
      vi.advanceTimersByTime(100);
    }
    expect(page.reads).toBe(3);
    pacer.note();
    vi.advanceTimersByTime(60_000);
    expect(page.reads).toBe(4);
    pacer.stop();
  });

  it("waits while the page is hidden, then happens once", () => {
    const { page, pacer } = open();
    page.hidden = true;
    pacer.note();
    pacer.note();
    vi.advanceTimersByTime(60_000);
    expect(page.reads).toBe(0);
    page.hidden = false;
    page.listener();
    vi.advanceTimersByTime(60_000);
    expect(page.reads).toBe(1);
    pacer.note();
    pacer.stop();
    vi.advanceTimersByTime(60_000);
    expect(page.reads).toBe(1);
  });
});
