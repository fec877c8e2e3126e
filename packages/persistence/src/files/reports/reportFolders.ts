/**
 * Reads the reports on the paper's claims that `npm run repro -- all` writes: folders with report.html and report.json. They are files and
 * not rows, because that command needs no database; the API's configuration names the folders.
 */
import { open, readdir, readFile, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { Page, PageRequest, Placed, Position } from "../../server/database/keyset.ts";
import { type ReportDocument, readReportDocument } from "./reportDocument.ts";

export interface ReportRecord extends ReportDocument {
  /** The folder's name. */
  readonly id: string;
  readonly writtenAt: Date;
}

const page = "report.html";
const data = "report.json";
const maxFileSize = 64 * 2 ** 20;
/** Bytes of report.json that are read for its time of writing. */
const headLength = 4_096;
const writtenTime = /"writtenAt"\s*:\s*"([^"]{1,40})"/;

/** The location of a report, from the start of its file. */
interface ReportPlace {
  readonly id: string;
  readonly path: string;
  readonly writtenAt: Date;
}

/**
 * Newest first, by time of writing and id. Reads only the reports of this page, one after the other, and skips reports that cannot be
 * read.
 */
export async function listReports(
  folders: readonly string[],
  { limit, backward, after, before }: PageRequest,
): Promise<Page<ReportRecord>> {
  const between = (await findPlaces(folders)).filter((place) => {
    const position = positionOf(place);
    return (after === null || comparePositions(position, after) < 0) && (before === null || comparePositions(position, before) > 0);
  });
  const places = backward ? between.reverse() : between;
  const rows: Placed<ReportRecord>[] = [];
  let next = 0;
  for (; next < places.length && rows.length < limit; next++) {
    const place = places[next] as ReportPlace;
    const report = await readReport(place);
    if (report !== null) rows.push({ node: report, position: positionOf(place) });
  }
  const more = next < places.length;
  if (backward) rows.reverse();
  return { rows, hasNextPage: backward ? before !== null : more, hasPreviousPage: backward ? more : after !== null };
}

/** Includes reports that cannot be read, because it reads none. */
export async function countReports(folders: readonly string[]): Promise<number> {
  return (await findPlaces(folders)).length;
}

/** Null for an unknown id, or if the report cannot be read. Reads no other report. */
export async function findReport(folders: readonly string[], id: string): Promise<ReportRecord | null> {
  const path = await findPath(folders, id);
  const place = path === null ? null : await findPlace(path);
  return place === null ? null : readReport(place);
}

/** The report's HTML page; null for an unknown id. */
export async function findReportPage(folders: readonly string[], id: string): Promise<Uint8Array | null> {
  const path = await findPath(folders, id);
  return path === null ? null : readBounded(join(path, page));
}

function positionOf({ id, writtenAt }: ReportPlace): Position {
  return [writtenAt.toISOString(), id];
}

/** Newest first. */
function comparePositions([time = "", id = ""]: Position, [otherTime = "", otherId = ""]: Position): number {
  if (time !== otherTime) return time > otherTime ? 1 : -1;
  return id === otherId ? 0 : id > otherId ? 1 : -1;
}

/** The given folders that are reports, and the subfolders of the others. */
async function reportPaths(folders: readonly string[]): Promise<readonly string[]> {
  const candidates = await Promise.all(
    folders.map(async (folder) => {
      // A folder that is missing or closed to this process has no reports.
      const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
      if (entries.some((entry) => entry.isFile() && entry.name === data)) return [resolve(folder)];
      return entries.filter((entry) => entry.isDirectory()).map((entry) => join(resolve(folder), entry.name));
    }),
  );
  return candidates.flat();
}

/** Compares ids and never uses them as paths. */
async function findPath(folders: readonly string[], id: string): Promise<string | null> {
  return (await reportPaths(folders)).find((candidate) => basename(candidate) === id) ?? null;
}

/** Newest first. Of folders with the same name, the first one counts, as in `findPath`. */
async function findPlaces(folders: readonly string[]): Promise<readonly ReportPlace[]> {
  const places = new Map<string, ReportPlace>();
  for (const path of await reportPaths(folders)) {
    const place = places.has(basename(path)) ? null : await findPlace(path);
    if (place !== null) places.set(place.id, place);
  }
  return [...places.values()].sort((a, b) => comparePositions(positionOf(b), positionOf(a)));
}

/** Null if the folder has no report. The time of writing is at the start of the report; if it is missing, the file's time is used. */
async function findPlace(path: string): Promise<ReportPlace | null> {
  const file = await open(join(path, data)).catch(() => null);
  if (file === null) return null;
  try {
    const { mtime, size } = await file.stat();
    if (size > maxFileSize) return null;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headLength), 0, headLength, 0);
    const written = new Date(writtenTime.exec(buffer.toString("utf8", 0, bytesRead))?.[1] ?? "");
    return { id: basename(path), path, writtenAt: Number.isNaN(written.getTime()) ? mtime : written };
  } catch {
    return null;
  } finally {
    await file.close();
  }
}

async function readReport({ id, path, writtenAt }: ReportPlace): Promise<ReportRecord | null> {
  const bytes = await readBounded(join(path, data));
  if (bytes === null) return null;
  try {
    const report = readReportDocument(JSON.parse(Buffer.from(bytes).toString("utf8")));
    return report === null ? null : { id, writtenAt, ...report };
  } catch {
    return null;
  }
}

async function readBounded(path: string): Promise<Uint8Array | null> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() && found.size <= maxFileSize ? readFile(path) : null;
}
