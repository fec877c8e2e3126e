/** `npm run fuzz -- DOCUMENTS [SEED]`: runs only the schema fuzzer of `npm test`, with the given number of random documents. */
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { findProgram, prepareBuild } from "./prepare/prepareBuild.ts";
import { startChild } from "./processes/child.ts";
import { runEntry } from "./runEntry.ts";
import { readSettings } from "./settings.ts";
import { openTerminal } from "./terminal.ts";

const terminal = openTerminal(process.stdout);
const usage = "npm run fuzz -- DOCUMENTS [SEED], for example npm run fuzz -- 100000 7";

function readNumber(text: string, minimum: number): string {
  if (/^\d{1,9}$/.test(text) && Number(text) >= minimum) return text;
  throw new AppError("INVALID_INPUT", `"${text}" is not a whole number of at least ${minimum}. Usage: ${usage}`);
}

await runEntry(async (signal) => {
  const [documents = "100000", seed = "1", ...more] = process.argv.slice(2);
  if (more.length > 0) throw new AppError("INVALID_INPUT", `Usage: ${usage}`);
  const env = { ...process.env, PAREIDOLIA_FUZZ_DOCUMENTS: readNumber(documents, 1), PAREIDOLIA_FUZZ_SEED: readNumber(seed, 0) };
  const { root, home } = readSettings(process.env);
  await prepareBuild({ root, logFolder: path.join(home, "logs"), terminal, signal, web: false });
  const child = startChild({
    script: findProgram(root, ["vitest", "vitest.mjs"]),
    args: ["run", "--project", "integration", "test/faults/fuzzSchema.test.ts"],
    cwd: root,
    env,
    nodeFlags: ["--conditions=source"],
    onLine: terminal.say,
  });
  signal.addEventListener("abort", () => child.signal("SIGTERM"), { once: true });
  const { code } = await child.ended;
  child.killGroup();
  await child.drained;
  return code ?? 1;
});
