/** Shows owners the places of a study, removes voters without votes, and raises the number of voters without an account. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { pseudonymOf } from "@pareidolia/perception/study/pseudonym";
import { parseStudyDraft } from "@pareidolia/perception/study/studyDraft";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { raiseVoterLimit } from "@pareidolia/persistence/studies/studies/raiseVoterLimit";
import type { StudyRecord } from "@pareidolia/persistence/studies/studies/readStudies";
import {
  countPlaces,
  listPlaces,
  type PlaceCounts,
  type PlaceRecord,
  removeVoters,
  summarisePlaces,
} from "@pareidolia/persistence/studies/voting/readPlaces";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import type { StudyService } from "../study/study.service.ts";
import { maxRemoved, type RaiseVoterLimitInput, type RemoveStudyVotersInput } from "./studyPlace.type.ts";

const byNumber: CursorShape = { name: "studyPlaces.number", values: ["integer"] };
/** More than any study needs. */
const mostVoters = 1_000_000;

export interface StudyPlaces extends PlaceCounts {
  readonly limit: number;
  readonly study: StudyRecord;
}

export class StudyPlaceService {
  readonly #database: Database;
  readonly #studies: StudyService;

  constructor(options: { readonly database: Database; readonly studies: StudyService }) {
    this.#database = options.database;
    this.#studies = options.studies;
  }

  /** @throws AppError FORBIDDEN. */
  async read(actor: Actor, study: StudyRecord): Promise<StudyPlaces> {
    policy.require(actor, "study:managePlaces", study);
    const { anonymousVoters } = parseStudyDraft(study.draft);
    return { limit: anonymousVoters, ...(await summarisePlaces(this.#database.connection, study.id)), study };
  }

  /** The latest voter first. */
  async list(actor: Actor, { study }: StudyPlaces, args: ConnectionArguments): Promise<Connection<PlaceRecord>> {
    policy.require(actor, "study:managePlaces", study);
    const page = await listPlaces(this.#database.connection, { studyId: study.id, page: readPage(args, byNumber) });
    return toConnection(
      page,
      byNumber,
      counterOf(this.#database, (request) => countPlaces(request, study.id)),
    );
  }

  /** Voters with votes stay. @throws AppError FORBIDDEN, INVALID_INPUT. */
  async remove(actor: Actor, input: RemoveStudyVotersInput): Promise<{ readonly removed: readonly number[]; readonly study: StudyRecord }> {
    const study = await this.#studies.getByReference(actor, input.studyId, "input.studyId");
    policy.requireOwn(actor, "study:managePlaces", study);
    if (input.voters.length < 1 || input.voters.length > maxRemoved)
      throw new AppError("INVALID_INPUT", `Name from 1 to ${maxRemoved} voters by their numbers.`, { field: "input.voters" });
    const removed = await this.#database.transaction(async (transaction) => {
      const numbers = await removeVoters(transaction, { studyId: study.id, numbers: input.voters });
      const entry = { action: "study:managePlaces", ...subjectOf(study) };
      const before = { voters: numbers.map(pseudonymOf) };
      await appendAuditEntry(transaction.connection, actor, { ...entry, before, after: { voters: [] } });
      return numbers;
    });
    return { removed, study: await this.#studies.getByReference(actor, input.studyId, "input.studyId") };
  }

  /** @throws AppError FORBIDDEN, INVALID_INPUT; CONFLICT unless the study takes votes and the limit is higher than before. */
  async raiseLimit(actor: Actor, { studyId, limit }: RaiseVoterLimitInput): Promise<{ readonly study: StudyRecord }> {
    const study = await this.#studies.getByReference(actor, studyId, "input.studyId");
    policy.requireOwn(actor, "study:managePlaces", study);
    if (!(limit >= 1 && limit <= mostVoters))
      throw new AppError("INVALID_INPUT", `Enter a number of voters from 1 to ${mostVoters}.`, { field: "input.limit" });
    await this.#database.transaction(async (transaction) => {
      const before = await raiseVoterLimit(transaction, { studyId: study.id, limit });
      const entry = { action: "study:managePlaces", ...subjectOf(study) };
      const change = { before: { anonymousVoters: before }, after: { anonymousVoters: limit } };
      await appendAuditEntry(transaction.connection, actor, { ...entry, ...change });
    });
    return { study: await this.#studies.getByReference(actor, studyId, "input.studyId") };
  }
}

function subjectOf({ id, number }: StudyRecord) {
  return { subjectType: "Study", subjectId: id, subjectName: `STU-${number}` };
}
