/**
 * The paper's claims on people, measured by studies of this installation. A study reaches this command as a release, which is verified
 * first: the command line needs no database, and a release holds everything that the study's results follow from.
 */
import { basename } from "node:path";
import { openArchive } from "@pareidolia/archive/openArchive";
import { AppError } from "@pareidolia/core/appError";
import { decodePng } from "@pareidolia/images/png";
import { readRelease } from "@pareidolia/release/readRelease";
import { verifyRelease } from "@pareidolia/release/verify/verifyRelease";
import { judge, type ReportRow } from "../report.ts";
import type { Experiment } from "./experiment.ts";
import { bundledNetworksOnly } from "./networkRules.ts";
import { studyMeasures } from "./studyMeasures.ts";

export const studies: Experiment = {
  id: "studies",
  description: "the claims on people, from releases of this installation's studies (--release)",
  presets: [],
  networks: bundledNetworksOnly("people answer, not networks"),
  async run({ releases = [], onProgress }) {
    const rows: ReportRow[] = [];
    const lines: string[][] = [];
    for (const file of releases) {
      const name = basename(file).replace(/\.zip$/, "");
      const { planHash, problem, measured, voters } = await measure(file, name, onProgress);
      rows.push(releaseGate(name, problem), ...measured);
      lines.push([name, planHash, String(voters), String(measured.length)]);
    }
    return { head: ["release", "plan", "voters", "figures"], lines, rows };
  },
};

interface Measured {
  readonly planHash: string;
  /** Why the release cannot be used; empty if it can. */
  readonly problem: string;
  readonly measured: readonly ReportRow[];
  readonly voters: number;
}

async function measure(file: string, name: string, onProgress: (line: string) => void): Promise<Measured> {
  try {
    const release = await openArchive(file);
    try {
      onProgress(`${name}: verifying the release`);
      const { holds, checks, planHash } = await verifyRelease(release, { decodeImage: decodePng });
      const failed = checks.find((check) => !check.holds);
      if (!holds || planHash === null) return unusable(`${failed?.what ?? "The plan"}: ${failed?.problem ?? "cannot be read"}`);
      const { evidence } = await readRelease(release);
      const measured = studyMeasures.flatMap((one) => one(name, evidence));
      return { planHash, problem: "", measured, voters: evidence.planned.voters.length };
    } finally {
      await release.close();
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return unusable(error.message);
  }
}

function unusable(problem: string): Measured {
  return { planHash: "", problem, measured: [], voters: 0 };
}

/** A release that does not verify fails the command: its votes are not used. */
function releaseGate(name: string, problem: string): ReportRow {
  return judge({
    id: `studies.${name}`,
    what: "the release verifies",
    figure: problem === "" ? 1 : 0,
    bar: { atLeast: 1 },
    detail: problem,
  });
}
