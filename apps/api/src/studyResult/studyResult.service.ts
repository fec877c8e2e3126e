/** Reads the computed statistics of studies. */
import type { Actor } from "@pareidolia/core/actor";
import { resultKindIds } from "@pareidolia/perception/study/studyResults";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { StudyRecord } from "@pareidolia/persistence/studies/studies/readStudies";
import { findComputedAt, findStudyResults, type StudyResultRecord } from "@pareidolia/persistence/studies/studies/studyResults";
import { requireInspection } from "../study/inspection.ts";

export class StudyResultService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Results that have been computed, by kind. */
  async list(actor: Actor, study: StudyRecord, kinds: readonly string[] | null | undefined): Promise<StudyResultRecord[]> {
    await requireInspection(this.#database.connection, actor, study);
    return findStudyResults(this.#database.connection, { studyId: study.id, kinds: kinds ?? resultKindIds });
  }

  /** Of studies that the actor was given; each null before the first computation. */
  findComputedAt(studies: readonly StudyRecord[]): Promise<(Date | null)[]> {
    return findComputedAt(
      this.#database.connection,
      studies.map(({ id }) => id),
    );
  }
}
