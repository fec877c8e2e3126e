/** `npm run check`: checks every house rule on the whole repository, one line each, and writes test/results/check.json. */
import path from "node:path";
import { checkSteps } from "./checks/checkSteps.ts";
import { runSteps } from "./checks/runSteps.ts";
import { prepareBuild } from "./prepare/prepareBuild.ts";
import { runEntry } from "./runEntry.ts";
import { readSettings } from "./settings.ts";
import { type CaseResult, type TimedFile, writeStageResult } from "./stages/stageResult.ts";
import { openTerminal } from "./terminal.ts";

/** Steps that run at a time; most use one core. */
const concurrency = 2;

await runEntry(async (signal) => {
  const { root, home } = readSettings(process.env);
  const terminal = openTerminal(process.stdout);
  await prepareBuild({ root, logFolder: path.join(home, "logs"), terminal, signal, web: false });
  const files: TimedFile[] = [];
  const cases = await runSteps(checkSteps, concurrency, async (step): Promise<CaseResult> => {
    const began = performance.now();
    try {
      await terminal.step(step.title, () => step.run(root, signal));
      return { name: step.id, passed: true };
    } catch (error) {
      signal.throwIfAborted();
      const message = error instanceof Error ? error.message : String(error);
      terminal.say(message.replaceAll(/^/gm, "    "));
      return { name: step.id, passed: false, message };
    } finally {
      files.push({ name: step.id, seconds: (performance.now() - began) / 1000 });
    }
  });
  writeStageResult(root, { stage: "check", cases, files });
  const failed = cases.filter(({ passed }) => !passed).length;
  terminal.say(failed === 0 ? `All ${cases.length} checks passed.` : `${failed} of ${cases.length} checks failed.`);
  return failed === 0 ? 0 : 1;
});
