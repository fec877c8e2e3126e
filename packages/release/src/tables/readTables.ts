/** Reads voters.csv and images.csv back. */

import { type ArchiveFile, unreadable } from "@pareidolia/archive/archiveFiles";
import type { TypedColumn } from "@pareidolia/archive/tables/columns";
import { readCsv } from "@pareidolia/archive/tables/readCsv";
import { csvLine, textOfCell } from "@pareidolia/core/csv";
import { pseudonymOf } from "@pareidolia/perception/study/pseudonym";
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import { type ImageRole, imageCells, imageColumns, imageRoles, type PlannedImage, type ReleasedImage } from "./imageTable.ts";
import { type ReleasedVoter, voterColumns } from "./voterTable.ts";

export type Row = ReadonlyMap<string, string>;

/** Rows by column. Later versions may have added columns at the end. */
export async function* rowsOf(
  file: ArchiveFile,
  columns: readonly TypedColumn[],
  most: number,
): AsyncGenerator<{ row: Row; cells: readonly string[]; line: string }> {
  let header: readonly string[] | null = null;
  let rows = 0;
  for await (const cells of readCsv(file.read(), file.name)) {
    if (header === null) {
      header = cells;
      if (cells.length > columns.length || columns.slice(0, cells.length).some(({ name }, index) => name !== cells[index]))
        throw unreadable(`the columns of ${file.name} are not those of a release`);
      continue;
    }
    if (cells.length !== header.length) throw unreadable(`a row of ${file.name} has ${cells.length} cells instead of ${header.length}`);
    if (++rows > most) throw unreadable(`${file.name} has more than ${most} rows`);
    const texts = cells.map(textOfCell);
    yield { row: new Map(header.map((name, index) => [name, texts[index] as string])), cells, line: csvLine(texts) };
  }
  if (header === null) throw unreadable(`${file.name} is empty`);
}

const mostVoters = 1_000_000;

/** In order of numbers. @throws AppError CORRUPT_DATA for a malformed row. */
export async function readVoters(file: ArchiveFile): Promise<readonly ReleasedVoter[]> {
  const voters: ReleasedVoter[] = [];
  for await (const { row, cells, line } of rowsOf(file, voterColumns, mostVoters)) {
    const voter: ReleasedVoter = {
      number: wholeNumber(row, "number", file),
      items: itemsOf(row.get("items") ?? "", file),
      finished: row.get("finished") === "true",
      insider: row.get("insider") === "true",
      still: row.get("still") === "true",
      language: row.get("language") ?? "",
      consentVersion: wholeNumber(row, "consent_version", file),
    };
    const expected = csvLine(voterColumns.slice(0, cells.length).map(({ value }) => value(voter)));
    if (line !== expected) throw unreadable(`the row of voter ${pseudonymOf(voter.number)} in ${file.name} is malformed`);
    if (voter.number <= (voters.at(-1)?.number ?? -1)) throw unreadable(`the rows of ${file.name} are not in order of numbers`);
    voters.push(voter);
  }
  return voters;
}

/**
 * The images, by role and index as in the plan.
 * @throws AppError CORRUPT_DATA for a malformed row, or another image than the plan's.
 */
export async function readImages(file: ArchiveFile, plan: StudyPlan, planned: readonly PlannedImage[]): Promise<readonly ReleasedImage[]> {
  const images: ReleasedImage[] = [];
  for await (const { row, cells, line } of rowsOf(file, imageColumns, planned.length)) {
    const role = imageRoles.find((known) => known === row.get("role")) as ImageRole;
    const filled = (name: string): string | null => row.get(name) || null;
    const confidence = filled("confidence");
    const image: ReleasedImage = {
      role,
      index: wholeNumber(row, "index", file),
      source: row.get("source") ?? "",
      confidence: confidence === null ? null : Number(confidence),
      model: filled("model"),
      encoding: filled("encoding"),
      genome: filled("genome"),
      generation: filled("generation") === null ? null : wholeNumber(row, "generation", file),
      agreeingNetworks: namesOf(row.get("agreeing_networks"), file),
      otherNetworks: namesOf(row.get("other_networks"), file),
    };
    const own = planned[images.length] as PlannedImage;
    if (own.role !== role || own.index !== image.index) throw unreadable(`the rows of ${file.name} are not in the order of the plan`);
    const expected = csvLine(imageCells(plan, own, image).slice(0, cells.length));
    if (line !== expected) throw unreadable(`image ${image.index} of the role ${role} in ${file.name} is not that of the plan`);
    images.push(image);
  }
  if (images.length !== planned.length) throw unreadable(`${file.name} has ${images.length} images; the plan has ${planned.length}`);
  return images;
}

function wholeNumber(row: Row, name: string, file: ArchiveFile): number {
  const text = row.get(name) ?? "";
  if (!/^\d{1,10}$/.test(text)) throw unreadable(`${file.name} has ${JSON.stringify(text.slice(0, 80))} in the column ${name}`);
  return Number(text);
}

/** Empty in releases of earlier versions, which lack the column. */
function namesOf(text: string | undefined, file: ArchiveFile): readonly string[] {
  if (text === undefined) return [];
  const malformed = unreadable(`${file.name} has a malformed list of networks`);
  try {
    const names: unknown = JSON.parse(text);
    if (Array.isArray(names) && names.every((name): name is string => typeof name === "string")) return names;
  } catch {
    throw malformed;
  }
  throw malformed;
}

function itemsOf(text: string, file: ArchiveFile): readonly number[] | null {
  if (text === "") return null;
  if (!/^\[(\d{1,8}(,\d{1,8})*)?\]$/.test(text)) throw unreadable(`${file.name} has a malformed list of items`);
  return JSON.parse(text) as number[];
}
