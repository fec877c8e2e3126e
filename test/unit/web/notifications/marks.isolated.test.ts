/** Marks of notifications show before the API answers, and are taken back if it refuses them or does not answer. */
import type { Client } from "urql";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import {
  type AssumedMarks,
  allReadUntil,
  createNotificationFeed,
  marksOf,
  type NotificationFeed,
  showAssumed,
} from "../../../../apps/web/src/features/notifications/notificationFeed.ts";
import { createGraphqlClient } from "../../../../apps/web/src/graphql/client/createGraphqlClient.ts";
import {
  MarkAllNotificationsReadDocument,
  MarkNotificationsDocument,
  type NotificationEntryFragment,
  NotificationsDocument,
} from "../../../../apps/web/src/graphql/generated/graphql.ts";

/** Sends an event of the subscription behind the bell. */
let emit: (data: object) => void = () => {};
vi.mock("../../../../apps/web/src/graphql/client/connection.ts", () => ({
  connectionOf: () => ({
    subscribe(_payload: object, sink: { next(result: object): void }) {
      emit = (data) => sink.next({ data });
      return () => {};
    },
    onAccessChange: () => () => {},
  }),
}));

const entry = (number: number, readAt: string | null) => ({
  __typename: "Notification",
  id: `n${number}`,
  kind: "RUN_FAILED",
  subjectKey: `RUN-${number}`,
  subjectName: "",
  detail: "",
  createdAt: `2026-12-01T00:00:0${number}.000Z`,
  readAt,
  by: null,
});

const list = {
  notifications: {
    __typename: "NotificationConnection",
    totalCount: 3,
    totalCountIsCapped: false,
    nodes: [entry(3, null), entry(2, null), entry(1, "2026-12-01T01:00:00.000Z")],
    pageInfo: { __typename: "PageInfo", hasNextPage: false, endCursor: null },
  },
};

let client: Client;
let feed: NotificationFeed;
/** Answers the mutation that waits. */
let answer: ((data: object | Error) => void) | null;
let stop: () => void;
const variables = { unread: null, after: null };
let loaded: readonly NotificationEntryFragment[];

/** Whether each notification is shown as read. */
const shown = () => Object.fromEntries(showAssumed(loaded, feed.assumed()).map(({ id, readAt }) => [id, readAt != null]));

beforeEach(async () => {
  answer = null;
  loaded = [];
  vi.stubGlobal("fetch", async (_url: string, { body }: { readonly body: string }) => {
    const { operationName } = JSON.parse(body) as { readonly operationName: string };
    const data =
      operationName === "Notifications"
        ? list
        : await new Promise<object>((resolve, reject) => {
            answer = (given) => (given instanceof Error ? reject(given) : resolve(given));
          });
    return new Response(JSON.stringify({ data }), { headers: { "content-type": "application/json" } });
  });
  client = createGraphqlClient();
  feed = createNotificationFeed(client);
  const leave = feed.follow(() => {});
  emit({ notificationChanges: { __typename: "NotificationChange", unread: 2, latest: entry(3, null) } });
  const { unsubscribe } = client.query(NotificationsDocument, variables).subscribe(({ data }) => {
    if (data) loaded = data.notifications.nodes;
  });
  stop = () => {
    unsubscribe();
    leave();
  };
  await expectShown({ n3: false, n2: false, n1: true });
});
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
});

const expectShown = (expected: Readonly<Record<string, boolean>>) => vi.waitFor(() => expect(shown()).toEqual(expected));

/** Answers once the request has arrived. */
async function respond(data: object | Error): Promise<void> {
  await vi.waitFor(() => expect(answer).not.toBeNull());
  answer?.(data);
}

/** As the pages do: the marks show until the API has answered. */
async function show<T>(marks: AssumedMarks, send: () => Promise<T>): Promise<T> {
  const { answered } = await feed.mark(marks, async () => ({ unread: null, answered: await send() }));
  return answered;
}

const markAll = (until: string) =>
  show(allReadUntil(until), () => client.mutation(MarkAllNotificationsReadDocument, { input: { until } }).toPromise());
const mark = (id: string, read: boolean) =>
  show(marksOf([id], read), () => client.mutation(MarkNotificationsDocument, { input: { notificationIds: [id], read } }).toPromise());

it("one is read at once, and stays read once the API has answered", async () => {
  const marked = mark("n3", true);
  await expectShown({ n3: true, n2: false, n1: true });
  const notifications = [{ __typename: "Notification", id: "n3", readAt: "2026-12-01T02:00:00.000Z" }];
  await respond({ markNotifications: { __typename: "MarkNotificationsSuccess", notifications, unread: 1 } });
  await marked;
  await expectShown({ n3: true, n2: false, n1: true });
});

