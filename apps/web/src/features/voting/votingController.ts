/**
 * One person's visit to a study: joins, reads the trials, passes votes to the outbox, and keeps the state of `votingSession` in step with
 * the API. It uses neither React nor the browser: `VotingSurroundings` has all that it needs of them.
 */
import type { Ballot, BallotVoter } from "./ballot.ts";
import type { KeptStep } from "./keptStep.ts";
import { type BatchOutcome, Outbox, type OutboxOperation, type OutboxOptions, type OutboxStore, retryDelay } from "./outbox.ts";
import { noSecrets, type SessionSecrets } from "./sessionSecrets.ts";
import { type CastVote, codeOf, isTemporary, type JoinRequest, type VotingClient } from "./votingClient.ts";
import { changeVoting, initialVoting, undoable, type VotingEvent, type VotingState } from "./votingSession.ts";

export interface VotingSurroundings extends Pick<OutboxOptions, "lock" | "schedule" | "jitter"> {
  readonly client: VotingClient;
  readSecrets(): SessionSecrets;
  writeSecrets(secrets: SessionSecrets): void;
  removeSecrets(): void;
  /** How far the voter has come before the trials; null without such a step. */
  readStep(): KeptStep | null;
  writeStep(kept: KeptStep | null): void;
  openStore(session: string | null): Promise<OutboxStore>;
  /** A secret that stays the same until it is forgotten, so that a repeated request to join is the same voter. */
  joinKey(): string;
  forgetJoinKey(): void;
  newId(): string;
  /** ISO 8601. */
  now(): string;
}

/** The API returns at most this many trials at once. */
const trialPage = 100;

/** Codes with which the API refuses a session that it does not know. */
const unknownSession = new Set(["NOT_FOUND", "FORBIDDEN", "UNAUTHENTICATED"]);

export class VotingController {
  readonly #around: VotingSurroundings;
  readonly #listeners = new Set<() => void>();
  #state = initialVoting;
  #secrets = noSecrets;
  #outbox: Outbox | null = null;
  #store: OutboxStore | null = null;
  #writes: Promise<void> = Promise.resolve();
  /** Counts votes and undos, to notice those made while a request was on its way. */
  #changes = 0;
  #closed = false;
  #cancelRetry: () => void = () => {};

  constructor(surroundings: VotingSurroundings) {
    this.#around = surroundings;
  }

  state = (): VotingState => this.#state;
  secrets = (): SessionSecrets => this.#secrets;

  /** Calls the listener after each change; returns a function that removes it. */
  onChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Stops all requests of a page that closes. */
  close(): void {
    this.#closed = true;
    this.#outbox?.close();
    this.#cancelRetry();
  }

