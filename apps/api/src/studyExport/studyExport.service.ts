/** Exports the trials of a study: every answer with its voter's pseudonym, what was shown, when, and whether it counts. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { StudyImageRole } from "@pareidolia/core/studyState";
import { completeCodes } from "@pareidolia/perception/coding/textCodes";
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import { readTiming, type StudyImage } from "@pareidolia/perception/study/results/studyData";
import { parseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import type { ExportedStudy, ExportedVoter } from "@pareidolia/perception/study/trialRow";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { StudyRecord } from "@pareidolia/persistence/studies/studies/readStudies";
import { findVoterStates, findVotersWithVotes, type VoterWithVotes } from "@pareidolia/persistence/studies/studies/readVotes";
import { findStudyImages } from "@pareidolia/persistence/studies/studies/studyImages";
import { findGivenTexts, findRevealedTexts } from "@pareidolia/persistence/studies/textCodes/readTextCodes";
import { trialFormats } from "@pareidolia/release/tables/trialFormats";
import { studyKey } from "../globalId/globalId.ts";
import { policy } from "../policy/policy.ts";
import { auditExport } from "../study/auditExport.ts";
import { requireInspection } from "../study/inspection.ts";
import type { StudyService } from "../study/study.service.ts";

export type TrialFormat = keyof typeof trialFormats;
export const trialFormatIds = Object.keys(trialFormats) as readonly TrialFormat[];

const votersAtOnce = 50;

export class StudyExportService {
  readonly #database: Database;
  readonly #studies: StudyService;

  constructor({ database, studies }: { readonly database: Database; readonly studies: StudyService }) {
    this.#database = database;
    this.#studies = studies;
  }

  /** The file in parts. Nothing is read before the first is requested. @throws AppError NOT_FOUND, FORBIDDEN, or CONFLICT for a draft. */
  async *export(
    actor: Actor,
    { reference, format }: { readonly reference: string; readonly format: TrialFormat },
  ): AsyncGenerator<Uint8Array, void> {
    const record = await this.#studies.getByReference(actor, reference, "study");
    policy.require(actor, "study:export", record);
    await requireInspection(this.#database.connection, actor, record);
    const study = await this.#describe(record);
    const states = await findVoterStates(this.#database.connection, record.id);
    await auditExport(this.#database, actor, record, { format, voters: states.length });
    const numbers = states.map(({ number }) => number);
    yield* trialFormats[format].write(study, this.#readVoters(record.id, study, numbers));
  }

  async *#readVoters(studyId: string, study: ExportedStudy, numbers: readonly number[]): AsyncGenerator<ExportedVoter> {
    for (let from = 0; from < numbers.length; from += votersAtOnce) {
      const part = numbers.slice(from, from + votersAtOnce);
      yield* withExclusions(study, await findVotersWithVotes(this.#database.connection, { studyId, numbers: part }));
    }
  }

  async #describe({ id, number, planText, planHash }: StudyRecord): Promise<ExportedStudy> {
    if (planText === null || planHash === null) throw new AppError("CONFLICT", "This study is a draft, and has no votes yet.");
    const { connection } = this.#database;
    const images = await findStudyImages(connection, id);
    const given = await findGivenTexts(connection, id);
    const ofRole = (role: StudyImageRole): StudyImage[] =>
      images.filter((image) => image.role === role).map(({ confidence, source }) => ({ confidence, source }));
    return {
      study: studyKey(number),
      planHash,
      plan: parseStudyPlan(JSON.parse(planText)),
      images: { counted: ofRole("COUNTED"), gold: ofRole("GOLD"), noise: ofRole("NOISE"), canary: ofRole("CANARY") },
      codes: completeCodes(
        await findRevealedTexts(connection, id),
        given.map(({ text }) => text),
      ),
    };
  }
}

/** Which rules exclude a voter depends on this voter's votes alone. */
function withExclusions({ plan, images }: ExportedStudy, voters: readonly VoterWithVotes[]): ExportedVoter[] {
  const exported = voters.map(({ number, items, finished, insider, still, votes }) => ({
    voter: { number, items, finished, insider, still },
    votes: votes.map(({ timing, ...vote }) => ({ voter: number, ...vote, timing: readTiming(timing) })),
  }));
  const { exclusions } = collectStudy({
    plan,
    images: images.counted,
    voters: exported.map(({ voter }) => voter),
    votes: exported.flatMap(({ votes }) => votes),
  });
  return exported.map((voter, index) => ({ ...voter, exclusions: exclusions[index] ?? [] }));
}
