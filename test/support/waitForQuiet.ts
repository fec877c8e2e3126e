/** For browser tests that measure times: waits for the other stages and lanes of `npm test`. */
import { existsSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

/** Resolves once no other stage or lane of `npm test` runs; at once if this test was started by itself. */
export async function waitForQuiet(): Promise<void> {
  const file = process.env["PAREIDOLIA_E2E_QUIET"];
  while (file !== undefined && !existsSync(file)) await setTimeout(250);
}
