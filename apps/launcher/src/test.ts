/**
 * `npm test`: builds the code, then runs all stages: the house rules, unit, contract, integration and fault tests, the installation,
 * and end-to-end tests in a browser. `npm test -- unit e2e` runs some of them. Stages that wait run beside stages that compute.
 */
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { prepareBuild } from "./prepare/prepareBuild.ts";
import { runEntry } from "./runEntry.ts";
import { readSettings } from "./settings.ts";
import { findBrowser } from "./stages/browser.ts";
import type { StageResult } from "./stages/stageResult.ts";
import { summarise, type TimedStage } from "./stages/summary.ts";
import { runCheckStage, runPlaywrightStage, runVitestStage, type StageContext } from "./stages/testStages.ts";
import { openTerminal } from "./terminal.ts";

const terminal = openTerminal(process.stdout);
const stageNames = ["check", "unit", "contracts", "computations", "integration", "install", "e2e"] as const;

await runEntry(async (signal) => {
  const { root, home } = readSettings(process.env);
  const selected = readStages(process.argv.slice(2));
  const context: StageContext = { root, signal, say: terminal.say };
  const prepare = (web: boolean) => prepareBuild({ root, logFolder: path.join(home, "logs"), terminal, signal, web });
  const results: TimedStage[] = [];
  const runStage = async (name: (typeof stageNames)[number], work: () => Promise<StageResult>) => {
    if (!selected.includes(name)) return;
    terminal.say(`\n== ${name}`);
    const began = performance.now();
    results.push({ ...(await catchFailure(name, signal, work)), seconds: (performance.now() - began) / 1000 });
  };

  await prepare(false);
  const sayAs = (name: string) => (line: string) => terminal.say(`${name.padEnd(12)} ${line}`);
  const runTests = (name: "unit" | "contracts" | "computations" | "integration" | "install", yieldsToOthers = false) =>
    runStage(name, () => runVitestStage({ ...context, say: sayAs(name), yieldsToOthers }, name));
  // Integration and end-to-end tests often wait for leases, deadlines and pages, and leave a core idle meanwhile. The checks, contract tests
  // and the longest unit tests only compute, so they fill these gaps at a low priority, without delaying those tests or the workers that
  // they start.
  const computing = async () => {
    await runStage("check", () => runCheckStage({ ...context, say: sayAs("check"), yieldsToOthers: true }));
    await runTests("contracts", true);
    await runTests("computations", true);
  };
  const computed = computing();
  const others = async () => {
    await Promise.all([runTests("unit"), runTests("install")]);
    await runTests("integration");
    await runStage("e2e", async () => {
      await prepare(true);
      const browser = await terminal.step("Find Chromium", (progress) => findBrowser(root, signal, progress));
      return runPlaywrightStage({ ...context, untilQuiet: () => computed }, browser);
    });
  };
  await Promise.all([computed, others()]);
  const place = ({ stage }: StageResult) => (stageNames as readonly string[]).indexOf(stage);
  const { lines, totals } = summarise(results.toSorted((a, b) => place(a) - place(b)));
  for (const line of lines) terminal.say(line);
  return totals.failed === 0 && totals.passed > 0 ? 0 : 1;
});

function readStages(args: readonly string[]): readonly string[] {
  const unknown = args.find((arg) => !(stageNames as readonly string[]).includes(arg));
  if (unknown !== undefined) throw new AppError("INVALID_INPUT", `Unknown stage ${unknown}. The stages are ${stageNames.join(", ")}.`);
  return args.length === 0 ? stageNames : args;
}

/** A stage that throws counts as failed; later stages still run. */
async function catchFailure(stage: string, signal: AbortSignal, work: () => Promise<StageResult>): Promise<StageResult> {
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    const message = error instanceof Error ? error.message : String(error);
    return { stage, cases: [{ name: `${stage} starts`, passed: false, message }] };
  }
}
