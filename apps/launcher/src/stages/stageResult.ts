/** The result of a stage of `npm test`: one case per test, stored as JSON in test/results. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

export interface CaseResult {
  readonly name: string;
  readonly passed: boolean;
  readonly skipped?: boolean;
  /** Why it failed or was skipped. */
  readonly message?: string;
}

export interface StageResult {
  readonly stage: string;
  readonly cases: readonly CaseResult[];
  /** Of all processes of the stage; null where the system does not say. */
  readonly processorSeconds?: number | null;
  /** How long each file took, or each step of the checks. Files that run beside others take longer than by themselves. */
  readonly files?: readonly TimedFile[];
}

export interface TimedFile {
  readonly name: string;
  readonly seconds: number;
}

export function resultFile(root: string, stage: string): string {
  return path.join(root, "test", "results", `${stage}.json`);
}

/** Prevents an old result from counting for a run that writes none. */
export function removeResult(root: string, stage: string): void {
  mkdirSync(path.dirname(resultFile(root, stage)), { recursive: true });
  rmSync(resultFile(root, stage), { force: true });
}

export function writeStageResult(root: string, result: StageResult): void {
  mkdirSync(path.dirname(resultFile(root, result.stage)), { recursive: true });
  writeFileSync(resultFile(root, result.stage), `${JSON.stringify(result, null, 2)}\n`);
}

export function readJson(root: string, stage: string): unknown {
  return JSON.parse(readFileSync(resultFile(root, stage), "utf8"));
}
