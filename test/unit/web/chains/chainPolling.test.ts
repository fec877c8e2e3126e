/** How often a chain's page polls. */
import { expect, it } from "vitest";
import { chainPollInterval } from "../../../../apps/web/src/features/chains/chainPolling.ts";

it("a chain's page polls often while the chain runs, less often while it can be resumed, and not once it has ended", () => {
  const soon = chainPollInterval("RUNNING");
  const late = chainPollInterval("PAUSED");
  expect(chainPollInterval("QUEUED")).toBe(soon);
  for (const state of ["FAILED", "CRASHED"] as const) expect(chainPollInterval(state)).toBe(late);
  expect(late).toBeGreaterThan(soon ?? Number.POSITIVE_INFINITY);
  for (const state of ["SUCCEEDED", "CANCELLED"] as const) expect(chainPollInterval(state)).toBeNull();
});
