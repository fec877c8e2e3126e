/** The trials of a study in each format, as streams of bytes: for releases, and for downloads without one. */
import type { Cells } from "@pareidolia/archive/tables/columns";
import { type TableFormatId, tableFormats } from "@pareidolia/archive/tables/writeTable";
import { type ExportedStudy, type ExportedVoter, voterRows } from "@pareidolia/perception/study/trialRow";
import { type TrialColumn, trialColumns } from "@pareidolia/perception/study/trialTable";
import { typedTrialColumns } from "./trialTypes.ts";

/** Voters who did not withdraw, in order of numbers; a download reads them from the database one by one. */
type ExportedVoters = Iterable<ExportedVoter> | AsyncIterable<ExportedVoter>;

/** @throws AppError CORRUPT_DATA for votes that do not fit their trials. */
type WriteTrials = (study: ExportedStudy, voters: ExportedVoters, columns?: readonly TrialColumn[]) => AsyncGenerator<Uint8Array>;

async function* cellsOf(study: ExportedStudy, voters: ExportedVoters, columns: readonly TrialColumn[]): AsyncGenerator<Cells> {
  for await (const voter of voters) for (const row of voterRows(study, voter)) yield columns.map(({ value }) => value(row));
}

function trialsAs(format: TableFormatId) {
  const { label, mediaType, contentType, write } = tableFormats[format];
  const writeTrials: WriteTrials = (study, voters, columns = trialColumns) =>
    write(typedTrialColumns.slice(0, columns.length), cellsOf(study, voters, columns));
  return { label, mediaType, contentType, write: writeTrials };
}

/** By the end of the file's name. Each writes all voters that it is given, so a caller leaves out those who withdrew. */
export const trialFormats = { csv: trialsAs("csv"), jsonl: trialsAs("jsonl"), parquet: trialsAs("parquet") } as const;
