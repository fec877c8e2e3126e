/** How soon a chain's page asks again. */
import { expect, it } from "vitest";
import { askChainAfter } from "../../../../apps/web/src/features/chains/chainPolling.ts";

it("asks soon while somebody works on it, less often while it may be resumed, and no more once it is over", () => {
  const soon = askChainAfter("RUNNING");
  const late = askChainAfter("PAUSED");
  expect(askChainAfter("QUEUED")).toBe(soon);
  for (const state of ["FAILED", "CRASHED"] as const) expect(askChainAfter(state)).toBe(late);
  expect(late).toBeGreaterThan(soon ?? Number.POSITIVE_INFINITY);
  for (const state of ["SUCCEEDED", "CANCELLED"] as const) expect(askChainAfter(state)).toBeNull();
});
