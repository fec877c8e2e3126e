/** Everything that a voter does: reads the ballot, joins, votes, takes votes back, finishes and withdraws. */
import type { Actor, MemberActor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { passesGold } from "@pareidolia/perception/protocols/registry";
import type { Answer } from "@pareidolia/perception/protocols/screen";
import { assignImages } from "@pareidolia/perception/study/assignImages";
import { parseStudyDraft } from "@pareidolia/perception/study/studyDraft";
import type { Database } from "@pareidolia/persistence/database/database";
import { castVotes, type NewVote } from "@pareidolia/persistence/voting/castVote";
import { finishVoting } from "@pareidolia/persistence/voting/finishVoting";
import { type Joined, joinStudy } from "@pareidolia/persistence/voting/joinStudy";
import {
  type BallotStudyRecord,
  findAnsweredTrials,
  findAnswersOfRole,
  findStudiesBeingVoted,
  findVoterByKey,
  type VoterRecord,
} from "@pareidolia/persistence/voting/readVoters";
import { undoVote } from "@pareidolia/persistence/voting/undoVote";
import { withdrawVoter } from "@pareidolia/persistence/voting/withdrawVoter";
import { checkText } from "../text.ts";
import { type BallotView, ballotOf, mostTrials, type TrialView, trialOf, type VoterView, voterOf } from "./ballot.ts";
import { BallotAccess, type BallotAddress, isMemberOf } from "./ballotAccess.ts";
import { couldKnowLabels } from "./knowledge.ts";
import { readScreen, readVote } from "./readVote.ts";
import type { StudyShelf } from "./studyShelf.ts";
import { hashClient, limitVoter, votesPerHour } from "./voterLimits.ts";
import { createSecrets, hashSecret, showCode, type VoterSecrets } from "./voterSecrets.ts";
import type {
  CastVoteInput,
  CastVotesInput,
  FinishStudyInput,
  JoinStudyInput,
  UndoVoteInput,
  VoteInput,
  WithdrawVotesInput,
} from "./voting.input.ts";

/** Milliseconds after closing in which votes that were cast before are accepted: browsers may have been offline. */
const acceptedAfterClosing = 86_400_000;
const shortestKey = 16;
const longestKey = 200;

export interface JoinedVoter {
  readonly ballot: BallotView;
  readonly session: string | null;
  readonly withdrawalCode: string | null;
}

export interface GoldView {
  readonly hits: number;
  readonly trials: number;
  readonly images: readonly { readonly url: string; readonly passed: boolean }[];
}

/** The key, or null without one. @throws AppError INVALID_INPUT. */
function readKey(key: string | null | undefined): string | null {
  if (key == null) return null;
  const field = "input.idempotencyKey";
  const read = checkText(key, { field, label: "An idempotency key", longest: longestKey });
  if (read.length < shortestKey)
    throw new AppError("INVALID_INPUT", `An idempotency key needs at least ${shortestKey} characters, such as a random UUID.`, { field });
  return read;
}

/** Whether a vote with this time arrives within a day after its study closed, and was cast before. */
function isInTime({ closedAt }: BallotStudyRecord, votedAt: Date): boolean {
  return closedAt !== null && votedAt <= closedAt && Date.now() <= closedAt.getTime() + acceptedAfterClosing;
}

interface Participation {
  readonly study: BallotStudyRecord;
  readonly voter: VoterRecord;
}

export class VotingService {
  readonly #database: Database;
  readonly #access: BallotAccess;
  readonly #shelf: StudyShelf;

  constructor({ database, shelf }: { readonly database: Database; readonly shelf: StudyShelf }) {
    this.#database = database;
    this.#access = new BallotAccess(database);
    this.#shelf = shelf;
  }

  /** Null for an unknown study or session. */
  async readBallot(actor: Actor, address: BallotAddress): Promise<BallotView | null> {
    try {
      const { study, voter } = await this.#access.find(actor, address);
      return await this.#view(study, voter);
    } catch (error) {
      if (error instanceof AppError && error.code === "NOT_FOUND") return null;
      throw error;
    }
  }

  async join(actor: Actor, input: JoinStudyInput): Promise<JoinedVoter> {
    const { study } = await this.#access.find(actor, { study: input.study, link: input.link });
    const { plan } = await this.#shelf.get(study.id);
    if (!plan.languages.includes(input.language))
      throw new AppError("INVALID_INPUT", `The study is offered in ${plan.languages.join(", ")}.`, { field: "input.language" });
    if (input.consentVersion !== plan.consent.version)
      throw new AppError("CONFLICT", "The text that you accepted is not the study's. Read it again.");
    const still = input.still === true;
    if (still && plan.stillVersion === "notOffered")
      throw new AppError("INVALID_INPUT", "This study has no still version.", { field: "input.still" });
    const idempotencyKey = readKey(input.idempotencyKey);
    const screen = readScreen(input.screen);
    const member = isMemberOf(actor, study) ? actor : null;
    const userId = member?.userId ?? null;
    const secrets = createSecrets({ idempotencyKey, studyId: study.id, userId });
    const storedKey = idempotencyKey === null ? null : hashSecret(idempotencyKey);
    const { anonymousVoters, joinsPerHour } = parseStudyDraft(study.draft);
    if (userId === null) await this.#limitJoining(actor, { studyId: study.id, joinsPerHour }, storedKey);
    const insider = member !== null && (await couldKnowLabels(this.#database.connection, member, study));
    const joined = await this.#database.transaction((transaction) =>
      joinStudy(transaction, {
        studyId: study.id,
        userId,
        insider,
        still,
        stillLeftOut: plan.stillVersion === "leftOut",
        sessionHash: hashSecret(secrets.session),
        withdrawalHashes: secrets.codes.map(hashSecret),
        consentVersion: input.consentVersion,
        language: input.language,
        clientHash: userId === null ? hashClient(actor.clientAddress, study.linkToken) : null,
        screen,
        idempotencyKey: storedKey,
        mostAnonymous: anonymousVoters,
        assign(images, number, preferred) {
          const assigned = assignImages(plan, images, number, preferred);
          return assigned === null ? null : { items: assigned.items, trialCount: assigned.trials.length };
        },
      }),
    );
    return { ballot: await this.#view(study, joined.voter), ...showSecrets(joined, secrets) };
  }

  async cast(actor: Actor, input: CastVoteInput): Promise<{ readonly voter: VoterView; readonly recorded: boolean }> {
    const { voter, recorded, tooLate } = await this.#castAll(actor, input, [input], () => "input");
    if (tooLate.length > 0)
      throw new AppError("CONFLICT", "This study is closed. For a day, it takes only votes that were cast before it closed.");
    return { voter, recorded: recorded.length > 0 };
  }

  castMany(
    actor: Actor,
    { votes, ...address }: CastVotesInput,
  ): Promise<{ readonly voter: VoterView; readonly recorded: readonly number[]; readonly tooLate: readonly number[] }> {
    if (votes.length === 0) throw new AppError("INVALID_INPUT", "Send at least one vote.", { field: "input.votes" });
    return this.#castAll(actor, address, votes, (index) => `input.votes.${index}`);
  }

  async undo(actor: Actor, { trial, ...address }: UndoVoteInput): Promise<{ readonly voter: VoterView }> {
    const { study, voter } = await this.#participation(actor, address);
    if (study.state !== "OPEN") throw new AppError("CONFLICT", "This study takes no votes now, so none can be taken back.");
    await this.#database.transaction((transaction) => undoVote(transaction, { voterId: voter.id, trial }));
    return { voter: await this.#viewVoter(voter) };
  }

  async finish(actor: Actor, address: FinishStudyInput): Promise<{ readonly voter: VoterView }> {
    const { voter } = await this.#participation(actor, address);
    await this.#database.transaction((transaction) => finishVoting(transaction, voter.id));
    return { voter: await this.#viewVoter({ ...voter, finishedAt: voter.finishedAt ?? new Date() }) };
  }

  async withdraw(actor: Actor, input: WithdrawVotesInput): Promise<{ readonly removedVotes: number }> {
    if (input.code != null) await limitVoter(this.#database, { kind: "withdrawal" }, actor);
    const voter = await this.#access.findToWithdraw(actor, input);
    const removedVotes = await this.#database.transaction((transaction) => withdrawVoter(transaction, voter.id));
    this.#shelf.forget(voter.id);
    return { removedVotes };
  }

  /** For a voter that `readBallot` or a mutation returned to the actor. At most 100 trials, fewer at the end. @throws AppError INVALID_INPUT. */
  readTrials({ origin }: VoterView, { from, count }: { readonly from: number; readonly count: number }): readonly TrialView[] {
    if (from < 0) throw new AppError("INVALID_INPUT", "Trials are numbered from 0.", { field: "from" });
    if (count < 1 || count > mostTrials)
      throw new AppError("INVALID_INPUT", `Read from 1 to ${mostTrials} trials at once.`, { field: "count" });
    const trials = this.#shelf.trialsOf(origin.study, origin.voter);
    return trials.slice(from, from + count).map((trial) => trialOf(origin, trial));
  }

  /** Null before the voter has finished, and without gold trials that have a right answer. */
  async readGold({ origin }: VoterView): Promise<GoldView | null> {
    const { voter, study } = origin;
    if (voter.finishedAt === null) return null;
    const trials = this.#shelf.trialsOf(study, voter);
    const answers = await findAnswersOfRole(this.#database.connection, { voterId: voter.id, role: "GOLD" });
    const images = answers.flatMap(({ trial: number, answer }) => {
      const trial = trials[number];
      const phase = trial && study.plan.rules.design.phases[trial.phase];
      if (trial === undefined || phase === undefined || answer === null) return [];
      const passed = passesGold(phase.protocol, trial, answer as Answer);
      const shown = trial.screen.images[trial.screen.images.length > 1 ? (trial.target ?? 0) : 0] ?? "";
      return passed === null ? [] : [{ url: study.imageOf("GOLD", shown).url, passed }];
    });
    return images.length === 0 ? null : { hits: images.filter(({ passed }) => passed).length, trials: images.length, images };
  }

  /** For each study, whether the member is voting there: has joined, can still vote, and has neither finished nor withdrawn. */
  async isVoting({ userId }: MemberActor, studyIds: readonly string[]): Promise<boolean[]> {
    const voting = await findStudiesBeingVoted(this.#database.connection, { userId, studyIds });
    return studyIds.map((id) => voting.has(id));
  }

  /** A repeated request costs nothing. */
  async #limitJoining(
    actor: Actor,
    study: { readonly studyId: string; readonly joinsPerHour: number },
    idempotencyKey: string | null,
  ): Promise<void> {
    const { connection } = this.#database;
    const earlier = idempotencyKey === null ? null : await findVoterByKey(connection, { studyId: study.studyId, idempotencyKey });
    if (earlier === null) await limitVoter(this.#database, { kind: "join", ...study }, actor);
  }

  async #castAll(actor: Actor, address: BallotAddress, given: readonly VoteInput[], fieldOf: (index: number) => string) {
    const { study, voter } = await this.#participation(actor, address);
    const shelved = await this.#shelf.get(study.id);
    const ballot = { study: shelved, voter, trials: this.#shelf.trialsOf(shelved, voter) };
    const votes = given.map((vote, index) => readVote(ballot, vote, fieldOf(index)));
    const accepted = await this.#acceptable(actor, { study, voter }, votes);
    if (voter.userId === null && accepted.length > 0) {
      const { joinsPerHour } = parseStudyDraft(study.draft);
      const limit = votesPerHour({ joinsPerHour, trials: voter.trialCount });
      await limitVoter(this.#database, { kind: "vote", studyId: study.id, votesPerHour: limit, votes: accepted.length }, actor);
    }
    const recorded = await castVotes(this.#database.connection, voter.id, accepted);
    const tooLate = votes.filter((vote) => !accepted.includes(vote)).map(({ trial }) => trial);
    return { voter: await this.#viewVoter(voter), recorded, tooLate };
  }

  /**
   * All votes while the study is open; after it has closed, those in time. Insiders vote no more then, since they may read its results: those
   * who were at joining, and those who have become insiders since. @throws AppError CONFLICT while the study is paused.
   */
  async #acceptable(actor: Actor, { study, voter }: Participation, votes: readonly NewVote[]): Promise<readonly NewVote[]> {
    if (study.state === "OPEN") return votes;
    if (study.state === "PAUSED") throw new AppError("CONFLICT", "This study is paused. Vote again once it is open.");
    if (voter.insider || (isMemberOf(actor, study) && (await couldKnowLabels(this.#database.connection, actor, study)))) return [];
    return votes.filter(({ votedAt }) => isInTime(study, votedAt));
  }

  async #participation(actor: Actor, { study: reference, session }: BallotAddress): Promise<Participation> {
    const { study, voter } = await this.#access.find(actor, { study: reference, session });
    if (voter === null) throw new AppError("NOT_FOUND", "You have not joined this study, or have withdrawn from it.");
    return { study, voter };
  }

  async #view(study: BallotStudyRecord, voter: VoterRecord | null): Promise<BallotView> {
    const shelved = await this.#shelf.get(study.id);
    return ballotOf(study, shelved, voter === null ? null : await this.#viewVoter(voter));
  }

  async #viewVoter(voter: VoterRecord): Promise<VoterView> {
    const study = await this.#shelf.get(voter.studyId);
    return voterOf(voter, study, await findAnsweredTrials(this.#database.connection, voter.id));
  }
}

/** The secrets are those of the voter unless a member had joined by another request. */
function showSecrets({ voter }: Joined, { session, codes }: VoterSecrets): Pick<JoinedVoter, "session" | "withdrawalCode"> {
  if (voter.sessionHash !== hashSecret(session)) return { session: null, withdrawalCode: null };
  const code = codes.find((each) => hashSecret(each) === voter.withdrawalHash);
  return { session, withdrawalCode: code === undefined ? null : showCode(code) };
}
