/**
 * The state of one person's visit to a study, as a reducer without side effects: which screen is shown, which trials are answered and
 * which one is next. Votes that still wait in the outbox count as answered.
 */
import type { Ballot, BallotTrial, BallotVoter } from "./ballot.ts";
import type { KeptStep } from "./keptStep.ts";

export type VotingScreen =
  | "loading"
  /** The ballot could not be read. */
  | "failed"
  /** Only members vote, and the sender is not signed in or belongs to no workspace. */
  | "signedOut"
  /** The member's role does not include voting. */
  | "forbidden"
  | "missing"
  | "notOpen"
  | "paused"
  | "closed"
  /** No image needs another vote, or others have taken the voter's place. */
  | "full"
  | "consent"
  | "instructions"
  | "practice"
  | "voting"
  | "leave"
  /** Every trial is answered; the last one can still be undone. */
  | "complete"
  | "finishing"
  | "finished"
  | "withdrawn"
  /** The session is unknown to the API, or was withdrawn elsewhere. */
  | "ended";

export interface VotingState {
  readonly screen: VotingScreen;
  readonly ballot: Ballot | null;
  readonly voter: BallotVoter | null;
  /** About the bytes of the images of a session; null while unknown. */
  readonly imageBytes: number | null;
  /** By number; those not read yet are missing. */
  readonly trials: ReadonlyMap<number, BallotTrial>;
  readonly answered: ReadonlySet<number>;
  /** Answered trials, the latest last. */
  readonly order: readonly number[];
  /** The trial on the screen; null if every trial is answered. */
  readonly current: number | null;
  /** Counts presentations, so that a trial that is shown again starts from its blank screen. */
  readonly presentation: number;
  /** Votes and undos that the API has not confirmed. */
  readonly pending: number;
  /** Whether sending failed and is tried again later. */
  readonly waiting: boolean;
  /** Why the latest answer was dropped: another tab or device had answered the trial, or the API refused it. Null if it was not. */
  readonly dropped: "elsewhere" | "refused" | null;
  /** Votes removed by a withdrawal; null if unknown. */
  readonly removed: number | null;
  /** What the last request of a button failed with, in words for the voter; null without a failure. */
  readonly problem: string | null;
}

export const initialVoting: VotingState = {
  screen: "loading",
  ballot: null,
  voter: null,
  imageBytes: null,
  trials: new Map(),
  answered: new Set(),
  order: [],
  current: null,
  presentation: 0,
  pending: 0,
  waiting: false,
  dropped: null,
  removed: null,
  problem: null,
};

export type VotingEvent =
  | { readonly kind: "ballotRead"; readonly ballot: Ballot; readonly hasSession: boolean; readonly kept: KeptStep | null }
  | { readonly kind: "weighed"; readonly bytes: number | null }
  | { readonly kind: "ballotMissing" }
  | { readonly kind: "ballotFailed"; readonly problem: string }
  | { readonly kind: "joined"; readonly ballot: Ballot }
  | { readonly kind: "trialsRead"; readonly trials: readonly BallotTrial[] }
  /** The answered trials of the API, and what waits in the outbox, in order. */
  | { readonly kind: "synchronised"; readonly answered: readonly number[]; readonly dropped: VotingState["dropped"] }
  | { readonly kind: "practised" }
  | { readonly kind: "started" }
  | { readonly kind: "voted" }
  | { readonly kind: "undone" }
  | { readonly kind: "left" }
  | { readonly kind: "returned" }
  | { readonly kind: "outboxChanged"; readonly pending: number; readonly waiting: boolean }
  | { readonly kind: "finishing" }
  | { readonly kind: "finished"; readonly voter: BallotVoter }
  | { readonly kind: "stopped"; readonly screen: "paused" | "closed" | "full" | "ended" }
  | { readonly kind: "placeLost"; readonly voter: BallotVoter }
  | { readonly kind: "withdrawn"; readonly removed: number | null }
  | { readonly kind: "restarted" }
  | { readonly kind: "problem"; readonly problem: string | null };

function screenOf({ state, voter }: Ballot, hasSession: boolean, kept: KeptStep | null): VotingScreen {
  if (voter !== null && voter.finishedAt !== null) return "finished";
  if (state === "DRAFT") return "notOpen";
  if (state === "CLOSED" || state === "ARCHIVED") return "closed";
  if (voter === null && hasSession) return "ended";
  if (state === "PAUSED") return "paused";
  if (voter === null) return "consent";
  if (voter.placeLost) return "full";
  return kept?.pseudonym === voter.pseudonym ? kept.step : "voting";
}

