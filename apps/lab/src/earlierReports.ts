/** The reports that are at hand, to show their verdicts beside those of another and to expect their durations. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { unlessMissing } from "./unlessMissing.ts";

/** Of any version of this code, so that only these fields are certain. */
export interface EarlierReport extends Readonly<Record<string, unknown>> {
  /** ISO 8601. */
  readonly writtenAt: string;
}

/** The newest first. Files that are no reports are left out. */
export async function readReports(folders: readonly string[]): Promise<readonly EarlierReport[]> {
  const found: EarlierReport[] = [];
  for (const folder of folders) {
    const names = (await unlessMissing(readdir(folder))) ?? [];
    for (const name of names) {
      const text = await unlessMissing(readFile(join(folder, name, "report.json"), "utf8"));
      const report = text === null ? null : parse(text);
      if (report !== null) found.push(report);
    }
  }
  return found.sort((one, other) => (one.writtenAt < other.writtenAt ? 1 : -1));
}

function parse(text: string): EarlierReport | null {
  try {
    const report: unknown = JSON.parse(text);
    return isReport(report) ? report : null;
  } catch {
    return null;
  }
}

function isReport(value: unknown): value is EarlierReport {
  return typeof value === "object" && value !== null && "writtenAt" in value && typeof value.writtenAt === "string";
}
