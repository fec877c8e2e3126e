/** Requests to a real S3 server from a machine with a wrong clock: the errors name the clock, and not the correct keys. */
import { openS3Store } from "@pareidolia/persistence/server/objectStores/s3Store";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { S3Server } from "../../support/s3/s3Server.ts";
import { freshBucket, startS3Server, withoutS3 } from "../../support/s3/startS3Server.ts";
import { skippedFor } from "../../support/skippedFor.ts";

let server: S3Server;
beforeAll(async () => {
  server = await startS3Server();
});
afterAll(() => server.stop());
afterEach(() => vi.useRealTimers());

const setClock = (minutes: number) => vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + minutes * 60_000 });
const key = `images/${"0".repeat(64)}.png`;

describe("a wrong clock", skippedFor(withoutS3), () => {
  it.each([
    [60, "60 minutes ahead of"],
    [-90, "90 minutes behind"],
  ])("off by %s minutes is named in errors when the store is opened and when it is used", async (minutes, words) => {
    const bucket = freshBucket();
    const store = await openS3Store({ ...server, bucket });
    expect(await store.has(key)).toBe(false);
    setClock(minutes);
    const failure = {
      code: "UNAVAILABLE",
      message: `This machine's clock is ${words} the S3 server's (${server.endpoint}). S3 rejects requests whose time is off by more than 15 minutes. Set both clocks correctly, preferably with NTP.`,
    };
    await expect(openS3Store({ ...server, bucket })).rejects.toMatchObject(failure);
    await expect(store.has(key)).rejects.toMatchObject(failure);
    await expect(store.get(key)).rejects.toMatchObject({ code: "UNAVAILABLE", message: expect.stringMatching(/clocks? /) });
    vi.useRealTimers();
    expect(await store.has(key)).toBe(false);
  });

  it("is not blamed for wrong keys", async () => {
    const opening = openS3Store({ ...server, bucket: freshBucket(), secretKey: "wrong-secret-key" });
    await expect(opening).rejects.toMatchObject({ code: "UNAVAILABLE", message: expect.stringContaining("denies these keys access") });
  });
});
