/** What people say about the images of runs, as columns of a file: what the page shows, with its interval and of which kind it is. */
import type { RunRecognitionPartsFragment } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";
import { intervalColumns } from "../marks/intervalColumns.ts";
import { namesOfIntervalPopulations } from "./peopleTexts.ts";

export const recognitionColumns: readonly string[] = ["people recognise", ...intervalColumns("people"), "people images", "people votes"];

/** For queries that a page shows. */
export const recognitionFields =
  "recognition { meanShare low high intervalFor intervalReason correctedImageCount correctedVoteCount withheld { message } }";

/** Empty for a run whose images were never asked about. */
export function recognitionCells(recognition: RunRecognitionPartsFragment | null): CsvValue[] {
  if (recognition === null || recognition.askedCount === 0) return recognitionColumns.map(() => null);
  const { meanShare, low, high, intervalFor, intervalReason, correctedImageCount, correctedVoteCount, withheld } = recognition;
  return [
    meanShare ?? null,
    low ?? null,
    high ?? null,
    intervalFor == null ? null : namesOfIntervalPopulations[intervalFor],
    withheld?.message ?? intervalReason ?? null,
    correctedImageCount ?? null,
    correctedVoteCount ?? null,
  ];
}
