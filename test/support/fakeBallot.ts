/** A study in memory for tests of the voting page: the API's rules for one session, with a network that fails on command. */
import type { Ballot, BallotTrial, BallotVoter, StudyState } from "../../apps/web/src/features/voting/ballot.ts";
import { type CastVote, type VotingClient, VotingError } from "../../apps/web/src/features/voting/votingClient.ts";

export const session = "session-of-the-only-voter-in-this-test";
export const withdrawalCode = "7KQ4 M2XP";

export function trialOf(number: number, change: Partial<BallotTrial> = {}): BallotTrial {
  return {
    number,
    phase: 0,
    question: { kind: "ONE_LABEL_OF", framing: "MACHINE", label: null, wording: null, cantTell: true, levels: null, maximumLength: null },
    images: [{ url: `/ballots/images/${number}.png`, width: 28, height: 28 }],
    options: ["abacus", "curtain", "zebra"],
    exemplars: [],
    timing: { blankMs: 500, imageMs: 0, maskMs: 0, answerMs: 0 },
    answered: false,
    ...change,
  };
}

export class FakeBallot {
  readonly total: number;
  state: StudyState = "OPEN";
  joined = false;
  withdrawn = false;
  finishedAt: string | null = null;
  full = false;
  /** Whether the network fails after the study has refused a voter because it is full. */
  losesConnection = false;
  /** Whether others have taken all places since the voter's was held. */
  placeLost = false;
  /** When the study closed, if that was less than a day ago: what the voter did before is accepted, and finishing. */
  closedAt: string | null = null;
  /** Requests that reach the API and whose answers are lost. */
  answersToLose = 0;
  /** Whether requests reach the API at all. */
  online = true;
  /** The code with which it refuses to show the ballot; null if it shows it. */
  refusal: string | null = null;
  /** The keys with which voters have joined: each is another voter. */
  readonly joinKeys = new Set<string>();
  /** Every submission that arrived, the repeated ones included. */
  readonly arrived: CastVote[] = [];
  /** The votes that count, by trial, in the order of voting. */
  readonly votes = new Map<number, CastVote>();
  readonly undone: number[] = [];
  /** Trials that the API refuses for good. */
  readonly refused = new Set<number>();

  constructor(total: number) {
    this.total = total;
  }

  close(at: string): void {
    this.state = "CLOSED";
    this.closedAt = at;
  }

  /** A vote of the same session from another device. */
  voteElsewhere(trial: number): void {
    this.votes.set(trial, { trial, submissionId: `elsewhere-${trial}`, answer: { skipped: true } } as CastVote);
  }

  voter(): BallotVoter {
    const next = Array.from({ length: this.total }, (_, trial) => trial).find((trial) => !this.votes.has(trial));
    return {
      pseudonym: "V-01",
      language: "en",
      still: false,
      answered: this.votes.size,
      total: this.total,
      finishedAt: this.finishedAt,
      placeLost: this.placeLost,
      nextTrial: next ?? null,
      gold: null,
    };
  }

  ballot(known: boolean): Ballot {
    return {
      studyKey: "STU-1",
      title: "What did the machine see?",
      workspaceName: "Perception Lab",
      state: this.state,
      languages: ["en", "de"],
      consent: { version: 3, minimumAge: 18, texts: [] },
      trialCount: this.total,
      imagesFlash: false,
      offersStill: false,
      timing: [trialOf(0).timing],
      voter: known && this.joined && !this.withdrawn ? this.voter() : null,
    };
  }

  client(): VotingClient {
    const reach = async <T>(act: () => T): Promise<T> => {
      await Promise.resolve();
      if (!this.online) throw new VotingError("NO_ANSWER", "offline");
      const result = act();
      if (this.answersToLose === 0) return result;
      this.answersToLose -= 1;
      throw new VotingError("NO_ANSWER", "The answer was lost.");
    };
    const checkSession = (given: string | null) => {
      if (given !== session || !this.joined || this.withdrawn) throw new VotingError("NOT_FOUND", "There is no such session.");
    };
    const check = (given: string | null) => {
      checkSession(given);
      if (this.placeLost) throw new VotingError("CONFLICT", "Others have taken all places.");
      if (this.state !== "OPEN" && this.closedAt === null) throw new VotingError("CONFLICT", `The study is ${this.state}.`);
    };
    const isInTime = (time: string) => this.closedAt === null || time <= this.closedAt;
    return {
      readBallot: (given) =>
        reach(() => {
          if (this.refusal !== null) throw new VotingError(this.refusal, "Not for you.");
          return this.ballot(given === session);
        }),
      readWeight: () => reach(() => 1_250_000),
      join: ({ idempotencyKey }) =>
        reach(() => {
          if (this.full && this.losesConnection) this.online = false;
          if (this.full) throw new VotingError("CONFLICT", "This study needs no more votes.");
          this.joined = true;
          this.joinKeys.add(idempotencyKey);
          return { ballot: this.ballot(true), session, withdrawalCode };
        }),
      readTrials: (given, from, count) =>
        reach(() => {
          checkSession(given);
          const numbers = Array.from({ length: Math.max(0, Math.min(count, this.total - from)) }, (_, index) => from + index);
          return numbers.map((number) => trialOf(number, { answered: this.votes.has(number) }));
        }),
      cast: (given, votes) =>
        reach(() => {
          check(given);
          this.arrived.push(...votes);
          if (votes.some(({ trial }) => this.refused.has(trial))) throw new VotingError("CONFLICT", "This vote is refused.");
          const tooLate = votes.filter(({ votedAt }) => !isInTime(votedAt)).map(({ trial }) => trial);
          const recorded = votes.filter((vote) => {
            if (!isInTime(vote.votedAt)) return false;
            const known = this.votes.get(vote.trial);
            if (known === undefined) this.votes.set(vote.trial, vote);
            return known === undefined || known.submissionId === vote.submissionId;
          });
          return { voter: this.voter(), recorded: recorded.map(({ trial }) => trial), tooLate };
        }),
      undo: (given, { trial, undoneAt }) =>
        reach(() => {
          check(given);
          if (!isInTime(undoneAt)) throw new VotingError("CONFLICT", `The study is ${this.state}.`);
          if ([...this.votes.keys()].at(-1) !== trial) throw new VotingError("CONFLICT", "Only the latest vote can be undone.");
          this.votes.delete(trial);
          this.undone.push(trial);
          return this.voter();
        }),
      finish: (given) =>
        reach(() => {
          check(given);
          if (this.votes.size < this.total) throw new VotingError("CONFLICT", "Some trials have no answer.");
          this.finishedAt ??= "2026-11-27T12:00:00.000Z";
          return this.voter();
        }),
      withdraw: (proof) =>
        reach(() => {
          const known = "code" in proof ? proof.code === withdrawalCode : proof.session === session;
          if (!known) throw new VotingError("NOT_FOUND", "No votes belong to this code.");
          const removed = this.votes.size;
          this.votes.clear();
          this.withdrawn = true;
          return removed;
        }),
    };
  }
}
