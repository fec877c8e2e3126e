/** Everything that a voter does: reads the ballot, joins, votes, takes votes back, finishes and withdraws. */
import type { Actor, MemberActor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { passesGold } from "@pareidolia/perception/protocols/registry";
import type { Answer } from "@pareidolia/perception/protocols/screen";
import { assignImages, countsJudged } from "@pareidolia/perception/study/assignImages";
import { parseStudyDraft } from "@pareidolia/perception/study/studyDraft";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { castVotes, type NewVote } from "@pareidolia/persistence/studies/voting/castVote";
import { finishVoting } from "@pareidolia/persistence/studies/voting/finishVoting";
import { type Joined, joinStudy } from "@pareidolia/persistence/studies/voting/joinStudy";
import { countTakenPlaces, findLeasedTrials, holdAgain, leaseTrials } from "@pareidolia/persistence/studies/voting/places";
import {
  type BallotStudyRecord,
  findAnsweredTrials,
  findAnswersOfRole,
  findStudiesBeingVoted,
  findVoterByKey,
  type VoterRecord,
} from "@pareidolia/persistence/studies/voting/readVoters";
import { undoVote } from "@pareidolia/persistence/studies/voting/undoVote";
import { takeBackAttempt } from "@pareidolia/persistence/studies/voting/voterAttempts";
import { withdrawVoter } from "@pareidolia/persistence/studies/voting/withdrawVoter";
import { checkText } from "../text.ts";
import { type BallotView, ballotOf, maxTrials, shownTo, type TrialView, trialOf, type VoterView, voterOf } from "./ballot.ts";
import { BallotAccess, type BallotAddress, isMemberOf } from "./ballotAccess.ts";
import { couldKnowLabels } from "./knowledge.ts";
import { checkVoterTime, readScreen, readVote } from "./readVote.ts";
import type { StudyShelf } from "./studyShelf.ts";
import { limitVoter, nameClient, withdrawalAttempts } from "./voterLimits.ts";
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

/** Milliseconds after closing in which voters may finish: browsers may have been offline. */
const finishesAfterClosing = 86_400_000;
const shortestKey = 16;
const maxKeyLength = 200;

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
  const read = checkText(key, { field, label: "An idempotency key", longest: maxKeyLength });
  if (read.length < shortestKey)
    throw new AppError("INVALID_INPUT", `An idempotency key needs at least ${shortestKey} characters, such as a random UUID.`, { field });
  return read;
}

/** Whether the study closed less than a day ago. */
function hasJustClosed({ closedAt }: BallotStudyRecord): boolean {
  return closedAt !== null && Date.now() <= closedAt.getTime() + finishesAfterClosing;
}

/** Whether it takes no new votes. */
function hasEnded({ state }: BallotStudyRecord): boolean {
  return state === "CLOSED" || state === "ARCHIVED";
}

/**
 * Whether a vote of a closed study was cast or taken back before, by the voter's clock, and arrives within the voter's lease, by this server's
 * clock: the lease is no longer renewed then.
 */
function isInTime({ study, voter }: Participation, time: Date): boolean {
  return study.closedAt !== null && time <= study.closedAt && voter.leaseExpiresAt.getTime() >= Date.now();
}

/** Whether no answers have confirmed the voter's place before its hold ended. Members need no place. */
function hasLostHold({ userId, confirmedAt, finishedAt, leaseExpiresAt }: VoterRecord): boolean {
  return userId === null && confirmedAt === null && finishedAt === null && leaseExpiresAt.getTime() <= Date.now();
}

interface Participation {
  readonly study: BallotStudyRecord;
  readonly voter: VoterRecord;
}

export class VotingService {
  readonly #database: Database;
  readonly #access: BallotAccess;
  readonly #shelf: StudyShelf;
  readonly #secret: string | null;

