/** Reads the computed statistics of studies. */
import type { Actor } from "@pareidolia/core/actor";
import { resultKindIds } from "@pareidolia/perception/study/studyResults";
import type { Database } from "@pareidolia/persistence/database/database";
import type { StudyRecord } from "@pareidolia/persistence/studies/readStudies";
import { findStudyResults, type StudyResultRecord } from "@pareidolia/persistence/studies/studyResults";
import type { StudyService } from "../study/study.service.ts";

export class StudyResultService {
  readonly #database: Database;

  readonly #studies: StudyService;

  constructor({ database, studies }: { readonly database: Database; readonly studies: StudyService }) {
    this.#database = database;
    this.#studies = studies;
  }

  /** Results that have been computed, by kind. */
  async list(actor: Actor, study: StudyRecord, kinds: readonly string[] | null | undefined): Promise<StudyResultRecord[]> {
    await this.#studies.requireInspection(actor, study);
    return findStudyResults(this.#database.connection, { studyId: study.id, kinds: kinds ?? resultKindIds });
  }
}
