/**
 * What `npm test` runs a sample of, in its full extent: a row for each stage, which counts failed tests, and one for the containers. Only
 * the test files with a sample, and those that have none in `npm test`, run (test/support/extent).
 */
import { execFileSync } from "node:child_process";
import type { StageResult } from "../stages/stageResult.ts";
import { type AuditRow, notMeasured } from "./rows.ts";

export const sampledStages = ["unit", "contracts", "computations", "integration", "install", "e2e"] as const;
export type SampledStage = (typeof sampledStages)[number];

const nameOf = (stage: SampledStage): string => `T tests of ${stage} in full`;

export const withoutFullTests: readonly AuditRow[] = [
  ...sampledStages.map((stage) => notMeasured(nameOf(stage), "0 fail", "Measured with --full; npm test runs a sample.")),
  notMeasured("T containers", "0 fail", "Measured with --full."),
];

export function rowOfStage(stage: SampledStage, { cases, files = [] }: StageResult): AuditRow {
  const failed = cases.filter(({ passed }) => !passed);
  const skipped = cases.filter((row) => row.skipped === true);
  const reasons = skipped.map(({ name, message = "" }) => `not run here: ${name} (${message})`);
  const counted = `${cases.length - skipped.length} tests of ${files.length} files, ${skipped.length} not run`;
  return {
    row: nameOf(stage),
    figure: failed.length,
    bar: "0 fail",
    holds: failed.length === 0,
    detail: [counted, ...failed.map(({ name, message = "" }) => `${name}: ${message.split("\n")[0]}`), ...reasons],
  };
}

export function hasDocker(): boolean {
  try {
    execFileSync("docker", ["info"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** `run` resolves with the exit code of `npm run test:containers`, whose rows are in its output. */
export async function measureContainers(isPossible: boolean, run: () => Promise<number>): Promise<AuditRow> {
  if (!isPossible) return notMeasured("T containers", "0 fail", "No Docker daemon answers.");
  const figure = (await run()) === 0 ? 0 : 1;
  return { row: "T containers", figure, bar: "0 fail", holds: figure === 0, detail: ["npm run test:containers"] };
}
