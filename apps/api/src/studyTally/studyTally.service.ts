/** Reads and follows the tallies of studies. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { StudyRecord } from "@pareidolia/persistence/studies/studies/readStudies";
import { readTallies, type StudyTally } from "@pareidolia/persistence/studies/studies/studyTallies";
import type { Bell, Followers } from "../live/followers.ts";
import { requireInspection } from "../study/inspection.ts";
import type { StudyService } from "../study/study.service.ts";
import type { StudyTalliesType } from "./studyTally.type.ts";

/** All images of the largest study fit in one read. */
const talliesPerRead = 100_000;
const talliesPerEvent = 1_000;
/** Votes that arrive within this time share an event. */
const pauseMilliseconds = 200;

interface StudyTallyServiceOptions {
  readonly database: Database;
  readonly studyVotes: Followers<Bell>;
  readonly studies: StudyService;
}

export class StudyTallyService {
  readonly #database: Database;
  readonly #studyVotes: Followers<Bell>;
  readonly #studies: StudyService;

  constructor(options: StudyTallyServiceOptions) {
    this.#database = options.database;
    this.#studyVotes = options.studyVotes;
    this.#studies = options.studies;
  }

  /** All tallies that changed after the sequence number. */
  async read(actor: Actor, study: StudyRecord, after: number): Promise<StudyTalliesType> {
    await requireInspection(this.#database.connection, actor, study);
    checkSequence(after, "after");
    return toTallies(await this.#read(study.id, after, talliesPerRead), after);
  }

  async follow(
    actor: Actor,
    { studyId, since }: { readonly studyId: string; readonly since: number },
  ): Promise<AsyncIterable<StudyTalliesType>> {
    const study = await this.#studies.getByReference(actor, studyId, "studyId");
    await requireInspection(this.#database.connection, actor, study);
    checkSequence(since, "since");
    return this.#studyVotes.follow(study.id, (bell) => this.#changes(actor, study, since, bell));
  }

  /** Ends with FORBIDDEN if the actor starts to vote meanwhile. */
  async *#changes(actor: Actor, study: StudyRecord, since: number, bell: Bell): AsyncGenerator<StudyTalliesType, void, undefined> {
    let seen = since;
    while (!bell.takenDown) {
      const rows = await this.#read(study.id, seen, talliesPerEvent);
      if (rows.length === 0) await bell.wait();
      else {
        await requireInspection(this.#database.connection, actor, study);
        const tallies = toTallies(rows, seen);
        seen = tallies.sequence;
        yield tallies;
        await sleep(pauseMilliseconds);
      }
    }
  }

  #read(studyId: string, after: number, limit: number): Promise<StudyTally[]> {
    return readTallies(this.#database.connection, { studyId, after, limit });
  }
}

function toTallies(rows: readonly StudyTally[], after: number): StudyTalliesType {
  return {
    sequence: rows.at(-1)?.sequence ?? after,
    tallies: rows.map(({ index, votes, agreeing }) => [index, votes, agreeing] as const),
  };
}

function checkSequence(sequence: number, field: string): void {
  if (sequence < 0) throw new AppError("INVALID_INPUT", `"${field}" cannot be negative.`, { field });
}
