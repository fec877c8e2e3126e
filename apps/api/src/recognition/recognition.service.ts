/**
 * Reads what people say about images. Figures that a study contributes to are withheld from a member to whom the study is closed: the rule
 * of `inspection.ts`, also where figures of several studies are pooled.
 */
import { wilsonInterval } from "@pareidolia/analysis/wilson";
import type { Actor, MemberActor } from "@pareidolia/core/actor";
import { undefinedBecause } from "@pareidolia/perception/agreement/coefficient";
import { meanRecognised, recognisedShare, withinShare } from "@pareidolia/perception/images/recognisedShare";
import type { BoundsOrReason } from "@pareidolia/perception/intervals/bounds";
import { whyNotCrossed } from "@pareidolia/perception/intervals/crossedShare";
import { shareIntervalOf } from "@pareidolia/perception/intervals/shareInterval";
import { readAnswer } from "@pareidolia/perception/protocols/registry";
import { guessesOfStudiesAreUnknown } from "@pareidolia/perception/study/guesses";
import { type AnswerToImage, imageAnswers, type QuestionAnswers } from "@pareidolia/perception/study/imageAnswers";
import { shownSide } from "@pareidolia/perception/study/recognition";
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import type { ClosedBecause } from "@pareidolia/persistence/lab/recognition/closedStudies";
import type { LabelledKind } from "@pareidolia/persistence/lab/recognition/labelledImages";
import {
  type AnswerRecord,
  findAnswersToImage,
  findPlannedVoters,
  findRecognition,
  type ImageStudyRecord,
  listStudiesOfImage,
  type RecognitionRecord,
} from "@pareidolia/persistence/lab/recognition/readRecognition";
import {
  findRecognitionOfRuns,
  maxVotesOfGroup,
  type RunRecognitionRecord,
} from "@pareidolia/persistence/lab/recognition/readRunRecognition";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { studyKey } from "../globalId/globalId.ts";
import { endsOf } from "../intervalEnds.ts";
import { policy } from "../policy/policy.ts";
import type { ShelvedStudy, StudyShelf } from "../voting/studyShelf.ts";
import type {
  ImageQuestionType,
  ImageStudyType,
  PeopleShareType,
  RecognitionType,
  RunRecognitionType,
  WithheldType,
} from "./recognition.type.ts";

/** Studies of one image, latest first. */
const maxStudies = 20;
/** Answers to one image that are read at once; a study's overlap is far smaller. */
const maxAnswers = 5_000;
const maxKinds = 20;

/** The image of an elite, a trajectory or a perturbation, by its ID. */
export interface LabelledImage {
  readonly kind: LabelledKind;
  readonly id: string;
}

type AnswersInStudy = Pick<ImageStudyType, "label" | "labelName" | "confidence" | "counted" | "questions">;

/** The resolver adds the study. */
export interface ImageStudy extends Omit<ImageStudyType, "study"> {
  readonly studyId: string;
}

const closed: AnswersInStudy = { label: null, labelName: null, confidence: null, counted: null, questions: [] };

export class RecognitionService {
  readonly #database: Database;
  readonly #shelf: StudyShelf;

  constructor({ database, shelf }: { readonly database: Database; readonly shelf: StudyShelf }) {
    this.#database = database;
    this.#shelf = shelf;
  }

