/**
 * The counted votes on a study's images, and their changes. Each change gets the study's next sequence number while the study's row is
 * locked, so a reader that reads all changes after a number misses none.
 */
import type { Connection } from "../../server/database/database.ts";

export interface StudyTally {
  readonly index: number;
  /** Votes that count, and those of them that agree with the label. */
  readonly votes: number;
  readonly agreeing: number;
  readonly sequence: number;
}

/**
 * The tallies of counted images that changed after the sequence number, in order of change: `limit` of them, and those that the last change
 * has changed too. A withdrawal changes many at once, and a reader that continues after its number would miss the rest.
 */
export function readTallies(
  connection: Connection,
  { studyId, after, limit }: { readonly studyId: string; readonly after: number; readonly limit: number },
): Promise<StudyTally[]> {
  return connection.$queryRaw<StudyTally[]>`
    SELECT index, votes, agreeing, tally_sequence AS sequence FROM study_images
    WHERE study_id = ${studyId} AND tally_sequence > ${after}::int AND role = 'COUNTED'
    ORDER BY tally_sequence FETCH FIRST (${limit}::int) ROWS WITH TIES`;
}
