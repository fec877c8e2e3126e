import { AppError } from "@pareidolia/core/appError";
import { type AnalysisProgress, type HeldClaim, holdClaim } from "@pareidolia/workers/heldClaim";
import { afterEach, describe, expect, it } from "vitest";

let held: HeldClaim;
afterEach(() => held.release());

/** A claim with a manual clock, whose storage calls `store` for every write. */
function hold(store: (written: number) => void = () => undefined) {
  const seen = { time: 0, written: [] as AnalysisProgress[], away: 0 };
  held = holdClaim({
    now: () => seen.time,
    onUnavailable: () => void seen.away++,
    write: async (progress) => {
      seen.written.push(progress);
      store(seen.written.length);
    },
  });
  return seen;
}

const reset = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });

describe("the claim of an analysis", () => {
  it("writes progress at most once a second, and the last report at the end", async () => {
    const seen = hold();
    for (let done = 1; done <= 100; done++) {
      seen.time = done * 25;
      await held.report({ done, total: 100 });
    }
    expect(seen.written.map(({ done }) => done)).toEqual([1, 41, 81]);
    await held.flush();
    await held.flush();
    expect(seen.written.map(({ done }) => done)).toEqual([1, 41, 81, 100]);
  });

  it("continues while the storage is unavailable, without more frequent writes", async () => {
    const seen = hold((written) => {
      if (written < 3) throw reset;
    });
    for (let done = 1; done <= 100; done++) {
      seen.time = done * 25;
      await held.report({ done, total: 100 });
    }
    expect([seen.written.length, seen.away]).toEqual([3, 2]);
  });

  it("reports at the end that the storage is still unavailable", async () => {
    hold(() => {
      throw reset;
    });
    await held.report({ done: 1, total: 1 });
    await expect(held.flush()).rejects.toBe(reset);
    expect(held.lost.aborted).toBe(false);
  });

  it("ends the work once another worker has it", async () => {
    const lost = new AppError("LEASE_LOST", "Another worker has it.");
    const seen = hold(() => {
      throw lost;
    });
    await expect(held.report({ done: 1, total: 2 })).rejects.toBe(lost);
    expect(held.lost.reason).toBe(lost);
    await expect(held.report({ done: 2, total: 2 })).rejects.toBe(lost);
    await expect(held.flush()).rejects.toBe(lost);
    expect(seen.written.length).toBe(1);
  });

  it("is lost as soon as it is refreshed after a cancellation", async () => {
    hold(() => {
      throw new AppError("LEASE_LOST", "It was cancelled.");
    });
    await held.refresh();
    expect(held.lost.aborted).toBe(true);
  });

  it("survives a refresh while the storage is unavailable", async () => {
    const seen = hold(() => {
      throw reset;
    });
    await held.refresh();
    expect([held.lost.aborted, seen.away]).toEqual([false, 1]);
  });

  it("does not hide an error unrelated to the storage", async () => {
    const wrong = new TypeError("x is not a function");
    hold(() => {
      throw wrong;
    });
    await expect(held.report({ done: 1, total: 2 })).rejects.toBe(wrong);
  });
});