  get #connection() {
    return this.#database.connection;
  }

  /** Of images in the actor's workspace, one statement for each kind; null for others, and for people who may not inspect studies. */
  async load(actor: Actor, images: readonly LabelledImage[]): Promise<(RecognitionType | null)[]> {
    if (!mayInspectStudies(actor)) return images.map(() => null);
    const found = new Map<LabelledImage, RecognitionType>();
    for (const kind of new Set(images.map((image) => image.kind))) {
      const ofKind = images.filter((image) => image.kind === kind);
      const rows = await findRecognition(this.#connection, { ...readerOf(actor), kind, ids: ofKind.map(({ id }) => id) });
      for (const [i, image] of ofKind.entries()) found.set(image, rows[i] == null ? neverAsked : toRecognition(rows[i]));
    }
    return images.map((image) => found.get(image) ?? null);
  }

  loadOfRuns(actor: Actor, runIds: readonly string[]): Promise<(RunRecognitionType | null)[]> {
    return this.loadOfGroups(
      actor,
      runIds.map((id) => [id]),
    );
  }

  /** Of groups of runs, over the images of all their runs together, each counted once. Withheld if any of them is. */
  async loadOfGroups(actor: Actor, groups: readonly (readonly string[])[]): Promise<(RunRecognitionType | null)[]> {
    if (!mayInspectStudies(actor)) return groups.map(() => null);
    const rows = await findRecognitionOfRuns(this.#connection, { ...readerOf(actor), groups });
    return rows.map((row) => (row === null ? noImages : toRunRecognition(row)));
  }

  /** Studies of the actor's workspace that asked about the image, latest first; none for people who may not inspect studies. */
  async listStudies(actor: Actor, imageSha256: string): Promise<ImageStudy[]> {
    if (!mayInspectStudies(actor)) return [];
    const rows = await listStudiesOfImage(this.#connection, { ...readerOf(actor), imageSha256, limit: maxStudies });
    return Promise.all(
      rows.map(async ({ because, ...row }): Promise<ImageStudy> => {
        const { studyId, index, sequence } = row;
        if (because !== null) return { studyId, index, sequence, ...closed, withheld: withheldFor(row.number, because) };
        return { studyId, index, sequence, withheld: null, ...(await this.#readAnswers(row)) };
      }),
    );
  }

  async #readAnswers({ studyId, index, label, confidence }: Omit<ImageStudyRecord, "because">): Promise<AnswersInStudy> {
    const study = await this.#shelf.get(studyId);
    const [answers, planned] = await Promise.all([
      findAnswersToImage(this.#connection, { studyId, index, limit: maxAnswers }),
      findPlannedVoters(this.#connection, studyId),
    ]);
    const given = answers.flatMap((answer) => this.#answerOf(study, answer) ?? []);
    const { plan } = study;
    const counted = shownSide(planned);
    const nameOf = namesOf(plan);
    const interval = shareIntervalOf(plan.rules.stopping);
    return {
      label,
      labelName: nameOf(label),
      confidence,
      counted,
      questions: imageAnswers(plan.rules.design, given, counted, interval).map((question) => toQuestion(question, nameOf)),
    };
  }

  #answerOf(study: ShelvedStudy, { voterId, number, items, trial: place, answer, excluded }: AnswerRecord): AnswerToImage | null {
    const trial = this.#shelf.trialsOf(study, { id: voterId, number, items })[place];
    const phase = trial === undefined ? undefined : study.plan.rules.design.phases[trial.phase];
    if (trial === undefined || phase === undefined) return null;
    return { trial, answer: readAnswer(phase.protocol, trial.screen, answer), excluded };
  }
}

function mayInspectStudies(actor: Actor): actor is MemberActor {
  return actor.workspaceId !== null && policy.grants(actor, "study:inspect");
}

const readerOf = (actor: MemberActor) => ({ scope: policy.scope(actor, "study:inspect"), userId: actor.userId });

function withheldFor(studyNumber: number, because: ClosedBecause): WithheldType {
  const key = studyKey(studyNumber);
  const message =
    because === "VOTING"
      ? `You are voting in ${key}. Finish it to see what people say.`
      : `You take part in a norming room of ${key}. Once all its images are revealed, you see what people say.`;
  return { reason: because, studyKey: key, message };
}

function toShare(agreeing: number, votes: number): PeopleShareType | null {
  if (votes === 0) return null;
  const { estimate, low, high } = wilsonInterval(agreeing, votes);
  return { votes, agreeing, share: estimate, low, high };
}

/** Fewer images have no mean. */
const fewestForMean = 2;
const withoutShare = { named: null, recognised: null, recognisedReason: null };
const neverAsked: RecognitionType = { studyCount: 0, ...withoutShare, withheld: null };
const withoutFigures = {
  imageCount: null,
  voteCount: null,
  correctedImageCount: null,
  correctedVoteCount: null,
  meanShare: null,
  low: null,
  high: null,
  intervalFor: null,
  intervalReason: null,
};
const noImages: RunRecognitionType = {
  ...withoutFigures,
  askedCount: 0,
  imageCount: 0,
  voteCount: 0,
  correctedImageCount: 0,
  correctedVoteCount: 0,
  intervalReason: whyNotCrossed({ voters: 0, images: 0, votes: 0 }),
  withheld: null,
};

function toRecognition({ studies, votes, agreeing, closedStudy, because, ...corrected }: RecognitionRecord): RecognitionType {
  if (closedStudy !== null && because !== null)
    return { studyCount: studies, ...withoutShare, withheld: withheldFor(closedStudy, because) };
  const { correctedVotes, recognised, guessOdds } = corrected;
  const share = recognisedShare({ votes: correctedVotes, recognised, guessOdds });
  return {
    studyCount: studies,
    named: toShare(agreeing, votes),
    recognised: share === null ? null : { ...share, votes: correctedVotes },
    recognisedReason: share !== null || votes === 0 ? null : guessesOfStudiesAreUnknown,
    withheld: null,
  };
}

function toRunRecognition(row: RunRecognitionRecord): RunRecognitionType {
  const { asked: askedCount, images, votes, correctedImages, correctedVotes, mean, closedStudy, because } = row;
  if (closedStudy !== null && because !== null) return { ...withoutFigures, askedCount, withheld: withheldFor(closedStudy, because) };
  const bounds = boundsOf(row);
  return {
    askedCount,
    imageCount: images,
    voteCount: votes,
    correctedImageCount: correctedImages,
    correctedVoteCount: correctedVotes,
    meanShare: correctedImages < fewestForMean || mean === null ? null : withinShare(mean),
    ...endsOf(bounds),
    intervalFor: bounds.defined ? "votersAndImages" : null,
    withheld: null,
  };
}

function boundsOf(row: RunRecognitionRecord): BoundsOrReason {
  const { correctedImages: images, correctedVotes: votes, mean, imageSquares, inverseVotes, odds, ofVoters } = row;
  if (votes === 0 && row.votes > 0) return undefinedBecause(guessesOfStudiesAreUnknown);
  // By any number of voters, so few images or votes have no interval.
  const few = whyNotCrossed({ voters: Number.POSITIVE_INFINITY, images, votes });
  if (few !== null || mean === null || imageSquares === null || inverseVotes === null || odds === null)
    return undefinedBecause(few ?? (noImages.intervalReason as string));
  if (ofVoters !== null) return meanRecognised({ images, votes, mean, imageSquares, inverseVotes, odds, ...ofVoters });
  return undefinedBecause(
    votes > maxVotesOfGroup
      ? `A 95% interval is computed for at most ${maxVotesOfGroup.toLocaleString("en")} votes.`
      : "The results of a study that shows these images are being computed again. The interval follows in a moment.",
  );
}

function namesOf({ rules, labelNames, languages }: StudyPlan): (label: number) => string {
  const names = labelNames[languages[0] ?? ""] ?? [];
  const places = new Map(rules.design.labels.map((label, place) => [label, place]));
  return (label) => names[places.get(label) ?? -1] ?? `class ${label}`;
}

function toQuestion(question: QuestionAnswers, nameOf: (label: number) => string): ImageQuestionType {
  const { phase, protocol, chance, votes: voteCount, withoutAgreement, agreement, answers, excluded, missing } = question;
  const { alternatives, framing }: Partial<Record<string, unknown>> = { ...protocol.values };
  return {
    number: phase,
    protocol: protocol.kind,
    alternatives: typeof alternatives === "number" ? alternatives : null,
    mentionsMachine: framing === "machine",
    chance,
    voteCount,
    namedReason: withoutAgreement,
    named: agreement === null ? null : toShare(agreement.agreeing, agreement.n),
    answers: answers.slice(0, maxKinds).map(({ meaning, agrees, votes, share }) => ({
      kind: meaning.kind,
      text: meaning.kind === "label" ? nameOf(meaning.label) : meaning.kind === "text" ? meaning.text : null,
      agrees,
      given: toShare(votes, share.n) as PeopleShareType,
    })),
    excludedCount: excluded,
    missingCount: missing,
  };
}
