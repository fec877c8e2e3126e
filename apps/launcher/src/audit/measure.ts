/**
 * Runs the checks of the audit, which are tests, and collects the rows that they write. Each starts what it checks in a scratch folder of its
 * own and removes it: a PostgreSQL server, a database with two filled workspaces, an object store, an API and a web application.
 */
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { findProgram } from "../prepare/prepareBuild.ts";
import type { StageResult } from "../stages/stageResult.ts";
import { hasDocker, measureContainers, rowOfStage, type SampledStage, sampledStages, withoutFullTests } from "./largerExtents.ts";
import { type AuditRow, notMeasured } from "./rows.ts";

export interface CheckRun {
  readonly script: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

interface Check {
  /** The rows that it writes, as they begin. */
  readonly rows: readonly string[];
  readonly project: string;
  readonly file: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Only with `--full`. */
  readonly isLong?: boolean;
}

const fuzzedDocuments = 100_000;

const checks: readonly Check[] = [
  { rows: ["Z1 wrong cells", "Z1 uncovered fields"], project: "audit", file: "test/audit/access.audit.ts" },
  { rows: ["G1"], project: "audit", file: "test/audit/protocol.audit.ts" },
  { rows: ["G2"], project: "audit", file: "test/audit/attacks.audit.ts" },
  { rows: ["G4 costliest queries that", "G4 costliest queries with"], project: "audit", file: "test/audit/costliest.audit.ts" },
  {
    rows: [
      "G5 gates of perception that fail without a mutant",
      "G5 mutants that no gate of perception notices",
      "G5 gates of perception that no mutant fails",
    ],
    project: "audit",
    file: "test/audit/perceptionGates.audit.ts",
    isLong: true,
  },
  {
    rows: ["G6 figures of repro -- intervals", "G6 figures of repro -- perception"],
    project: "audit",
    file: "test/audit/simulations.audit.ts",
    isLong: true,
  },
  { rows: ["Z2", "Z2 declarations"], project: "audit", file: "test/audit/guards.audit.ts", isLong: true },
  {
    rows: ["G3"],
    project: "integration",
    file: "test/faults/fuzzSchema.test.ts",
    env: { PAREIDOLIA_FUZZ_DOCUMENTS: String(fuzzedDocuments) },
    isLong: true,
  },
];

/** What only `--full` measures. */
function unmeasured(full: boolean): AuditRow[] {
  if (full) return [];
  const onlyInFull = "Measured with --full.";
  return [
    notMeasured("Z2 guards whose removal nothing notices", "0", onlyInFull),
    notMeasured("G3 fuzzed documents, findings", `0 of ${fuzzedDocuments}`, onlyInFull),
    notMeasured("G5 mutants that no gate of perception notices", "0", onlyInFull),
    notMeasured("G6 figures of repro -- intervals and repro -- perception that miss their bar", "0", onlyInFull),
  ];
}

/** Without `--full`, tests run the sample of `npm test`, and one actor of each kind looks in the places of others. */
function extentOf(full: boolean): NodeJS.ProcessEnv {
  return { PAREIDOLIA_TEST_FULL: full ? "1" : "0" };
}

/** Fails the audit, but the other checks still run: they take minutes each. */
function endedEarly(expected: readonly string[]): AuditRow {
  const detail = ["The check ended early: its messages above say why."];
  return { row: expected.join(", "), figure: null, bar: "measured", holds: false, detail };
}

export interface Measuring {
  /** Resolves with the exit code. */
  run(check: CheckRun): Promise<number>;
  /** Runs a stage of `npm test` in its full extent. */
  runStage(stage: SampledStage): Promise<StageResult>;
  readonly hasDocker?: () => boolean;
}

async function measureFullTests(root: string, { run, runStage, hasDocker: findDocker = hasDocker }: Measuring): Promise<AuditRow[]> {
  const rows: AuditRow[] = [];
  for (const stage of sampledStages) rows.push(rowOfStage(stage, await runStage(stage)));
  const script = path.join(root, "test/containers/run.ts");
  return [...rows, await measureContainers(findDocker(), () => run({ script, args: [], env: {} }))];
}

export async function measure(root: string, full: boolean, measuring: Measuring): Promise<AuditRow[]> {
  const { run } = measuring;
  const folder = await mkdtemp(path.join(tmpdir(), "pareidolia-audit-"));
  const rows: AuditRow[] = [];
  try {
    for (const [i, { rows: expected, project, file, env = {}, isLong = false }] of checks.entries()) {
      if (isLong && !full) continue;
      const written = path.join(folder, `${i}.jsonl`);
      const script = findProgram(root, ["vitest", "vitest.mjs"]);
      const code = await run({
        script,
        args: ["run", "--project", project, file],
        env: { ...extentOf(full), ...env, PAREIDOLIA_AUDIT_ROWS: written },
      });
      const found = existsSync(written) ? (await readFile(written, "utf8")).trim().split("\n").map(readRow) : [];
      rows.push(...found);
      const isComplete = expected.every((name) => found.some(({ row }) => row.startsWith(name)));
      if (!isComplete || (code !== 0 && found.every(({ holds }) => holds === true))) rows.push(endedEarly(expected));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const ofTests = full ? await measureFullTests(root, measuring) : withoutFullTests;
  return [...rows, ...unmeasured(full), ...ofTests];
}

function readRow(line: string): AuditRow {
  return JSON.parse(line) as AuditRow;
}
