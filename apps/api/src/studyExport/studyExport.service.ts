/** Exports the trials of a study: every answer with its voter's pseudonym, what was shown, when, and whether it counts. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { StudyImageRole } from "@pareidolia/core/studyState";
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import { readTiming, type StudyImage } from "@pareidolia/perception/study/results/studyData";
import { parseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import type { ExportedStudy, ExportedVoter } from "@pareidolia/perception/study/trialRow";
import { csvHeader, csvLines, jsonLines } from "@pareidolia/perception/study/trialTable";
import { appendAuditEntry } from "@pareidolia/persistence/audit/appendAuditEntry";
import type { Database } from "@pareidolia/persistence/database/database";
import type { StudyRecord } from "@pareidolia/persistence/studies/readStudies";
import { findVoterStates, findVotersWithVotes, type VoterWithVotes } from "@pareidolia/persistence/studies/readVotes";
import { findStudyImages } from "@pareidolia/persistence/studies/studyImages";
import { studyKey } from "../globalId/globalId.ts";
import { policy } from "../policy/policy.ts";
import { requireInspection } from "../study/inspection.ts";
import type { StudyService } from "../study/study.service.ts";

export const trialFormats = {
  csv: { contentType: "text/csv; charset=utf-8", header: csvHeader, lines: csvLines },
  jsonl: { contentType: "application/jsonl; charset=utf-8", header: () => "", lines: jsonLines },
} as const;
export type TrialFormat = keyof typeof trialFormats;

const votersAtOnce = 50;

export class StudyExportService {
  readonly #database: Database;
  readonly #studies: StudyService;

  constructor({ database, studies }: { readonly database: Database; readonly studies: StudyService }) {
    this.#database = database;
    this.#studies = studies;
  }

  /** The file in parts, the first of which is its header. @throws AppError NOT_FOUND, FORBIDDEN, or CONFLICT for a draft. */
  async *export(
    actor: Actor,
    { reference, format }: { readonly reference: string; readonly format: TrialFormat },
  ): AsyncGenerator<string, void> {
    const record = await this.#studies.getByReference(actor, reference, "study");
    policy.require(actor, "study:export", record);
    await requireInspection(this.#database.connection, actor, record);
    const study = await this.#describe(record);
    const { connection } = this.#database;
    const states = await findVoterStates(connection, record.id);
    await this.#database.transaction((transaction) =>
      appendAuditEntry(transaction.connection, actor, {
        action: "study:export",
        subjectType: "Study",
        subjectId: record.id,
        subjectName: study.study,
        before: null,
        after: { format, voters: states.length },
      }),
    );
    const { header, lines } = trialFormats[format];
    yield header();
    for (let from = 0; from < states.length; from += votersAtOnce) {
      const numbers = states.slice(from, from + votersAtOnce).map(({ number }) => number);
      const voters = await findVotersWithVotes(connection, { studyId: record.id, numbers });
      yield withExclusions(study, voters)
        .flatMap((voter) => [...lines(study, voter)])
        .join("");
    }
  }

  async #describe({ id, number, planText, planHash }: StudyRecord): Promise<ExportedStudy> {
    if (planText === null || planHash === null) throw new AppError("CONFLICT", "This study is a draft, and has no votes yet.");
    const images = await findStudyImages(this.#database.connection, id);
    const ofRole = (role: StudyImageRole): StudyImage[] =>
      images.filter((image) => image.role === role).map(({ confidence, source }) => ({ confidence, source }));
    return {
      study: studyKey(number),
      planHash,
      plan: parseStudyPlan(JSON.parse(planText)),
      images: { counted: ofRole("COUNTED"), gold: ofRole("GOLD"), noise: ofRole("NOISE"), canary: ofRole("CANARY") },
    };
  }
}

/** Which rules exclude a voter depends on this voter's votes alone. */
function withExclusions({ plan, images }: ExportedStudy, voters: readonly VoterWithVotes[]): ExportedVoter[] {
  const exported = voters.map(({ number, items, finished, insider, still, votes }) => ({
    voter: { number, items, finished, insider, still },
    votes: votes.map(({ trial, answer, responseMs, timing, votedAt }) => ({
      voter: number,
      trial,
      answer,
      responseMs,
      timing: readTiming(timing),
      votedAt,
    })),
  }));
  const { exclusions } = collectStudy({
    plan,
    images: images.counted,
    voters: exported.map(({ voter }) => voter),
    votes: exported.flatMap(({ votes }) => votes),
  });
  return exported.map((voter, index) => ({ ...voter, exclusions: exclusions[index] ?? [] }));
}
