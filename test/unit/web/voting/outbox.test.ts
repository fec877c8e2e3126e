/** The outbox's requests: which operations travel together, and when they are sent again. */
import { describe, expect, it } from "vitest";
import { nextBatch, retryDelay, type StoredOperation } from "../../../../apps/web/src/features/voting/outbox.ts";
import { memoryStore, withOverflow } from "../../../../apps/web/src/features/voting/outboxStore.ts";
import { type CastVote, isTemporary, VotingError } from "../../../../apps/web/src/features/voting/votingClient.ts";

const vote = (trial: number): StoredOperation => ({ sequence: trial, operation: { kind: "vote", vote: { trial } as CastVote } });
const undo = (sequence: number): StoredOperation => ({
  sequence,
  operation: { kind: "undo", trial: 0, undoneAt: "2026-11-27T12:00:00.000Z" },
});

describe("a request", () => {
  it("carries the votes up to the next undo, which travels alone", () => {
    const operations = [vote(1), vote(2), undo(3), vote(4)];
    expect(nextBatch(operations).map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect(nextBatch(operations.slice(2)).map(({ sequence }) => sequence)).toEqual([3]);
    expect(nextBatch(operations.slice(3)).map(({ sequence }) => sequence)).toEqual([4]);
  });

  it("carries at most 100 votes", () => {
    expect(nextBatch(Array.from({ length: 130 }, (_, index) => vote(index)))).toHaveLength(100);
  });
});

describe("the next attempt", () => {
  it("waits twice as long each time, from 1 s to 30 s", () => {
    expect([0, 1, 2, 3, 4, 5, 6, 60].map((attempt) => retryDelay(attempt, 0))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000,
    ]);
  });

  it("comes up to a half earlier, so that voters do not return all at once", () => {
    expect(retryDelay(2, 1)).toBe(2_000);
    expect(retryDelay(2, 0.5)).toBe(3_000);
  });
});

it.each([
  ["was not answered", "NO_ANSWER", true],
  ["came from a page of a version before an update, which the voter reloads", "PERSISTED_OPERATION_NOT_FOUND", true],
  ["belongs to no session", "NOT_FOUND", false],
])("a vote whose request %s is kept to be sent again, or not: %s %s", (_what, code, isKept) => {
  expect(isTemporary(new VotingError(code, ""))).toBe(isKept);
});

describe("a store that refuses operations", () => {
  it("leaves them in memory, in order, and removes both kinds", async () => {
    const disk = memoryStore();
    let isFull = false;
    const add = async (operation: StoredOperation["operation"]) => {
      if (isFull) throw new Error("The disk is full.");
      await disk.add(operation);
    };
    const store = withOverflow({ ...disk, add });
    const trials = async () => (await store.list()).map(({ operation }) => (operation.kind === "vote" ? operation.vote.trial : -1));
    await store.add(vote(0).operation);
    isFull = true;
    await store.add(vote(1).operation);
    isFull = false;
    await store.add(vote(2).operation);
    expect(await trials()).toEqual([0, 1, 2]);
    const [first, second] = await store.list();
    await store.remove([first?.sequence ?? -1, second?.sequence ?? -1]);
    expect(await trials()).toEqual([2]);
    expect(await disk.list()).toEqual([]);
  });
});
