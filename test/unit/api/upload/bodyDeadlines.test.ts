/** How long a body may take: a large file that arrives at a fair rate takes longer than a small one may. */
import { setTimeout as sleep } from "node:timers/promises";
import { type BodyDeadlines, withDeadlines } from "@pareidolia/api/upload/bodyDeadlines";
import { expect, it } from "vitest";

async function receive(deadlines: Pick<BodyDeadlines, "slowestRate">): Promise<number> {
  const body = async function* () {
    for (let piece = 0; piece < 8; piece++) {
      yield new Uint8Array(1_000);
      await sleep(50);
    }
  };
  let received = 0;
  for await (const piece of withDeadlines(body(), { idleMilliseconds: 5_000, totalMilliseconds: 150, ...deadlines }))
    received += piece.length;
  return received;
}

it("a body that takes longer than the deadline is cut off, unless it arrives at least at the slowest rate", async () => {
  await expect(receive({})).rejects.toMatchObject({ code: "UNAVAILABLE", message: expect.stringContaining("took longer than 0.15 s") });
  await expect(receive({ slowestRate: 1_000_000 })).rejects.toMatchObject({ code: "UNAVAILABLE" });
  expect(await receive({ slowestRate: 100 })).toBe(8_000);
});

it("an error of a body after its deadline is expected, and none is unhandled", async () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => unhandled.push(error);
  process.on("unhandledRejection", note);
  const lost = async (): Promise<never> => {
    await sleep(60);
    throw Object.assign(new Error("aborted"), { code: "ECONNRESET" });
  };
  const body = async function* (): AsyncGenerator<Uint8Array> {
    yield await lost();
  };
  const received = withDeadlines(body(), { idleMilliseconds: 20, totalMilliseconds: 20 }).next();
  await expect(received).rejects.toMatchObject({ code: "UNAVAILABLE" });
  await sleep(100);
  process.off("unhandledRejection", note);
  expect(unhandled).toEqual([]);
});
