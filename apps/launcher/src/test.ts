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
import { runCheckStage, runPlaywrightStage, runVitestStage, type StageContext } from "./stages/testStages.ts";
import { openTerminal } from "./terminal.ts";

const terminal = openTerminal(process.stdout);
const stageNames = ["check", "unit", "contracts", "computations", "integration", "install", "e2e"] as const;

await runEntry(async (signal) => {
  const { root, home } = readSettings(process.env);
  const selected = readStages(process.argv.slice(2));
  const context: StageContext = { root, signal, say: terminal.say };
  const prepare = (web: boolean) => prepareBuild({ root, logFolder: path.join(home, "logs"), terminal, signal, web });
  const results: (StageResult & { readonly seconds: number })[] = [];
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
  return summarise(results.toSorted((a, b) => place(a) - place(b)));
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

function summarise(results: readonly (StageResult & { readonly seconds: number })[]): number {
  const count = (cases: StageResult["cases"]) => {
    const skipped = cases.filter((row) => row.skipped === true).length;
    const failed = cases.filter(({ passed }) => !passed).length;
    return { passed: cases.length - skipped - failed, failed, skipped };
  };
  for (const { stage, cases } of results)
    for (const row of cases)
      if (!row.passed) terminal.say(`\nFAILED ${stage}: ${row.name}\n${(row.message ?? "").replaceAll(/^/gm, "    ")}`);
  const skippedNames = results.flatMap(({ stage, cases }) =>
    cases.flatMap(({ name, skipped }) => (skipped === true ? [`${stage}: ${name}`] : [])),
  );
  if (skippedNames.length > 0) terminal.say(["\nNot run here:", ...skippedNames].join("\n  "));
  terminal.say("\nstage          passed  failed  skipped  seconds");
  for (const { stage, cases, seconds } of results) {
    const { passed, failed, skipped } = count(cases);
    terminal.say([stage.padEnd(12), ...[passed, failed, skipped, Math.round(seconds)].map((value) => String(value).padStart(7))].join(" "));
  }
  const { passed, failed } = count(results.flatMap(({ cases }) => cases));
  terminal.say(`\n${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
