/** A queue that runs few tasks at once and lets senders take turns. */
import { FairQueue } from "@pareidolia/server/fairQueue";
import { expect, it } from "vitest";

const never = new AbortController().signal;
const limits = { atOnce: 1, atOnceOfSender: 2, waitingOfSender: 5, waiting: 8 };

/** Enters a task for each sender, and records the order of their turns. */
function openQueue(senders: readonly string[], changed: Partial<typeof limits> = {}) {
  const queue = new FairQueue({ ...limits, ...changed });
  const order: string[] = [];
  const turns = senders.map(async (sender) => {
    const leave = await queue.enter(sender, never);
    order.push(sender);
    return leave;
  });
  return { queue, order, turns };
}

it("lets senders take turns, however many tasks one of them has", async () => {
  const { order, turns } = openQueue(["flood", "flood", "flood", "flood", "ada", "grace"]);
  for (let i = 0; i < turns.length; i++) {
    await expect.poll(() => order.length).toBe(i + 1);
    const place = order.filter((sender) => sender === order[i]).length - 1;
    const own = turns.filter((_, turn) => ["flood", "flood", "flood", "flood", "ada", "grace"][turn] === order[i]);
    (await own[place])?.();
  }
  expect(order).toEqual(["flood", "flood", "ada", "grace", "flood", "flood"]);
});

it("runs as many tasks at once as it may, and a task that ends twice frees one place", async () => {
  const { queue, order, turns } = openQueue(["a", "b", "c", "d"], { atOnce: 2 });
  const leave = await turns[0];
  await turns[1];
  expect(order).toEqual(["a", "b"]);
  leave?.();
  leave?.();
  await turns[2];
  await queue.enter("e", AbortSignal.abort(new Error("gone"))).catch(() => null);
  expect(order).toEqual(["a", "b", "c"]);
});

it("runs no more tasks of a sender at once than it may have, and starts those of others instead", async () => {
  const { order, turns } = openQueue(["flood", "flood", "flood", "ada"], { atOnce: 3 });
  const leave = await turns[0];
  await turns[3];
  expect(order).toEqual(["flood", "flood", "ada"]);
  leave?.();
  await turns[2];
});

it("refuses a sender with too many waiting tasks, and everyone once too many wait", async () => {
  const { queue, turns } = openQueue(["flood", ...Array<string>(5).fill("flood"), "a", "b", "c"]);
  await turns[0];
  await expect(queue.enter("flood", never)).rejects.toMatchObject({ code: "RATE_LIMITED" });
  await expect(queue.enter("d", never)).rejects.toMatchObject({ code: "RATE_LIMITED" });
});

it("forgets tasks whose client is gone", async () => {
  const { queue, order, turns } = openQueue(["a"]);
  const gone = new AbortController();
  const waiting = queue.enter("b", gone.signal);
  const next = queue.enter("c", never).then(() => order.push("c"));
  gone.abort(new Error("gone"));
  await expect(waiting).rejects.toThrow("gone");
  (await turns[0])?.();
  await next;
  expect(order).toEqual(["a", "c"]);
});
