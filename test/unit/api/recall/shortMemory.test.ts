/** A process remembers values briefly, and never recalls a value read before or during a change. */
import { Changes } from "@pareidolia/api/recall/changes";
import { ShortMemory } from "@pareidolia/api/recall/shortMemory";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

let changes: Changes;
let memory: ShortMemory<string>;

beforeEach(() => {
  vi.useFakeTimers();
  changes = new Changes();
  memory = new ShortMemory({ changes, mostEntries: 3, keeps: (value) => value !== "secret" });
});
afterEach(() => vi.useRealTimers());

const remember = (key: string, value: string) => memory.remember(key, async () => value);

describe("a short memory", () => {
  it("recalls a value until a second after its read began", async () => {
    await memory.remember("a", async () => {
      vi.advanceTimersByTime(400);
      return "1";
    });
    expect(memory.recall("a")).toBe("1");
    vi.advanceTimersByTime(599);
    expect(memory.recall("a")).toBe("1");
    vi.advanceTimersByTime(1);
    expect(memory.recall("a")).toBeUndefined();
  });

  it("recalls nothing after a change by another process", async () => {
    await remember("a", "1");
    changes.note();
    expect(memory.recall("a")).toBeUndefined();
  });

  it("recalls nothing from before a change by this process, during the change or afterwards", async () => {
    await remember("a", "1");
    const end = changes.begin();
    expect(memory.recall("a")).toBeUndefined();
    end();
    end();
    expect([changes.version, memory.recall("a")]).toEqual([1, undefined]);
  });

  it.each([
    ["began before the change and ended after it", async (change: () => void) => change(), ["begin", "end"]],
    ["began before the change and ended within it", async (change: () => void) => change(), ["begin"]],
  ])("does not remember a value whose read %s", async (_name, during, steps) => {
    let end = (): void => undefined;
    await memory.remember("a", async () => {
      await during(() => {
        end = changes.begin();
        if (steps.includes("end")) end();
      });
      return "1";
    });
    end();
    expect(memory.recall("a")).toBeUndefined();
  });

  it("does not remember a value read during a change, even if the read began after the change did", async () => {
    await changes.during(async () => void (await remember("a", "1")));
    expect(memory.recall("a")).toBeUndefined();
    const failing = changes.during(() => Promise.reject(new Error("refused")));
    await expect(failing).rejects.toThrow("refused");
    await remember("a", "2");
    expect(memory.recall("a")).toBe("2");
  });

  it("drops the oldest of many values, and keeps neither long keys nor excluded values", async () => {
    for (const key of ["a", "b", "c", "d"]) await remember(key, key);
    expect(["a", "b", "c", "d"].map((key) => memory.recall(key))).toEqual([undefined, "b", "c", "d"]);
    const long = "k".repeat(3_000);
    await remember(long, "1");
    await remember("e", "secret");
    expect([memory.recall(long), memory.recall("e")]).toEqual([undefined, undefined]);
  });
});
