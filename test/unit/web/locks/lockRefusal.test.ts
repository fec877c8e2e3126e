import { expect, it } from "vitest";
import { forkRefusal, lockRefusal } from "../../../../apps/web/src/features/locks/lockRefusal.ts";

const lock = {
  __typename: "Lock",
  lockedAt: "2026-01-01T00:00:00.000Z",
  withExperiment: false,
  lockedBy: { __typename: "User", id: "u", name: "Ada" },
} as const;

it("a lock's refusal names who locked what, and what to unlock", () => {
  expect(lockRefusal("RUN-3", null)).toBeNull();
  expect(lockRefusal("RUN-3", lock)).toBe("RUN-3 is locked by Ada. Unlock it to change it.");
  expect(lockRefusal("RUN-3", { ...lock, withExperiment: true })).toBe(
    "RUN-3 is locked with its experiment by Ada. Unlock the experiment to change it.",
  );
  expect(lockRefusal("EXP-1", { ...lock, lockedBy: null })).toBe("EXP-1 is locked by a former member. Unlock it to change it.");
});

it("a fork is refused in a locked experiment, and not of a locked run", () => {
  expect(["RUN-3", "RUN-4"].map((key, i) => forkRefusal(key, { ...lock, withExperiment: i === 1 }))).toEqual([
    null,
    "RUN-4 is locked with its experiment by Ada. Unlock the experiment to change it.",
  ]);
});
