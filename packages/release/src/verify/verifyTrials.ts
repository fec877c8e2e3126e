/**
 * The trials of a release against its plan: every row is rebuilt from the plan and the voter's number and images, so that options, order,
 * roles, agreement and exclusion follow from the protocol and the answers alone.
 */

import { type ArchiveFile, unreadable } from "@pareidolia/archive/archiveFiles";
import { readCsv } from "@pareidolia/archive/tables/readCsv";
import { AppError } from "@pareidolia/core/appError";
import { csvLine, textOfCell } from "@pareidolia/core/csv";
import { pseudonymOf } from "@pareidolia/perception/study/pseudonym";
import { type Evidence, StudyCollector } from "@pareidolia/perception/study/results/evidence";
import { type ExportedStudy, type ExportedVote, type ExportedVoter, voterRows } from "@pareidolia/perception/study/trialRow";
import type { TrialColumn } from "@pareidolia/perception/study/trialTable";
import type { ReleasedText } from "../tables/codeTable.ts";
import { columnsOf, readTrial } from "../tables/readTrial.ts";
import type { ReleasedVoter } from "../tables/voterTable.ts";

/** More than the trials of any design. */
const maxVotes = 2 ** 22;

export interface TrialFile {
  readonly file: ArchiveFile;
  readonly study: ExportedStudy;
  /** Texts whose codes are revealed. */
  readonly coded: readonly ReleasedText[];
  readonly voters: readonly ReleasedVoter[];
}

/** The columns that the file has. @throws AppError CORRUPT_DATA for columns of another table. */
export async function readColumns(file: ArchiveFile): Promise<readonly TrialColumn[]> {
  for await (const header of readCsv(file.read(), file.name)) return columnsOf(header);
  throw unreadable(`${file.name} is empty`);
}

/**
 * All voters in order with their votes, also those without votes.
 * @param exclusions of each voter, if known.
 * @throws AppError CORRUPT_DATA for a malformed row, or rows in another order than that of voters and trials.
 */
export async function* readVoterVotes(
  { file, voters }: Pick<TrialFile, "file" | "voters">,
  exclusions: Evidence["exclusions"] = [],
): AsyncGenerator<ExportedVoter, void, undefined> {
  let columns: number | null = null;
  let index = 0;
  let votes: ExportedVote[] = [];
  const take = (): ExportedVoter => {
    const own = { voter: voters[index] as ReleasedVoter, votes, exclusions: exclusions[index] ?? [] };
    votes = [];
    index++;
    return own;
  };
  for await (const cells of readCsv(file.read(), file.name)) {
    if (columns === null) {
      columns = columnsOf(cells).length;
      continue;
    }
    const vote = readTrial(cells, columns);
    while (index < voters.length && (voters[index]?.number as number) < vote.voter) yield take();
    if (voters[index]?.number !== vote.voter)
      throw unreadable(`${file.name} has a row of ${pseudonymOf(vote.voter)}, who is not in voters.csv or comes too late`);
    if (vote.trial <= (votes.at(-1)?.trial ?? -1) || votes.length >= maxVotes)
      throw unreadable(`the trials of ${pseudonymOf(vote.voter)} in ${file.name} are not in order`);
    votes.push(vote);
  }
  if (columns === null) throw unreadable(`${file.name} is empty`);
  while (index < voters.length) yield take();
}

/** The evidence that results are computed from. @throws AppError CORRUPT_DATA for votes that do not fit the plan. */
export async function collectTrials({
  file,
  study,
  coded,
  voters,
}: TrialFile): Promise<{ readonly evidence: Evidence; readonly rows: number }> {
  const collector = new StudyCollector(study.plan);
  let rows = 0;
  for await (const { voter, votes } of readVoterVotes({ file, voters })) {
    collector.setVoter(voter, votes);
    rows += votes.length;
  }
  return { evidence: collector.evidence(study.images.counted, coded), rows };
}

/** @throws AppError CORRUPT_DATA naming the first cell that does not follow from plan, voters and answers. */
export async function verifyRows(trials: TrialFile, { exclusions, coding }: Evidence, columns: readonly TrialColumn[]): Promise<void> {
  const rows = readCsv(trials.file.read(), trials.file.name);
  await rows.next();
  for await (const voter of readVoterVotes(trials, exclusions))
    for (const row of voterRows({ ...trials.study, codes: coding?.codes ?? null }, voter)) {
      const cells = (await rows.next()).value ?? [];
      const expected = csvLine(columns.map(({ value }) => value(row)));
      if (csvLine(cells.map(textOfCell)) === expected) continue;
      const different = columns.find(({ value }, index) => csvLine([textOfCell(cells[index] ?? "")]) !== csvLine([value(row)]));
      const place = different === undefined ? -1 : columns.indexOf(different);
      throw new AppError(
        "CORRUPT_DATA",
        `Trial ${row.trial.number + 1} of ${row.pseudonym} has ${JSON.stringify((cells[place] ?? "").slice(0, 120))} in the column ` +
          `${different?.name ?? "?"}; from the plan follows ${csvLine([different?.value(row) ?? ""])
            .trimEnd()
            .slice(0, 120)}.`,
      );
    }
}

/**
 * Compares a file with the bytes that it should have.
 * @throws AppError CORRUPT_DATA with the line, or the byte if the file has no lines.
 */
export async function verifyBytes(file: ArchiveFile, expected: AsyncIterable<Uint8Array>, unit: "line" | "byte"): Promise<void> {
  const actual = file.read()[Symbol.asyncIterator]();
  let [rest, at, line] = [new Uint8Array(0), 0, 1];
  const differ = (): AppError =>
    new AppError("CORRUPT_DATA", `${file.name} differs from trials.csv at ${unit === "line" ? `line ${line}` : `byte ${at + 1}`}.`);
  for await (const piece of expected) {
    for (let from = 0; from < piece.length; ) {
      if (rest.length === 0) {
        const next = await actual.next();
        if (next.done === true) throw differ();
        rest = new Uint8Array(next.value);
        continue;
      }
      const length = Math.min(rest.length, piece.length - from);
      for (let index = 0; index < length; index++, at++) {
        if (rest[index] !== piece[from + index]) throw differ();
        if (rest[index] === 0x0a) line++;
      }
      from += length;
      rest = rest.subarray(length);
    }
  }
  if (rest.length > 0 || (await actual.next()).done !== true) throw differ();
}
