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

const maxSlowest = 5;

/** The slowest files of a stage, in one line. */
function describeSlowest({ stage, files = [] }: StageResult): readonly string[] {
  const slowest = files.toSorted((a, b) => b.seconds - a.seconds).slice(0, maxSlowest);
  if (slowest.length === 0) return [];
  return [`${stage.padEnd(12)} ${slowest.map(({ name, seconds }) => `${name} ${Math.round(seconds)} s`).join(", ")}`];
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
  const line = (values: readonly (string | number)[]): string => values.map((value) => String(value).padStart(8)).join("");
  lines.push(`\n${"stage".padEnd(12)}${line(["passed", "failed", "skipped", "seconds"])}  CPU-seconds`);
  for (const { stage, cases, seconds, processorSeconds = null } of results) {
    const { passed, failed, skipped } = countCases(cases);
    const processor = processorSeconds === null ? "-" : String(Math.round(processorSeconds));
    lines.push(`${stage.padEnd(12)}${line([passed, failed, skipped, Math.round(seconds)])}${processor.padStart(13)}`);
  }
  const slowest = results.flatMap(describeSlowest);
  if (slowest.length > 0) lines.push("\nSlowest files", ...slowest);
  const totals = countCases(results.flatMap(({ cases }) => cases));
  if (totals.skipped > 0) lines.push(`\n${totals.skipped} skipped, as listed above`);
  lines.push(`\n${totals.passed} passed, ${totals.failed} failed`);
  return { lines, totals };
}
