/** Subscriptions that the API ends or temporarily cannot serve. */
import { makeOperation } from "urql";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createResumingSubscription } from "../../../../apps/web/src/graphql/client/resumingSubscription.ts";

interface Sink {
  next(result: object): void;
  error(error: unknown): void;
  complete(): void;
}

const extensions = { persistedQuery: { version: 1, sha256Hash: "abc" } } as const;

const opened: { since: unknown; extensions: unknown; sink: Sink }[] = [];
const accessListeners = new Set<() => void>();
const connection = {
  onAccessChange(listener: () => void) {
    accessListeners.add(listener);
    return () => accessListeners.delete(listener);
  },
  subscribe(payload: { variables?: Record<string, unknown> | null | undefined; extensions?: unknown }, sink: Sink) {
    opened.push({ since: payload.variables?.["since"], extensions: payload.extensions, sink });
    // Like graphql-ws, which calls complete after an unsubscribe too.
    return () => sink.complete();
  },
};

beforeEach(() => {
  opened.length = 0;
  accessListeners.clear();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

function follow(mayContinue: () => boolean, { since = 3, startsOver = false }: { since?: number | null; startsOver?: boolean } = {}) {
  const received: unknown[] = [];
  const operation = makeOperation(
    "subscription",
    { key: 1, query: {} as never, variables: {} },
    { url: "", requestPolicy: "cache-first", mayContinue, startsOver },
  );
  const { unsubscribe } = createResumingSubscription(connection)(
    { query: "", operationName: undefined, variables: { since }, extensions },
    operation,
  ).subscribe({
    next: (result) => received.push(result.data ?? result.errors),
    error: (error) => received.push({ error }),
    complete: () => received.push("complete"),
  });
  return { received, unsubscribe };
}

const event = (seq: number) => ({ data: { runEvents: { seq } } });
const wait = () => vi.advanceTimersByTime(10_000);
const away = [{ message: "The database is away.", extensions: { code: "UNAVAILABLE" } }];

it("a subscription restarts after the last delivered event if the API ended it while more may come, and ends otherwise", () => {
  let mayContinue = true;
  const { received } = follow(() => mayContinue);
  opened[0]?.sink.next(event(4));
  opened[0]?.sink.complete();
  wait();
  expect(opened.map((each) => [each.since, each.extensions])).toEqual([
    [3, extensions],
    [4, extensions],
  ]);
  opened[1]?.sink.next(event(5));
  mayContinue = false;
  opened[1]?.sink.complete();
  wait();
  expect(opened).toHaveLength(2);
  expect(received).toEqual([event(4).data, event(5).data, "complete"]);
});

it("a subscription requests an unreadable event again before it delivers later ones", () => {
  const { received } = follow(() => true);
  opened[0]?.sink.next(event(4));
  opened[0]?.sink.next({ data: null, errors: away });
  opened[0]?.sink.next(event(6));
  wait();
  expect(opened.map(({ since }) => since)).toEqual([3, 4]);
  opened[1]?.sink.next(event(5));
  opened[1]?.sink.next(event(6));
  expect(received).toEqual([event(4).data, event(5).data, event(6).data]);
});

it("a subscription restarts after a temporary error or a lost connection, but not after a refusal", () => {
  const { received } = follow(() => true);
  opened[0]?.sink.error(away);
  wait();
  opened[1]?.sink.error(new Error("The socket broke."));
  wait();
  expect(opened).toHaveLength(3);
  expect(received).toEqual([]);
  const refusal = [{ message: "There is no such run.", extensions: { code: "NOT_FOUND" } }];
  opened[2]?.sink.error(refusal);
  wait();
  expect(opened).toHaveLength(3);
  expect(received).toEqual([{ error: refusal }]);
});

it("a subscription delivers nothing after an unsubscribe, not even if it was about to restart", () => {
  const first = follow(() => true);
  first.unsubscribe();
  const second = follow(() => true);
  opened[1]?.sink.complete();
  second.unsubscribe();
  wait();
  expect(opened).toHaveLength(2);
  expect([...first.received, ...second.received]).toEqual([]);
});

it("a subscription of a study's tallies restarts after their latest sequence", () => {
  const { received } = follow(() => true);
  opened[0]?.sink.next({ data: { studyTallies: { sequence: 9, tallies: [[0, 4, 1]] } } });
  opened[0]?.sink.complete();
  wait();
  expect(opened.map(({ since }) => since)).toEqual([3, 9]);
  expect(received).toHaveLength(1);
});

describe("a subscription that starts over", () => {
  const change = (seq: number) => ({ data: { workspaceChanges: { seq, everything: false } } });
  const refusal = { data: null, errors: [{ message: "Deleted.", extensions: { code: "INVALID_INPUT", field: "since" } }] };
  const start = () => follow(() => true, { since: null, startsOver: true });

  it("begins without a number, and restarts after the highest number received", () => {
    const { received } = start();
    for (const seq of [50, 40]) opened[0]?.sink.next(change(seq));
    opened[0]?.sink.complete();
    wait();
    expect(opened.map(({ since }) => since)).toEqual([null, 50]);
    expect(received).toEqual([change(50).data, change(40).data]);
  });

  it("restarts at once without a number if the API refuses it, and reports any other refusal", () => {
    const { received } = start();
    opened[0]?.sink.next(change(50));
    opened[0]?.sink.complete();
    wait();
    opened[1]?.sink.next(refusal);
    expect(opened.map(({ since }) => since)).toEqual([null, 50, null]);
    opened[2]?.sink.next(refusal);
    expect(opened).toHaveLength(3);
    expect(received).toEqual([change(50).data, refusal.errors]);
  });

  it("restarts without its number when the user's role changes, unlike other subscriptions", () => {
    start();
    follow(() => true);
    for (const { sink } of opened) sink.next(change(50));
    for (const listener of accessListeners) listener();
    for (const { sink } of opened) sink.complete();
    wait();
    expect(opened.slice(2).map(({ since }) => since)).toEqual([null, 50]);
  });

  it("no longer listens for role changes once it has ended", () => {
    start().unsubscribe();
    expect(accessListeners.size).toBe(0);
  });
});
