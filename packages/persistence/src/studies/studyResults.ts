/** The statistics of studies, as a job last computed them. */
import type { Connection } from "../database/database.ts";

export interface StudyResultRecord {
  readonly studyId: string;
  /** A kind in perception's registry of results. */
  readonly kind: string;
  /** The study's votes when it was computed. */
  readonly voteCount: number;
  /** Perception's StudyResult as JSON. */
  readonly result: unknown;
  readonly computedAt: Date;
}

/** The results of a study, by kind. */
export function findStudyResults(
  connection: Connection,
  { studyId, kinds }: { readonly studyId: string; readonly kinds: readonly string[] },
): Promise<StudyResultRecord[]> {
  return connection.studyResult.findMany({ where: { studyId, kind: { in: [...kinds] } }, orderBy: { kind: "asc" } });
}
