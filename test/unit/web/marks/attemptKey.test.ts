import { expect, it } from "vitest";
import { createAttemptKey } from "../../../../apps/web/src/features/marks/useAttemptKey.ts";

it("gives an attempt the key of the one before while its input is the same and no answer has arrived", () => {
  const key = createAttemptKey();
  const first = key.of({ runIds: ["a"], seeds: "SAME" });
  expect(key.of({ runIds: ["a"], seeds: "SAME" })).toBe(first);
  const other = key.of({ runIds: ["a"], seeds: "NEXT" });
  expect(other).not.toBe(first);
  expect(key.of({ runIds: ["a"], seeds: "NEXT" })).toBe(other);
  key.forget();
  expect(key.of({ runIds: ["a"], seeds: "NEXT" })).not.toBe(other);
});

it("gives each form keys of its own", () => {
  expect(createAttemptKey().of("EXP-1")).not.toBe(createAttemptKey().of("EXP-1"));
});
