/** The trials of a study in each format, as streams of bytes: for releases, and for downloads without one. */
import { type ExportedStudy, type ExportedVoter, voterRows } from "@pareidolia/perception/study/trialRow";
import { type Cell, csvLine, type TrialColumn, trialColumns } from "@pareidolia/perception/study/trialTable";
import { typedTrialColumns } from "./columnType.ts";
import { writeParquet } from "./writeParquet.ts";

/** Voters who did not withdraw, in order of numbers; a download reads them from the database one by one. */
type ExportedVoters = Iterable<ExportedVoter> | AsyncIterable<ExportedVoter>;

/** @throws AppError CORRUPT_DATA for votes that do not fit their trials. */
type WriteTrials = (study: ExportedStudy, voters: ExportedVoters, columns?: readonly TrialColumn[]) => AsyncGenerator<Uint8Array>;

const utf8 = new TextEncoder();
/** Characters that are encoded together. */
const pieceLength = 1 << 18;

async function* cellsOf(study: ExportedStudy, voters: ExportedVoters, columns: readonly TrialColumn[]): AsyncGenerator<readonly Cell[]> {
  for await (const voter of voters) for (const row of voterRows(study, voter)) yield columns.map(({ value }) => value(row));
}

async function* inPieces(lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let text = "";
  for await (const line of lines) {
    text += line;
    if (text.length < pieceLength) continue;
    yield utf8.encode(text);
    text = "";
  }
  if (text !== "") yield utf8.encode(text);
}

const writeCsv: WriteTrials = (study, voters, columns = trialColumns) => {
  async function* lines(): AsyncGenerator<string> {
    yield csvLine(columns.map(({ name }) => name));
    for await (const cells of cellsOf(study, voters, columns)) yield csvLine(cells);
  }
  return inPieces(lines());
};

/** An object on each line; lists are lists, and empty cells are null. */
const writeJsonLines: WriteTrials = (study, voters, columns = trialColumns) => {
  async function* lines(): AsyncGenerator<string> {
    for await (const cells of cellsOf(study, voters, columns))
      yield `${JSON.stringify(Object.fromEntries(columns.map(({ name }, index) => [name, cells[index]])))}\n`;
  }
  return inPieces(lines());
};

const writeAsParquet: WriteTrials = (study, voters, columns = trialColumns) =>
  writeParquet(typedTrialColumns.slice(0, columns.length), cellsOf(study, voters, columns));

interface TrialFormat {
  readonly label: string;
  readonly mediaType: string;
  /** Of a response, with the charset. */
  readonly contentType: string;
  readonly write: WriteTrials;
}

/** By the end of the file's name. Each writes all voters that it is given, so a caller leaves out those who withdrew. */
export const trialFormats = {
  csv: { label: "CSV", mediaType: "text/csv", contentType: "text/csv; charset=utf-8", write: writeCsv },
  jsonl: { label: "JSON lines", mediaType: "application/jsonl", contentType: "application/jsonl; charset=utf-8", write: writeJsonLines },
  parquet: {
    label: "Parquet",
    mediaType: "application/vnd.apache.parquet",
    contentType: "application/vnd.apache.parquet",
    write: writeAsParquet,
  },
} as const satisfies Readonly<Record<string, TrialFormat>>;
