/**
 * Reads a report.json of `npm run repro -- all`. The file may be older than this code or edited by hand, so entries of an unexpected shape
 * are left out.
 */
import { type Verdict, verdicts } from "@pareidolia/core/verdicts";

export interface ReportRowRecord {
  readonly id: string;
  readonly what: string;
  /** Null if it was not measured. */
  readonly figure: number | null;
  readonly bar: string;
  readonly detail: string;
  readonly holds: boolean;
  /** Whether the row is a finding about networks and not a gate of the code. */
  readonly isFinding: boolean;
}

export interface ClaimRecord {
  readonly id: string;
  readonly statement: string;
  readonly paper: string;
  readonly ours: string;
  readonly verdict: Verdict;
  /** With the full budget; null if no such report decides the claim. */
  readonly fullVerdict: Verdict | null;
  readonly reason: string;
  readonly evidence: readonly ReportRowRecord[];
  /** Ids of the experiments behind the evidence. */
  readonly experiments: readonly string[];
}

export interface ReportSeriesRecord {
  readonly name: string;
  readonly points: readonly (readonly [number, number])[];
}

export interface ReportCurvesRecord {
  readonly title: string;
  readonly caption: string;
  readonly x: string;
  readonly y: string;
  readonly series: readonly ReportSeriesRecord[];
}

export interface ReportExperimentRecord {
  readonly id: string;
  readonly description: string;
  readonly seconds: number;
  readonly coreSeconds: number;
  /** Why there is no result. */
  readonly failure: string | null;
  readonly rows: readonly ReportRowRecord[];
  readonly head: readonly string[];
  readonly lines: readonly (readonly string[])[];
  readonly curves: readonly ReportCurvesRecord[];
}

/** The full-budget report with the verdicts shown beside this report's own. */
export interface FullBudgetPartRecord {
  /** Of the claims that it decides. */
  readonly claims: readonly string[];
  readonly writtenAt: Date;
  /** Null if unknown. */
  readonly commit: string | null;
}

export interface ReportDocument {
  /** Of the code that measured; null if unknown. */
  readonly commit: string | null;
  /** The newest first. */
  readonly fullBudget: readonly FullBudgetPartRecord[];
  readonly budget: string;
  readonly seeds: readonly number[];
  readonly minutes: number;
  readonly machine: string;
  readonly versions: readonly string[];
  readonly claims: readonly ClaimRecord[];
  readonly experiments: readonly ReportExperimentRecord[];
}

type Fields = Record<string, unknown>;

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function numberOf(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}

/** Reads each entry; entries for which `read` returns null are left out. */
function listOf<T>(value: unknown, read: (each: Fields) => T | null): readonly T[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each: unknown) => (isObject(each) ? (read(each) ?? []) : []));
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(textOf) : [];
}

function readRow(row: Fields): ReportRowRecord | null {
  if (textOf(row["id"]) === "") return null;
  return {
    id: textOf(row["id"]),
    what: textOf(row["what"]),
    figure: typeof row["figure"] === "number" && Number.isFinite(row["figure"]) ? row["figure"] : null,
    bar: textOf(row["bar"]),
    detail: textOf(row["detail"]),
    holds: row["holds"] === true,
    isFinding: row["finding"] === true,
  };
}

function findVerdict(value: unknown): Verdict | null {
  return verdicts.find((known) => known === value) ?? null;
}

function readFullBudgetPart(part: Fields): FullBudgetPartRecord | null {
  const writtenAt = new Date(textOf(part["writtenAt"]));
  const claims = isObject(part["verdicts"]) ? Object.keys(part["verdicts"]) : [];
  return Number.isNaN(writtenAt.getTime()) ? null : { claims, writtenAt, commit: textOf(part["commit"]) || null };
}

function readClaim(claim: Fields): ClaimRecord | null {
  const verdict = findVerdict(claim["verdict"]);
  if (verdict === null || textOf(claim["id"]) === "") return null;
  return {
    id: textOf(claim["id"]),
    statement: textOf(claim["statement"]),
    paper: textOf(claim["paper"]),
    ours: textOf(claim["ours"]),
    verdict,
    fullVerdict: findVerdict(claim["fullVerdict"]),
    reason: textOf(claim["reason"]),
    evidence: listOf(claim["evidence"], readRow),
    experiments: textsOf(claim["experiments"]),
  };
}

function readPoint(point: unknown): readonly [number, number] | null {
  if (!Array.isArray(point) || point.length !== 2) return null;
  const [x, y] = point as readonly unknown[];
  return Number.isFinite(x) && Number.isFinite(y) ? [x as number, y as number] : null;
}

function readCurves(curves: Fields): ReportCurvesRecord {
  return {
    title: textOf(curves["title"]),
    caption: textOf(curves["caption"]),
    x: textOf(curves["x"]),
    y: textOf(curves["y"]),
    series: listOf(curves["series"], ({ name, points }) => ({
      name: textOf(name),
      points: Array.isArray(points) ? points.map(readPoint).filter((point) => point !== null) : [],
    })),
  };
}

function readExperiment(experiment: Fields): ReportExperimentRecord | null {
  if (textOf(experiment["id"]) === "") return null;
  const { lines } = experiment;
  return {
    id: textOf(experiment["id"]),
    description: textOf(experiment["description"]),
    seconds: numberOf(experiment["seconds"]),
    coreSeconds: numberOf(experiment["coreSeconds"]),
    failure: typeof experiment["failure"] === "string" ? experiment["failure"] : null,
    rows: listOf(experiment["rows"], readRow),
    head: textsOf(experiment["head"]),
    lines: Array.isArray(lines) ? lines.map(textsOf) : [],
    curves: listOf(experiment["curves"], readCurves),
  };
}

/** Null if it is not a report. */
export function readReportDocument(value: unknown): ReportDocument | null {
  if (!isObject(value) || !Array.isArray(value["claims"])) return null;
  const { budget, seeds, minutes, machine, versions, claims, experiments } = value;
  return {
    commit: textOf(value["commit"]) || null,
    fullBudget: listOf(value["fullBudget"], readFullBudgetPart),
    budget: typeof budget === "string" ? budget : "unknown",
    seeds: Array.isArray(seeds) ? seeds.filter((seed) => Number.isInteger(seed)) : [],
    minutes: numberOf(minutes),
    machine: isObject(machine) ? Object.values(machine).join(", ") : "",
    versions: isObject(versions) ? Object.entries(versions).map(([name, version]) => `${name} ${String(version)}`) : [],
    claims: listOf(claims, readClaim),
    experiments: listOf(experiments, readExperiment),
  };
}