it.each([
  ["refuses it", { markNotifications: { __typename: "ForbiddenError", message: "Your role does not allow it." } }],
  ["does not answer", new Error("The connection is lost.")],
])("one is unread again if the API %s", async (_how, given) => {
  const marked = mark("n1", false);
  await expectShown({ n3: false, n2: false, n1: false });
  await respond(given);
  await marked;
  await expectShown({ n3: false, n2: false, n1: true });
});

it("all up to the latest that was shown are read at once, and unread again if the API refuses it", async () => {
  const marked = markAll("2026-12-01T00:00:02.000Z");
  await expectShown({ n3: false, n2: true, n1: true });
  await respond({ markAllNotificationsRead: { __typename: "ForbiddenError", message: "Your role does not allow it." } });
  await marked;
  await expectShown({ n3: false, n2: false, n1: true });
});

it("all stay read once the API has answered", async () => {
  const marked = markAll("2026-12-01T00:00:03.000Z");
  await respond({ markAllNotificationsRead: { __typename: "MarkAllNotificationsReadSuccess", ids: ["n2", "n3"], unread: 0 } });
  await marked;
  await expectShown({ n3: true, n2: true, n1: true });
});

it("all are read at once also after a mark that failed, and after events of the bell", async () => {
  const failed = mark("n3", true);
  await respond(new Error("The connection is lost."));
  await failed;
  await expectShown({ n3: false, n2: false, n1: true });
  answer = null;
  emit({ notificationChanges: { __typename: "NotificationChange", unread: 2, latest: entry(3, null) } });
  await client.query(NotificationsDocument, variables, { requestPolicy: "network-only" }).toPromise();
  const marked = markAll("2026-12-01T00:00:03.000Z");
  await expectShown({ n3: true, n2: true, n1: true });
  await respond({ markAllNotificationsRead: { __typename: "MarkAllNotificationsReadSuccess", ids: ["n2", "n3"], unread: 0 } });
  await marked;
});

it("one stays read while its request is under way, also when the list is read again", async () => {
  const marked = mark("n3", true);
  await expectShown({ n3: true, n2: false, n1: true });
  emit({ notificationChanges: { __typename: "NotificationChange", unread: 2, latest: entry(3, null) } });
  await expectShown({ n3: true, n2: false, n1: true });
  await client.query(NotificationsDocument, variables, { requestPolicy: "network-only" }).toPromise();
  await expectShown({ n3: true, n2: false, n1: true });
  const notifications = [{ __typename: "Notification", id: "n3", readAt: "2026-12-01T02:00:00.000Z" }];
  await respond({ markNotifications: { __typename: "MarkNotificationsSuccess", notifications, unread: 1 } });
  await marked;
  await expectShown({ n3: true, n2: false, n1: true });
});

it("a mark is sent once the one before it has its answer, so that the last of them stays", async () => {
  const [first, second] = [mark("n3", true), mark("n3", false)];
  await expectShown({ n3: false, n2: false, n1: true });
  await vi.waitFor(() => expect(answer).not.toBeNull());
  const answerFirst = answer;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(answer).toBe(answerFirst);
  const success = (readAt: string | null) => ({
    markNotifications: {
      __typename: "MarkNotificationsSuccess",
      notifications: [{ __typename: "Notification", id: "n3", readAt }],
      unread: 1,
    },
  });
  answer = null;
  answerFirst?.(success("2026-12-01T02:00:00.000Z"));
  await first;
  await respond(success(null));
  await second;
  await expectShown({ n3: false, n2: false, n1: true });
});

it("the bell's number counts only the marks that change", () => {
  const { count } = marksOf(["n1", "n2", "n3"], true, 1);
  expect(count(5)).toBe(4);
  expect(marksOf(["n1", "n2"], true).count(5)).toBe(3);
});

it("the bell's number follows the marks, then the answers, and never falls below zero", async () => {
  let tell: (unread: number) => void = () => {};
  const subscription = () => ({
    subscribe(listener: (result: object) => void) {
      tell = (unread) => listener({ data: { notificationChanges: { unread, latest: null } } });
      return { unsubscribe() {} };
    },
  });
  const counted = createNotificationFeed({ subscription } as never);
  const numbers: number[] = [];
  counted.follow(() => numbers.push(counted.unread()));
  tell(5);
  const answers: ((answer: { readonly unread: number | null }) => void)[] = [];
  const send = () => new Promise<{ readonly unread: number | null }>((resolve) => answers.push(resolve));
  const marked = counted.mark(marksOf(["n1"], true), send);
  const refused = counted.mark(marksOf(["n2", "n3", "n4", "n5", "n6"], true), send);
  tell(5);
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  answers[0]?.({ unread: 3 });
  await marked;
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.({ unread: null });
  await refused;
  tell(4);
  expect(numbers).toEqual([5, 4, 0, 0, 0, 3, 4]);
});