function screenWithoutBallot(problem: string): VotingScreen {
  if (problem === "UNAUTHENTICATED" || problem === "NO_WORKSPACE") return "signedOut";
  return problem === "FORBIDDEN" ? "forbidden" : "failed";
}

/** The first trial without an answer; null if there is none. */
function firstOpen(total: number, answered: ReadonlySet<number>): number | null {
  for (let trial = 0; trial < total; trial++) if (!answered.has(trial)) return trial;
  return null;
}

/** Shows the first open trial, or the last screen once there is none. */
function proceed(state: VotingState, order: readonly number[]): VotingState {
  const answered = new Set(order);
  const current = firstOpen(state.voter?.total ?? 0, answered);
  const moved = current !== state.current;
  const onTrials = state.screen === "voting" || state.screen === "complete";
  return {
    ...state,
    order,
    answered,
    current,
    presentation: state.presentation + (moved ? 1 : 0),
    screen: onTrials ? (current === null ? "complete" : "voting") : state.screen,
  };
}

/** The latest answered trial, which alone can be undone; null if none is. */
export function undoable({ order }: VotingState): number | null {
  return order.at(-1) ?? null;
}

export function currentTrial({ current, trials }: VotingState): BallotTrial | null {
  return current === null ? null : (trials.get(current) ?? null);
}

export function changeVoting(state: VotingState, event: VotingEvent): VotingState {
  switch (event.kind) {
    case "ballotRead":
      return {
        ...state,
        ballot: event.ballot,
        voter: event.ballot.voter,
        screen: screenOf(event.ballot, event.hasSession, event.kept),
        problem: null,
      };
    case "weighed":
      return { ...state, imageBytes: event.bytes };
    case "ballotMissing":
      return { ...state, screen: "missing" };
    case "ballotFailed":
      return { ...state, screen: screenWithoutBallot(event.problem), problem: event.problem };
    case "joined":
      return { ...state, ballot: event.ballot, voter: event.ballot.voter, screen: "instructions", problem: null };
    case "trialsRead": {
      const trials = new Map(state.trials);
      for (const trial of event.trials) trials.set(trial.number, trial);
      return { ...state, trials };
    }
    case "synchronised":
      return { ...proceed(state, event.answered), dropped: event.dropped };
    case "practised":
      return state.screen === "instructions" ? { ...state, screen: "practice" } : state;
    case "started":
      if (state.screen !== "instructions" && state.screen !== "practice") return state;
      return { ...state, screen: state.current === null ? "complete" : "voting", presentation: state.presentation + 1 };
    case "voted":
      if (state.screen !== "voting" || state.current === null) return state;
      return { ...proceed(state, [...state.order, state.current]), dropped: null };
    case "undone": {
      const last = undoable(state);
      if ((state.screen !== "voting" && state.screen !== "complete") || last === null) return state;
      const undone = proceed(state, state.order.slice(0, -1));
      return { ...undone, dropped: null };
    }
    case "left":
      return state.screen === "voting" || state.screen === "complete" ? { ...state, screen: "leave" } : state;
    case "returned":
      if (state.screen !== "leave") return state;
      return {
        ...state,
        screen: state.current === null ? "complete" : "voting",
        presentation: state.presentation + 1,
        problem: null,
      };
    case "outboxChanged":
      return { ...state, pending: event.pending, waiting: event.waiting };
    case "finishing":
      return state.screen === "complete" ? { ...state, screen: "finishing", problem: null } : state;
    case "finished":
      return { ...state, screen: "finished", voter: event.voter, problem: null };
    case "stopped":
      return { ...state, screen: event.screen, problem: null };
    case "placeLost":
      return { ...state, screen: "full", voter: event.voter, problem: null };
    case "withdrawn":
      return { ...state, screen: "withdrawn", removed: event.removed, problem: null };
    case "restarted":
      return {
        ...initialVoting,
        ballot: state.ballot,
        imageBytes: state.imageBytes,
        screen: state.ballot === null ? "loading" : "consent",
      };
    case "problem":
      return { ...state, problem: event.problem, screen: state.screen === "finishing" ? "complete" : state.screen };
  }
}
