/** What becomes of a subscription that the API ends or cannot serve for a moment. */
import { makeOperation } from "urql";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { resumingSubscription } from "../../../../apps/web/src/graphql/client/resumingSubscription.ts";

interface Sink {
  next(result: object): void;
  error(error: unknown): void;
  complete(): void;
}

const opened = vi.hoisted(() => [] as { since: unknown; sink: Sink }[]);
vi.mock("../../../../apps/web/src/graphql/client/connection.ts", () => ({
  webSocketClient: () => ({
    subscribe(payload: { variables: { since: number } }, sink: Sink) {
      opened.push({ since: payload.variables.since, sink });
      // As graphql-ws does: whoever leaves hears of the end, too.
      return () => sink.complete();
    },
  }),
}));

beforeEach(() => {
  opened.length = 0;
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

function follow(goesOn: () => boolean) {
  const heard: unknown[] = [];
  const operation = makeOperation(
    "subscription",
    { key: 1, query: {} as never, variables: {} },
    { url: "", requestPolicy: "cache-first", goesOn },
  );
  const { unsubscribe } = resumingSubscription(
    { query: "", operationName: undefined, variables: { since: 3 }, extensions: undefined },
    operation,
  ).subscribe({
    next: (result) => heard.push(result.data ?? result.errors),
    error: (error) => heard.push({ error }),
    complete: () => heard.push("complete"),
  });
  return { heard, unsubscribe };
}

const event = (seq: number) => ({ data: { runEvents: { seq } } });
const wait = () => vi.advanceTimersByTime(10_000);
const away = [{ message: "The database is away.", extensions: { code: "UNAVAILABLE" } }];

it("is sent again from the last event after the API ended it, where more may come, and ends where nothing can", () => {
  let goesOn = true;
  const { heard } = follow(() => goesOn);
  opened[0]?.sink.next(event(4));
  opened[0]?.sink.complete();
  wait();
  expect(opened.map(({ since }) => since)).toEqual([3, 4]);
  opened[1]?.sink.next(event(5));
  goesOn = false;
  opened[1]?.sink.complete();
  wait();
  expect(opened).toHaveLength(2);
  expect(heard).toEqual([event(4).data, event(5).data, "complete"]);
});

it("passes over no event that could not be read for the moment: it asks for it again, and hears nothing after it before", () => {
  const { heard } = follow(() => true);
  opened[0]?.sink.next(event(4));
  opened[0]?.sink.next({ data: null, errors: away });
  opened[0]?.sink.next(event(6));
  wait();
  expect(opened.map(({ since }) => since)).toEqual([3, 4]);
  opened[1]?.sink.next(event(5));
  opened[1]?.sink.next(event(6));
  expect(heard).toEqual([event(4).data, event(5).data, event(6).data]);
});

it("is sent again after a refusal that passes or a lost connection, and not after one that stays", () => {
  const { heard } = follow(() => true);
  opened[0]?.sink.error(away);
  wait();
  opened[1]?.sink.error(new Error("The socket broke."));
  wait();
  expect(opened).toHaveLength(3);
  expect(heard).toEqual([]);
  const refusal = [{ message: "There is no such run.", extensions: { code: "NOT_FOUND" } }];
  opened[2]?.sink.error(refusal);
  wait();
  expect(opened).toHaveLength(3);
  expect(heard).toEqual([{ error: refusal }]);
});

it("is over for whoever leaves, also while it waits", () => {
  const first = follow(() => true);
  first.unsubscribe();
  const second = follow(() => true);
  opened[1]?.sink.complete();
  second.unsubscribe();
  wait();
  expect(opened).toHaveLength(2);
  expect([...first.heard, ...second.heard]).toEqual([]);
});
