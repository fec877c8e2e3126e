/**
 * Reports on the paper's claims, as `npm run repro -- all` writes them: a folder with report.html and report.json. They are files and
 * not rows, since they come from a command that needs no database; whoever runs the API says in which folders they lie.
 */
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";

export interface ClaimRecord {
  readonly id: string;
  readonly statement: string;
  readonly paper: string;
  readonly ours: string;
  readonly verdict: "agree" | "disagree" | "not comparable" | "not measured";
  readonly reason: string;
}

export interface ReportRecord {
  /** The folder's name. */
  readonly id: string;
  readonly writtenAt: Date;
  readonly budget: string;
  readonly seeds: readonly number[];
  readonly minutes: number;
  readonly machine: string;
  readonly claims: readonly ClaimRecord[];
}

const page = "report.html";
const data = "report.json";
const largestFile = 64 * 2 ** 20;
const verdicts = ["agree", "disagree", "not comparable", "not measured"] as const;

/** Newest first. A folder that is no report, or a report that cannot be read, is passed over. */
export async function listReports(folders: readonly string[]): Promise<readonly ReportRecord[]> {
  const found = await Promise.all((await reportPaths(folders)).map(readReport));
  return found.filter((report) => report !== null).sort((a, b) => b.writtenAt.getTime() - a.writtenAt.getTime());
}

/** The page of one report; null when there is none of this id. The id is compared, never used as a path. */
export async function findReportPage(folders: readonly string[], id: string): Promise<Uint8Array | null> {
  const path = (await reportPaths(folders)).find((candidate) => basename(candidate) === id);
  return path === undefined ? null : readBounded(join(path, page));
}

/** Every folder that holds a report: the given ones themselves, and their children. */
async function reportPaths(folders: readonly string[]): Promise<readonly string[]> {
  const candidates = await Promise.all(
    folders.map(async (folder) => {
      const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
      if (entries.some((entry) => entry.isFile() && entry.name === data)) return [resolve(folder)];
      return entries.filter((entry) => entry.isDirectory()).map((entry) => join(resolve(folder), entry.name));
    }),
  );
  return candidates.flat();
}

async function readReport(path: string): Promise<ReportRecord | null> {
  const bytes = await readBounded(join(path, data));
  if (bytes === null) return null;
  const written = await stat(join(path, data));
  try {
    return parseReport(basename(path), written.mtime, JSON.parse(Buffer.from(bytes).toString("utf8")));
  } catch {
    return null;
  }
}

async function readBounded(path: string): Promise<Uint8Array | null> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() && found.size <= largestFile ? readFile(path) : null;
}

function parseReport(id: string, modified: Date, value: unknown): ReportRecord | null {
  if (!isObject(value) || !Array.isArray(value["claims"])) return null;
  const { budget, seeds, minutes, machine, writtenAt } = value;
  const claims = value["claims"].flatMap((claim: unknown) => parseClaim(claim) ?? []);
  return {
    id,
    writtenAt: typeof writtenAt === "string" && !Number.isNaN(Date.parse(writtenAt)) ? new Date(writtenAt) : modified,
    budget: typeof budget === "string" ? budget : "unknown",
    seeds: Array.isArray(seeds) ? seeds.filter((seed) => Number.isInteger(seed)) : [],
    minutes: typeof minutes === "number" && Number.isFinite(minutes) ? minutes : 0,
    machine: isObject(machine) ? Object.values(machine).join(", ") : "",
    claims,
  };
}

function parseClaim(value: unknown): ClaimRecord | null {
  if (!isObject(value)) return null;
  const verdict = verdicts.find((known) => known === value["verdict"]);
  const text = (field: string): string => (typeof value[field] === "string" ? value[field] : "");
  if (verdict === undefined || text("id") === "") return null;
  return { id: text("id"), statement: text("statement"), paper: text("paper"), ours: text("ours"), verdict, reason: text("reason") };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