  /** @param options `secret` is the installation's; null for a single user. */
  constructor({
    database,
    shelf,
    secret,
  }: {
    readonly database: Database;
    readonly shelf: StudyShelf;
    readonly secret: string | null;
  }) {
    this.#database = database;
    this.#access = new BallotAccess(database);
    this.#shelf = shelf;
    this.#secret = secret;
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
    const client = userId === null ? nameClient(this.#secret, actor.clientAddress, study.id) : null;
    // A closed study takes no voters, so it keeps no trace of who tried.
    if (client !== null && !hasEnded(study)) await this.#limitJoining({ studyId: study.id, client, joinsPerHour }, storedKey);
    const insider = member !== null && (await couldKnowLabels(this.#database.connection, member, study));
    const joined = await this.#database.transaction((transaction) =>
      joinStudy(transaction, {
        studyId: study.id,
        userId,
        insider,
        still,
        stillLeftOut: plan.stillVersion === "leftOut",
        countsJudged: countsJudged(plan.rules),
        sessionHash: hashSecret(secrets.session),
        withdrawalHashes: secrets.codes.map(hashSecret),
        consentVersion: input.consentVersion,
        language: input.language,
        clientHash: client,
        screen,
        idempotencyKey: storedKey,
        maxAnonymous: anonymousVoters,
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
      throw new AppError(
        "CONFLICT",
        "This study is closed. It takes only votes on trials that you had received and answered before, and for two hours.",
      );
    return { voter, recorded: recorded.length > 0 };
  }

  castMany(
    actor: Actor,
    { votes, ...address }: CastVotesInput,
  ): Promise<{ readonly voter: VoterView; readonly recorded: readonly number[]; readonly tooLate: readonly number[] }> {
    if (votes.length === 0) throw new AppError("INVALID_INPUT", "Send at least one vote.", { field: "input.votes" });
    return this.#castAll(actor, address, votes, (index) => `input.votes.${index}`);
  }

  async undo(actor: Actor, { trial, undoneAt = null, ...address }: UndoVoteInput): Promise<{ readonly voter: VoterView }> {
    const { study, voter } = await this.#participation(actor, address);
    if (undoneAt !== null) checkVoterTime(undoneAt, voter, "input.undoneAt");
    const counts = undoneAt !== null && (await this.#mayUndoLate(actor, { study, voter }, undoneAt));
    const given = { voterId: voter.id, trial, undoneAt: counts ? undoneAt : null };
    await this.#database.transaction((transaction) => undoVote(transaction, given));
    return { voter: await this.#viewVoter(voter) };
  }

  async finish(actor: Actor, address: FinishStudyInput): Promise<{ readonly voter: VoterView }> {
    const { study, voter } = await this.#participation(actor, address);
    if (voter.finishedAt === null && !(await this.#mayFinish(actor, { study, voter })))
      throw new AppError(
        "CONFLICT",
        "This study is closed, so your session can no longer be finished. The answers you gave in time are kept.",
      );
    await this.#database.transaction((transaction) => finishVoting(transaction, voter.id));
    return { voter: await this.#viewVoter({ ...voter, finishedAt: voter.finishedAt ?? new Date() }) };
  }

  async withdraw(actor: Actor, input: WithdrawVotesInput): Promise<{ readonly removedVotes: number }> {
    const { connection } = this.#database;
    const client = nameClient(this.#secret, actor.clientAddress);
    if (input.code != null) await limitVoter(connection, { kind: "withdrawal", client });
    const voter = await this.#access.findToWithdraw(actor, input);
    const removedVotes = await this.#database.transaction((transaction) => withdrawVoter(transaction, voter.id));
    this.#shelf.forget(voter.id);
    // The attempt was no guess, and nothing of a voter who has withdrawn is kept.
    if (input.code != null) await takeBackAttempt(connection, withdrawalAttempts(client));
    return { removedVotes };
  }

  /**
   * For a voter that `readBallot` or a mutation returned to the actor. At most 100 trials, fewer at the end. Once the study has closed, only
   * votes on trials that were read before count, within their leases. @throws AppError INVALID_INPUT.
   */
  async readTrials(
    { origin }: VoterView,
    { from, count }: { readonly from: number; readonly count: number },
  ): Promise<readonly TrialView[]> {
    if (from < 0) throw new AppError("INVALID_INPUT", "Trials are numbered from 0.", { field: "from" });
    if (count < 1 || count > maxTrials)
      throw new AppError("INVALID_INPUT", `Read from 1 to ${maxTrials} trials at once.`, { field: "count" });
    const trials = this.#shelf.trialsOf(origin.study, origin.voter);
    const page = trials.slice(from, from + count);
    if (page.length > 0) await leaseTrials(this.#database.connection, { voterId: origin.voter.id, from, count: page.length });
    return page.map((trial) => trialOf(origin, trial));
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
      return passed === null ? [] : [{ url: shownTo(voter, study, study.imageOf("GOLD", shown)).url, passed }];
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
    attempt: { readonly studyId: string; readonly client: string; readonly joinsPerHour: number },
    idempotencyKey: string | null,
  ): Promise<void> {
    const { connection } = this.#database;
    const earlier = idempotencyKey === null ? null : await findVoterByKey(connection, { studyId: attempt.studyId, idempotencyKey });
    if (earlier === null) await limitVoter(connection, { kind: "join", ...attempt });
  }

  /**
   * Insiders vote no more once the study has closed, since they may read its results: those who were at joining, and those who have become
   * insiders since.
   */
  async #castAll(actor: Actor, address: BallotAddress, given: readonly VoteInput[], fieldOf: (index: number) => string) {
    const { study, voter } = await this.#participation(actor, address);
    const shelved = await this.#shelf.get(study.id);
    const ballot = { study: shelved, voter, trials: this.#shelf.trialsOf(shelved, voter) };
    const votes = given.map((vote, index) => readVote(ballot, vote, fieldOf(index)));
    if (voter.userId === null) {
      const { connection } = this.#database;
      await limitVoter(connection, { kind: "vote", studyId: study.id, voterId: voter.id, trials: voter.trialCount, votes: votes.length });
    }
    if (hasEnded(study) && (await this.#isInsider(actor, { study, voter })))
      return { voter: await this.#viewVoter(voter), recorded: [], tooLate: votes.map(({ trial }) => trial) };
    const judge = (fresh: readonly NewVote[]) => this.#findLate({ study, voter }, fresh);
    const { recorded, tooLate } = await castVotes(this.#database.connection, { voterId: voter.id, votes, judge });
    return { voter: await this.#viewVoter(voter), recorded, tooLate };
  }

  /**
   * None while the study is open; after it has closed, all but those in time on trials whose lease has not ended.
   * @throws AppError CONFLICT while the study is paused, and if the voter's place has gone to others.
   */
  async #findLate(participation: Participation, votes: readonly NewVote[]): Promise<ReadonlySet<NewVote>> {
    const { study, voter } = participation;
    if (study.state === "PAUSED") throw new AppError("CONFLICT", "This study is paused. Vote again once it is open.");
    if (study.state === "OPEN") {
      const hold = { voterId: voter.id, maxAnonymous: parseStudyDraft(study.draft).anonymousVoters };
      if (hasLostHold(voter)) await this.#database.transaction((transaction) => holdAgain(transaction, hold));
      return new Set();
    }
    const trials = votes.map(({ trial }) => trial);
    const leased = await findLeasedTrials(this.#database.connection, voter.id, trials);
    return new Set(votes.filter(({ trial, votedAt }) => !leased.has(trial) || !isInTime(participation, votedAt)));
  }

  /** As for votes. The study may close while the request waits for it. */
  async #mayUndoLate(actor: Actor, participation: Participation, undoneAt: Date): Promise<boolean> {
    if (participation.study.state === "OPEN") return !participation.voter.insider;
    return isInTime(participation, undoneAt) && !(await this.#isInsider(actor, participation));
  }

  /**
   * Until a day after the study has closed, and insiders only until it closes: a voter who has seen its results must not choose whether to be
   * one of those who finished.
   */
  async #mayFinish(actor: Actor, { study, voter }: Participation): Promise<boolean> {
    if (study.state === "OPEN" || study.state === "PAUSED") return true;
    return hasJustClosed(study) && !(await this.#isInsider(actor, { study, voter }));
  }

  /** At joining, or since. */
  async #isInsider(actor: Actor, { study, voter }: Participation): Promise<boolean> {
    return voter.insider || (isMemberOf(actor, study) && (await couldKnowLabels(this.#database.connection, actor, study)));
  }

  async #participation(actor: Actor, { study: reference, session }: BallotAddress): Promise<Participation> {
    const { study, voter } = await this.#access.find(actor, { study: reference, session });
    if (voter === null) throw new AppError("NOT_FOUND", "You have not joined this study, or have withdrawn from it.");
    return { study, voter };
  }

  async #view(study: BallotStudyRecord, voter: VoterRecord | null): Promise<BallotView> {
    const shelved = await this.#shelf.get(study.id);
    return ballotOf(study, shelved, voter === null ? null : await this.#viewVoter(voter, await this.#hasLostPlace(study, voter)));
  }

  /** Whether others have taken all places of an open study since the voter's hold has ended. */
  async #hasLostPlace({ id, state, draft }: BallotStudyRecord, voter: VoterRecord): Promise<boolean> {
    if (state !== "OPEN" || !hasLostHold(voter)) return false;
    return (await countTakenPlaces(this.#database.connection, id)) >= parseStudyDraft(draft).anonymousVoters;
  }

  async #viewVoter(voter: VoterRecord, placeLost = false): Promise<VoterView> {
    const study = await this.#shelf.get(voter.studyId);
    return voterOf(voter, study, { answeredTrials: await findAnsweredTrials(this.#database.connection, voter.id), placeLost });
  }
}

/** The secrets are those of the voter unless a member had joined by another request. */
function showSecrets({ voter }: Joined, { session, codes }: VoterSecrets): Pick<JoinedVoter, "session" | "withdrawalCode"> {
  if (voter.sessionHash !== hashSecret(session)) return { session: null, withdrawalCode: null };
  const code = codes.find((each) => hashSecret(each) === voter.withdrawalHash);
  return { session, withdrawalCode: code === undefined ? null : showCode(code) };
}
