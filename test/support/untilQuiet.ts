/** Waits until nothing runs beside a test that measures times: `npm test` names a file and writes it then. Otherwise it does not wait. */
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

export async function untilQuiet(): Promise<void> {
  const file = process.env["PAREIDOLIA_E2E_QUIET_FILE"];
  while (file !== undefined && !existsSync(file)) await sleep(500);
}
