/** What `npm test` prints at its end: failed tests, tests that were skipped with the reason, a table of the stages, and the totals. */
import type { CaseResult, StageResult } from "./stageResult.ts";

export interface TimedStage extends StageResult {
  readonly seconds: number;
}

interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

function countCases(cases: readonly CaseResult[]): Totals {
  const skipped = cases.filter((row) => row.skipped === true).length;
  const failed = cases.filter(({ passed }) => !passed).length;
  return { passed: cases.length - skipped - failed, failed, skipped };
}

/** CI reads the last line, so the skipped tests have a line of their own. */
export function summarise(results: readonly TimedStage[]): { readonly lines: readonly string[]; readonly totals: Totals } {
  const lines: string[] = [];
  for (const { stage, cases } of results)
    for (const row of cases)
      if (!row.passed) lines.push(`\nFAILED ${stage}: ${row.name}\n${(row.message ?? "").replaceAll(/^/gm, "    ")}`);
  const notRun = results.flatMap(({ stage, cases }) =>
    cases.flatMap(({ name, skipped, message }) =>
      skipped === true ? [`${stage}: ${name}${message === undefined ? "" : ` (${message})`}`] : [],
    ),
  );
  if (notRun.length > 0) lines.push(["\nNot run here:", ...notRun].join("\n  "));
  lines.push("\nstage          passed  failed  skipped  seconds");
  for (const { stage, cases, seconds } of results) {
    const { passed, failed, skipped } = countCases(cases);
    lines.push([stage.padEnd(12), ...[passed, failed, skipped, Math.round(seconds)].map((value) => String(value).padStart(7))].join(" "));
  }
  const totals = countCases(results.flatMap(({ cases }) => cases));
  if (totals.skipped > 0) lines.push(`\n${totals.skipped} skipped, as listed above`);
  lines.push(`\n${totals.passed} passed, ${totals.failed} failed`);
  return { lines, totals };
}
