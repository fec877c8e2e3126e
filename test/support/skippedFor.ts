/** Options of a test or a suite that is skipped if there is a reason, which `npm test` prints: `describe("…", skippedFor(withoutS3), …)`. */
import type { TestOptions } from "vitest";

export function skippedFor(reason: string | null): Pick<TestOptions, "skip" | "meta"> {
  return reason === null ? {} : { skip: true, meta: { reason } };
}