  /** Reads the ballot, and resumes a session where it stopped. */
  async open(): Promise<void> {
    this.#secrets = this.#around.readSecrets();
    const { session } = this.#secrets;
    try {
      const ballot = await this.#around.client.readBallot(session);
      if (this.#closed) return;
      if (ballot === null) return this.#dispatch({ kind: "ballotMissing" });
      this.#dispatch({ kind: "ballotRead", ballot, hasSession: session !== null, kept: this.#around.readStep() });
      if (this.#state.screen === "consent") void this.#weigh();
      if (ballot.voter !== null && ballot.voter.finishedAt === null) await this.#resume(ballot);
    } catch (error) {
      this.#dispatch({ kind: "ballotFailed", problem: codeOf(error) });
    }
  }

  async join(request: Omit<JoinRequest, "idempotencyKey">): Promise<void> {
    const { consentVersion } = request;
    try {
      const ballot = await this.#joinUnlessJoined(request);
      if (ballot === null) return await this.open();
      this.#dispatch({ kind: "joined", ballot });
      this.#keepStep();
      await this.#resume(ballot);
    } catch (error) {
      if (this.#state.screen !== "consent") return;
      if (codeOf(error) !== "CONFLICT") return this.#dispatch({ kind: "problem", problem: codeOf(error) });
      // Either no image needs another vote, or the study or its consent changed since the page was opened.
      const ballot = await this.#around.client.readBallot(null).catch((cause: unknown) => {
        this.#dispatch({ kind: "problem", problem: codeOf(cause) });
      });
      if (ballot === undefined) return;
      const changed = ballot !== null && (ballot.state !== "OPEN" || ballot.consent.version !== consentVersion || ballot.voter !== null);
      if (changed) await this.open();
      else this.#dispatch({ kind: "stopped", screen: "full" });
    }
  }

  practise = (): void => {
    this.#dispatch({ kind: "practised" });
    this.#keepStep();
  };

  start = (): void => {
    this.#dispatch({ kind: "started" });
    this.#keepStep();
  };

  leave = (): void => this.#dispatch({ kind: "left" });
  returnToTrials = (): void => this.#dispatch({ kind: "returned" });

  forgetProblem = (): void => this.#dispatch({ kind: "problem", problem: null });

  /** Records the answer to the current trial and shows the next one. A second answer to a presentation is ignored. */
  vote(presentation: number, vote: Pick<CastVote, "answer" | "responseMs" | "timing">): void {
    const { screen, current } = this.#state;
    if (screen !== "voting" || current === null || presentation !== this.#state.presentation) return;
    this.#dispatch({ kind: "voted" });
    const { newId, now } = this.#around;
    this.#write({ kind: "vote", vote: { ...vote, trial: current, submissionId: newId(), votedAt: now() } });
  }

  /** Takes the latest answer or skip back and shows its trial again. */
  undo = (): void => {
    const trial = undoable(this.#state);
    const { screen } = this.#state;
    if (trial === null || (screen !== "voting" && screen !== "complete")) return;
    this.#dispatch({ kind: "undone" });
    this.#write({ kind: "undo", trial, undoneAt: this.#around.now() });
  };

  /** For the browser's `online` event. */
  reconnect = (): void => {
    void this.#outbox?.sendNow();
  };

  /** Waits until every vote has arrived, then ends the session. */
  finish = async (): Promise<void> => {
    if (this.#state.screen !== "complete") return;
    this.#dispatch({ kind: "finishing" });
    await this.#writes;
    await this.#outbox?.sendNow();
    await this.#finishWhenSent(0);
  };

  /** Removes the votes of this session, or those of the person with the code. */
  async withdraw(code: string | null): Promise<void> {
    this.#dispatch({ kind: "problem", problem: null });
    const own = code === null || code === this.#secrets.withdrawalCode;
    try {
      const removed = await this.#around.client.withdraw(code === null ? { session: this.#secrets.session } : { code });
      if (own) await this.#forget();
      this.#dispatch({ kind: "withdrawn", removed });
    } catch (error) {
      this.#dispatch({ kind: "problem", problem: codeOf(error) });
    }
  }

  /** Forgets a session that the API no longer knows, and offers the consent again. */
  restart = async (): Promise<void> => {
    await this.#forget();
    this.#dispatch({ kind: "restarted" });
    await this.open();
  };

  /** One tab joins at a time. Null if another one has joined since this page was opened: its session must not be overwritten. */
  async #joinUnlessJoined(request: Omit<JoinRequest, "idempotencyKey">): Promise<Ballot | null> {
    const { client, lock, readSecrets, writeSecrets, joinKey, forgetJoinKey } = this.#around;
    let ballot: Ballot | null = null;
    await lock(async () => {
      if (readSecrets().session !== null) return;
      const joined = await client.join({ ...request, idempotencyKey: joinKey() });
      this.#secrets = { session: joined.session, withdrawalCode: joined.withdrawalCode };
      writeSecrets(this.#secrets);
      forgetJoinKey();
      ballot = joined.ballot;
    });
    return ballot;
  }

  #dispatch(event: VotingEvent): void {
    const next = changeVoting(this.#state, event);
    if (next === this.#state) return;
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }

  #write(operation: OutboxOperation): void {
    this.#changes += 1;
    this.#dispatch({ kind: "outboxChanged", pending: this.#state.pending + 1, waiting: this.#state.waiting });
    const store = this.#store;
    const outbox = this.#outbox;
    // The writes are chained, so that the store holds them in the order of the answers.
    this.#writes = this.#writes.then(async () => {
      await store?.add(operation);
      void outbox?.send();
    });
  }

  async #forget(): Promise<void> {
    this.#outbox?.close();
    await this.#writes;
    const operations = (await this.#store?.list()) ?? [];
    await this.#store?.remove(operations.map(({ sequence }) => sequence));
    this.#around.removeSecrets();
    this.#around.writeStep(null);
    this.#secrets = noSecrets;
    this.#outbox = null;
    this.#store = null;
  }

  /** Apart from the ballot, which need not wait for images to be measured. Without an answer, the consent says nothing about it. */
  async #weigh(): Promise<void> {
    const bytes = await this.#around.client.readWeight().catch(() => null);
    if (!this.#closed) this.#dispatch({ kind: "weighed", bytes });
  }

  #keepStep(): void {
    const { screen, voter } = this.#state;
    const isBefore = screen === "instructions" || screen === "practice";
    this.#around.writeStep(voter !== null && isBefore ? { pseudonym: voter.pseudonym, step: screen } : null);
  }

  async #resume({ voter }: Ballot): Promise<void> {
    if (voter === null) return;
    const { session } = this.#secrets;
    const { lock, schedule, jitter, client } = this.#around;
    const store = await this.#around.openStore(session);
    this.#outbox?.close();
    this.#store = store;
    this.#outbox = new Outbox({
      client,
      session,
      store,
      lock,
      schedule,
      jitter,
      onChange: ({ pending, waiting }) => this.#dispatch({ kind: "outboxChanged", pending, waiting }),
      onSent: (sent, outcome) => void this.#compare(sent, outcome),
      onRefused: (error) => this.#judgeRefusal(error),
      onDropped: (error) => void this.#continueFrom(voter.total, codeOf(error) === "CONFLICT" ? "elsewhere" : "refused"),
    });
    await this.#readTrials(voter.total);
    void this.#outbox.send();
    void this.#finishIfClosed(voter);
  }

  /** Reads every trial, so that the voter can continue offline. The first page shows the next trial. */
  async #readTrials(total: number, attempt = 0): Promise<void> {
    try {
      await this.#synchronise(total, null);
    } catch (error) {
      if (this.#closed) return;
      if (!isTemporary(error)) return this.#endWith(error);
      await this.#pause(attempt);
      if (!this.#closed) await this.#readTrials(total, attempt + 1);
    }
  }

  async #synchronise(total: number, dropped: VotingState["dropped"]): Promise<void> {
    for (;;) {
      const before = this.#changes;
      await this.#writes;
      // Before the trials are read: a vote that arrives meanwhile would be in neither list.
      const pending = (await this.#store?.list()) ?? [];
      const answered: number[] = [];
      for (let from = 0; from < total; from += trialPage) {
        const trials = await this.#around.client.readTrials(this.#secrets.session, from, trialPage);
        this.#dispatch({ kind: "trialsRead", trials });
        answered.push(...trials.filter((trial) => trial.answered).map(({ number }) => number));
      }
      for (const { operation } of pending) {
        const trial = operation.kind === "vote" ? operation.vote.trial : operation.trial;
        const at = answered.indexOf(trial);
        if (at >= 0) answered.splice(at, 1);
        if (operation.kind === "vote") answered.push(trial);
      }
      // Votes made meanwhile are in neither list: read again.
      if (before !== this.#changes) continue;
      return this.#dispatch({ kind: "synchronised", answered, dropped });
    }
  }

  /** Continues at the API's next trial if another tab or device has answered meanwhile. */
  async #compare(voter: BallotVoter, outcome: BatchOutcome): Promise<void> {
    if (voter.finishedAt !== null) return this.#dispatch({ kind: "finished", voter });
    if (outcome === "tooLate" || this.#state.screen === "paused") return this.open();
    await this.#writes;
    void this.#finishIfClosed(voter);
    const waiting = (await this.#store?.list()) ?? [];
    if (outcome === "all" && (waiting.length > 0 || voter.nextTrial === this.#state.current)) return;
    await this.#continueFrom(voter.total, outcome === "elsewhere" ? "elsewhere" : null);
  }

  async #continueFrom(total: number, dropped: VotingState["dropped"]): Promise<void> {
    try {
      await this.#synchronise(total, dropped);
    } catch (error) {
      // The next answer is compared again.
      if (!isTemporary(error)) await this.#endWith(error);
    }
  }

  async #judgeRefusal(error: unknown): Promise<"drop" | "keep"> {
    if (unknownSession.has(codeOf(error))) {
      await this.#endWith(error);
      return this.#state.screen === "ended" ? "drop" : "keep";
    }
    const ballot = await this.#around.client.readBallot(this.#secrets.session).catch(() => null);
    if (ballot === null) return "keep";
    if (ballot.state === "PAUSED") {
      this.#dispatch({ kind: "stopped", screen: "paused" });
      return "keep";
    }
    if (ballot.voter === null) this.#dispatch({ kind: "stopped", screen: "ended" });
    else if (ballot.voter.finishedAt !== null) this.#dispatch({ kind: "finished", voter: ballot.voter });
    else if (ballot.state !== "OPEN") this.#dispatch({ kind: "stopped", screen: "closed" });
    else if (ballot.voter.placeLost) {
      this.#dispatch({ kind: "placeLost", voter: ballot.voter });
    }
    return "drop";
  }

  /** Shows why the session cannot continue. */
  async #endWith(error: unknown): Promise<void> {
    const ballot = await this.#around.client.readBallot(this.#secrets.session).catch(() => undefined);
    if (ballot === undefined) return;
    if (ballot === null) this.#dispatch({ kind: "ballotMissing" });
    else if (ballot.voter === null) this.#dispatch({ kind: "stopped", screen: "ended" });
    else if (ballot.state === "PAUSED") this.#dispatch({ kind: "stopped", screen: "paused" });
    else if (ballot.state !== "OPEN") this.#dispatch({ kind: "stopped", screen: "closed" });
    else this.#dispatch({ kind: "ballotFailed", problem: codeOf(error) });
  }

  async #finishWhenSent(attempt: number): Promise<void> {
    while (this.#state.screen === "finishing" && !this.#closed) {
      if (((await this.#store?.list()) ?? []).length > 0) {
        await this.#pause(0);
        continue;
      }
      try {
        const voter = await this.#around.client.finish(this.#secrets.session);
        return this.#dispatch({ kind: "finished", voter });
      } catch (error) {
        if (isTemporary(error)) {
          this.#dispatch({ kind: "outboxChanged", pending: 0, waiting: true });
          await this.#pause(attempt++);
          continue;
        }
        // Another device may have undone an answer, or have finished.
        this.#dispatch({ kind: "problem", problem: codeOf(error) });
        return this.open();
      }
    }
  }

  /** A closed study has no button to finish, but its plan may leave out voters who answered every trial in time and have not finished. */
  async #finishIfClosed(voter: BallotVoter, attempt = 0): Promise<void> {
    if (this.#closed || this.#state.screen !== "closed" || voter.nextTrial !== null) return;
    if (((await this.#store?.list()) ?? []).length > 0) return;
    try {
      const finished = await this.#around.client.finish(this.#secrets.session);
      this.#dispatch({ kind: "finished", voter: finished });
    } catch (error) {
      // Insiders no longer finish, and the others only for a day.
      if (!isTemporary(error)) return;
      await this.#pause(attempt);
      await this.#finishIfClosed(voter, attempt + 1);
    }
  }

  #pause(attempt: number): Promise<void> {
    return new Promise((done) => {
      const cancel = this.#around.schedule(done, retryDelay(attempt, this.#around.jitter()));
      this.#cancelRetry = () => {
        cancel();
        done();
      };
    });
  }
}
