/** A folder with one report that fills every field. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

const row = { id: "noise.median", what: "median", figure: 0.9996, bar: ">= 0.995", detail: "seed 1", holds: true, finding: true };
const points = [
  [0, 0.5],
  [50, 0.9996],
];
const curves = { kind: "curves", title: "Median", caption: "", x: "generation", y: "confidence", series: [{ name: "paper", points }] };
const described = { description: "noise against LeNet", seconds: 1.5, coreSeconds: 3, failure: null, head: ["seed"], lines: [["1"]] };
const claim = {
  id: "R1",
  statement: "Noise is taken for digits.",
  paper: "99.99%",
  ours: "99.98%",
  verdict: "agree",
  reason: "by its bars",
};
const report = {
  writtenAt: "2024-05-06T00:00:00Z",
  commit: "0123abc",
  fullBudget: [{ writtenAt: "2024-05-01T00:00:00Z", commit: "4567def", verdicts: { R1: "undecided" } }],
  budget: "quick",
  seeds: [1],
  minutes: 12.5,
  machine: { processor: "one", cores: 2 },
  versions: { node: "22" },
  claims: [{ ...claim, fullVerdict: "undecided", evidence: [row], experiments: ["noise"] }],
  experiments: [{ id: "noise", ...described, rows: [row], curves: [curves] }],
};

export const reportId = "first";

export async function writeReport(folder: string, id: string, writtenAt: string): Promise<void> {
  await mkdir(path.join(folder, id));
  await writeFile(path.join(folder, id, "report.json"), JSON.stringify({ ...report, writtenAt }));
  await writeFile(path.join(folder, id, "report.html"), "<p>A report.</p>");
}

export async function writeReportFolder(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), "pareidolia-matrix-reports-"));
  await writeReport(folder, reportId, report.writtenAt);
  return { folder, remove: () => rm(folder, { recursive: true }) };
}
