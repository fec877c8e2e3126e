import { appendFileSync } from "node:fs";
import path from "node:path";
import { type CheckRun, type Measuring, measure } from "@pareidolia/launcher/audit/measure";
import type { StageResult } from "@pareidolia/launcher/stages/stageResult";
import { expect, it } from "vitest";

const rowsOf: Readonly<Record<string, readonly string[]>> = {
  "access.audit.ts": ["Z1 wrong cells", "Z1 uncovered fields"],
  "protocol.audit.ts": ["G1 errors"],
  "attacks.audit.ts": ["G2 attacks on the GraphQL endpoint, findings"],
  "costliest.audit.ts": [
    "G4 costliest queries that take longer than 10 gallery pages",
    "G4 costliest queries with more than 100 statements",
  ],
  "guards.audit.ts": ["Z2", "Z2 declarations"],
  "perceptionGates.audit.ts": [
    "G5 gates of perception that fail without a mutant",
    "G5 mutants that no gate of perception notices",
    "G5 gates of perception that no mutant fails",
  ],
  "simulations.audit.ts": ["G6 figures of repro -- intervals that miss their bar", "G6 figures of repro -- perception that miss their bar"],
  "fuzzSchema.test.ts": ["G3 fuzzed documents with a finding"],
};

/** Writes the rows of each check, as its test would; `figure` of them are wrong. */
function writing(figure: number, code = 0): (check: CheckRun) => Promise<number> {
  return async ({ args, env }) => {
    for (const row of rowsOf[path.basename(args.at(-1) ?? "")] ?? [])
      appendFileSync(env["PAREIDOLIA_AUDIT_ROWS"] ?? "", `${JSON.stringify({ row, figure, bar: "0", holds: figure === 0, detail: [] })}\n`);
    return code;
  };
}

const runStage = async (stage: string): Promise<StageResult> => ({
  stage,
  cases: [
    { name: "reads", passed: true },
    { name: "writes", passed: stage !== "contracts", message: "not written\nat line 3" },
    { name: "draws", passed: true, skipped: true, message: "no GPU" },
  ],
  files: [{ name: "a", seconds: 1 }],
});
const measuring = (run: (check: CheckRun) => Promise<number>, stages = runStage): Measuring => ({
  run,
  runStage: stages,
  hasDocker: () => false,
});

const read = async (full: boolean, run = writing(0)) =>
  Object.fromEntries((await measure("/root", full, measuring(run))).map(({ row, holds }) => [row.split(" ").slice(0, 2).join(" "), holds]));

it("measures access, the protocol and attacks, and says what it does not measure", async () => {
  expect(await read(false)).toEqual({
    "Z1 wrong": true,
    "Z1 uncovered": true,
    "G1 errors": true,
    "Z2 guards": null,
    "G2 attacks": true,
    "G3 fuzzed": null,
    "G4 costliest": true,
    "G5 mutants": null,
    "G6 figures": null,
    "T tests": null,
    "T containers": null,
  });
});

it("in full, removes guards, sends random documents and simulates, too", async () => {
  const rows = await read(true);
  expect([rows["Z2"], rows["Z2 declarations"], rows["G3 fuzzed"], rows["G2 attacks"]]).toEqual([true, true, true, true]);
  expect([rows["G5 mutants"], rows["G6 figures"]]).toEqual([true, true]);
  const all = await measure("/root", true, measuring(writing(0)));
  expect(all.filter(({ row, holds }) => holds !== true && !row.startsWith("T"))).toEqual([]);
  expect(all.filter(({ row }) => row.startsWith("G6 figures"))).toHaveLength(2);
});

it("reports a row that fails", async () => {
  expect((await read(false, writing(2, 1)))["Z1 wrong"]).toBe(false);
});

it("fails a check that writes no row, or ends with an error although its rows hold, and runs the others", async () => {
  const endedEarly = { row: "Z1 wrong cells, Z1 uncovered fields", figure: null, holds: false };
  expect(
    await measure(
      "/root",
      false,
      measuring(async () => 0),
    ),
  ).toContainEqual(expect.objectContaining(endedEarly));
  const isAccess = ({ args }: CheckRun) => args.at(-1) === "test/audit/access.audit.ts";
  const rows = await measure(
    "/root",
    false,
    measuring((check) => writing(0, isAccess(check) ? 1 : 0)(check)),
  );
  expect(rows).toContainEqual(expect.objectContaining(endedEarly));
  expect(rows.filter(({ holds }) => holds === false)).toHaveLength(1);
  expect(rows).toContainEqual(expect.objectContaining({ row: "G1 errors", holds: true }));
});

it("in full, runs every stage of the tests that npm test samples, counts them, and names what failed and what did not run", async () => {
  const rows = (await measure("/root", true, measuring(writing(0)))).filter(({ row }) => row.startsWith("T tests"));
  expect(rows.map(({ row, figure, holds }) => [row, figure, holds])).toEqual([
    ["T tests of unit in full", 0, true],
    ["T tests of contracts in full", 1, false],
    ["T tests of computations in full", 0, true],
    ["T tests of integration in full", 0, true],
    ["T tests of install in full", 0, true],
    ["T tests of e2e in full", 0, true],
  ]);
  expect(rows[1]?.detail).toEqual(["2 tests of 1 files, 1 not run", "writes: not written", "not run here: draws (no GPU)"]);
});

it("in full, tests the containers where a Docker daemon answers", async () => {
  const scripts: string[] = [];
  const run = async (check: CheckRun): Promise<number> => {
    scripts.push(check.script);
    return check.script.endsWith("containers/run.ts") ? 1 : writing(0)(check);
  };
  const rows = await measure("/root", true, { ...measuring(run), hasDocker: () => true });
  expect(rows.at(-1)).toMatchObject({ row: "T containers", figure: 1, holds: false });
  expect(scripts.at(-1)).toBe("/root/test/containers/run.ts");
  expect((await measure("/root", true, measuring(writing(0)))).at(-1)).toMatchObject({ figure: null, holds: null });
});
