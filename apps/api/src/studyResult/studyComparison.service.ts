/** Compares studies by their stored results. */
import { setImmediate } from "node:timers/promises";
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { type ComparedStudy, compareStudies, maxComparedStudies, type StudyComparison } from "@pareidolia/perception/study/compareStudies";
import { parseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import { parseResult, type ResultKindId, type StudyResult } from "@pareidolia/perception/study/studyResults";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { StudyRecord } from "@pareidolia/persistence/studies/studies/readStudies";
import { findStudyResults, type StudyResultRecord } from "@pareidolia/persistence/studies/studies/studyResults";
import { studyKey } from "../globalId/globalId.ts";
import { requireInspection } from "../study/inspection.ts";
import type { StudyService } from "../study/study.service.ts";

const field = "studyIds";

export interface ComparedStudies {
  readonly studies: readonly StudyRecord[];
  readonly comparison: StudyComparison;
}

export class StudyComparisonService {
  readonly #database: Database;
  readonly #studies: StudyService;

  constructor({ database, studies }: { readonly database: Database; readonly studies: StudyService }) {
    this.#database = database;
    this.#studies = studies;
  }

  /**
   * @throws AppError INVALID_INPUT for fewer than two studies, for more than can be compared, or for one that is named twice; CONFLICT for a
   * draft; NOT_FOUND or FORBIDDEN, naming the first study that the actor may not inspect.
   */
  async compare(actor: Actor, references: readonly string[]): Promise<ComparedStudies> {
    if (references.length < 2 || references.length > maxComparedStudies)
      throw new AppError("INVALID_INPUT", `Choose from 2 to ${maxComparedStudies} studies to compare.`, { field });
    const studies: StudyRecord[] = [];
    for (const reference of references) studies.push(await this.#open(actor, reference));
    if (new Set(studies.map(({ id }) => id)).size !== studies.length)
      throw new AppError("INVALID_INPUT", "A study is named twice. Compare different studies.", { field });
    const compared: ComparedStudy[] = [];
    for (const study of studies) compared.push(await this.#read(study));
    return { studies, comparison: await runSteps(compareStudies(compared)) };
  }

  async #open(actor: Actor, reference: string): Promise<StudyRecord> {
    try {
      const study = await this.#studies.getByReference(actor, reference, field);
      await requireInspection(this.#database.connection, actor, study);
      if (study.planText === null) throw new AppError("CONFLICT", "It is a draft, and has no plan or votes yet.");
      return study;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      // An address may name eight studies: which one is meant?
      const name = /^STU-\d+$/i.test(reference) ? reference.toUpperCase() : "One of the studies";
      throw new AppError(error.code, `${name} cannot be compared. ${error.message}`, { field, cause: error });
    }
  }

  async #read({ id, number, planText }: StudyRecord): Promise<ComparedStudy> {
    const stored = await findStudyResults(this.#database.connection, { studyId: id, kinds: ["plane", "summary"] });
    if (planText === null) throw new AppError("CONFLICT", `${studyKey(number)} is a draft.`);
    return { plan: parseStudyPlan(JSON.parse(planText)), plane: readOrNull("plane", stored), summary: readOrNull("summary", stored) };
  }
}

/** Lets the process answer other requests after each step. */
async function runSteps<T>(steps: Generator<undefined, T>): Promise<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    await setImmediate();
  }
}

/** A result of an earlier version is computed again, so it counts as not computed yet. */
function readOrNull<Kind extends ResultKindId>(kind: Kind, stored: readonly StudyResultRecord[]): StudyResult<Kind> | null {
  const found = stored.find((result) => result.kind === kind);
  if (found === undefined) return null;
  try {
    return parseResult(kind, found.result);
  } catch {
    return null;
  }
}
