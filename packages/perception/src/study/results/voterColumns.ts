/**
 * The columns of one voter's votes. Trials are rebuilt to read votes, which is most of the work of a result, so the columns of voters
 * without new votes are kept from one computation to the next.
 */
import { AppError } from "@pareidolia/core/appError";
import { normaliseText } from "@pareidolia/core/normaliseText";
import type { CountedVotes } from "../../countedVotes.ts";
import { countsAsVote } from "../../protocols/registry.ts";
import type { DesignedTrials } from "../../trials/design.ts";
import type { TrialRole } from "../../trials/voterStreams.ts";
import {
  type AnsweredTrial,
  type CategoryNames,
  type CollectedVotes,
  collectPairs,
  collectVotes,
  type FoilCounts,
  type PairChoices,
} from "../collectVotes.ts";
import { compareRepeats, type RepeatedAnswers } from "../repeats.ts";
import type { StudyPlan } from "../studyPlan.ts";
import { answeredSession } from "./answeredSession.ts";
import type { StudyVote, StudyVoter, VoteTiming } from "./studyData.ts";

/** Measured times of counted votes, in the order of the votes; NaN if not measured. */
export interface TimingColumns {
  readonly shownMs: Float64Array;
  readonly requestedMs: Float64Array;
  readonly refreshHz: Float64Array;
  readonly droppedFrames: Float64Array;
}

export interface PhaseColumns {
  /** Categories are what options stand for. */
  readonly votes: CountedVotes;
  /** 1: the answer counts as a vote; 0: it is missing, as "can't tell" where the protocol says so. */
  readonly counts: Uint8Array;
  /** What was written, normalised; null for other answers. */
  readonly texts: readonly (string | null)[];
  readonly names: CategoryNames;
  /** How often each category was offered, and chosen, where another one was right. */
  readonly foils: FoilCounts;
  /** The same votes with positions on the screen as categories. */
  readonly positions: Pick<CountedVotes, "answers" | "answer" | "target">;
  readonly checks: CollectedVotes["checks"];
  readonly pairs: PairChoices;
  /** Of images that came twice. */
  readonly repeats: RepeatedAnswers & { readonly voter: Int32Array };
  readonly timing: TimingColumns;
  /** Counted trials that the voter skipped, and those whose time ended without an answer. */
  readonly skipped: number;
  readonly timedOut: number;
  /** Answered checks whose answers cannot be judged. */
  readonly unjudged: { readonly gold: number; readonly noise: number };
  /** Categories among the options of counted trials, and the smallest number of options of a trial. */
  readonly offered: { readonly categories: ReadonlySet<number>; readonly fewest: number };
}

export interface VoterColumns {
  readonly phases: readonly PhaseColumns[];
}

/**
 * The design with all labels of its images in its list of labels, so that categories have the same numbers for every voter. Labels that
 * only occur among foils are found while votes are read.
 */
export function numberedDesign(design: DesignedTrials): DesignedTrials {
  return { ...design, labels: [...new Set([...design.labels, ...design.stimuli.map(({ label }) => label)])] };
}

const measured = (timing: VoteTiming | null, name: keyof VoteTiming): number => timing?.[name] ?? Number.NaN;

/**
 * @param numbered the design whose labels number the categories.
 * @throws AppError CORRUPT_DATA as `answeredSession`.
 */
export function collectVoter(plan: StudyPlan, numbered: DesignedTrials, voter: StudyVoter, votes: readonly StudyVote[]): VoterColumns {
  const session = answeredSession(plan, voter, votes);
  const answered: AnsweredTrial[] = [];
  const timings: (VoteTiming | null)[] = [];
  for (const { vote, trial, answer } of session)
    if (answer !== null) {
      answered.push({ voter: 0, trial, answer, responseMs: vote.responseMs });
      timings.push(vote.timing);
    }
  const unanswered = session.filter(({ answer }) => answer === null);
  return {
    phases: numbered.phases.map(({ protocol }, phase): PhaseColumns => {
      const options = { voters: 1, phase };
      const { votes: table, checks, names, foils } = collectVotes(numbered, answered, options);
      const { votes: positions } = collectVotes(numbered, answered, { ...options, categories: "positions" });
      const isCounted = (trial: { readonly phase: number; readonly role: TrialRole }): boolean =>
        trial.phase === phase && trial.role === "counted";
      const counted = answered
        .map(({ trial }, index) => ({ trial, timing: timings[index] ?? null }))
        .filter(({ trial }) => isCounted(trial));
      const unjudgedOf = (role: TrialRole, judged: number): number =>
        answered.filter(({ trial }) => trial.phase === phase && trial.role === role).length - judged;
      const column = (name: keyof VoteTiming): Float64Array => Float64Array.from(counted, ({ timing }) => measured(timing, name));
      const repeats = compareRepeats(answered.filter(({ trial }) => trial.phase === phase));
      return {
        votes: table,
        counts: Uint8Array.from(
          answered.filter(({ trial }) => isCounted(trial)),
          ({ answer }) => Number(countsAsVote(protocol, answer)),
        ),
        texts: answered.filter(({ trial }) => isCounted(trial)).map(({ answer }) => ("text" in answer ? normaliseText(answer.text) : null)),
        names,
        foils,
        positions: { answers: positions.answers, answer: positions.answer, target: positions.target },
        checks,
        pairs: collectPairs(numbered, answered, options),
        repeats: { ...repeats, voter: new Int32Array(repeats.item.length) },
        timing: {
          shownMs: column("shownMs"),
          requestedMs: column("requestedMs"),
          refreshHz: column("refreshHz"),
          droppedFrames: column("droppedFrames"),
        },
        skipped: unanswered.filter(({ trial, vote }) => !vote.timedOut && isCounted(trial)).length,
        timedOut: unanswered.filter(({ trial, vote }) => vote.timedOut && isCounted(trial)).length,
        unjudged: { gold: unjudgedOf("gold", checks.gold.item.length), noise: unjudgedOf("noise", checks.noise.item.length) },
        offered: {
          categories: new Set(counted.flatMap(({ trial }) => trial.options)),
          fewest: counted.reduce((fewest, { trial }) => Math.min(fewest, trial.options.length), Number.POSITIVE_INFINITY),
        },
      };
    }),
  };
}

/** The classes of the columns that the design's list of labels lacks. */
export function unknownLabels({ phases }: VoterColumns, numbered: DesignedTrials): number[] {
  return [...new Set(phases.flatMap(({ names }) => names.values.slice(numbered.labels.length)))];
}

/** Columns of all voters as one, with each voter's index in the study. @throws AppError INVALID_INPUT for no phase. */
export function joinPhase(
  parts: readonly (readonly [voter: number, columns: PhaseColumns])[],
  voters: number,
  empty: PhaseColumns,
): PhaseColumns {
  const integers = (of: (part: PhaseColumns) => Int32Array): Int32Array =>
    join(
      Int32Array,
      parts.map(([, part]) => of(part)),
    );
  const floats = (of: (part: PhaseColumns) => Float64Array): Float64Array =>
    join(
      Float64Array,
      parts.map(([, part]) => of(part)),
    );
  const indices = (length: (part: PhaseColumns) => number): Int32Array =>
    join(
      Int32Array,
      parts.map(([voter, part]) => new Int32Array(length(part)).fill(voter)),
    );
  const largest = (of: (part: PhaseColumns) => number): number => parts.reduce((most, [, part]) => Math.max(most, of(part)), of(empty));
  const check = (name: keyof PhaseColumns["checks"]) => ({
    items: empty.checks[name].items,
    voters,
    item: integers(({ checks }) => checks[name].item),
    voter: indices(({ checks }) => checks[name].item.length),
    hit: join(
      Uint8Array,
      parts.map(([, part]) => part.checks[name].hit),
    ),
  });
  return {
    votes: {
      items: empty.votes.items,
      voters,
      answers: largest(({ votes }) => votes.answers),
      item: integers(({ votes }) => votes.item),
      voter: indices(({ votes }) => votes.item.length),
      answer: integers(({ votes }) => votes.answer),
      target: integers(({ votes }) => votes.target),
      agrees: join(
        Int8Array,
        parts.map(([, part]) => part.votes.agrees),
      ),
      trial: integers(({ votes }) => votes.trial),
      responseMs: floats(({ votes }) => votes.responseMs),
    },
    counts: join(
      Uint8Array,
      parts.map(([, part]) => part.counts),
    ),
    texts: parts.flatMap(([, part]) => part.texts),
    names: parts.reduce(
      (names, [, part]) => (part.names.of === "positions" || part.names.values.length < names.values.length ? names : part.names),
      empty.names,
    ),
    foils: {
      offered: sumColumns(parts, ({ foils }) => foils.offered),
      chosen: sumColumns(parts, ({ foils }) => foils.chosen),
    },
    positions: {
      answers: largest(({ positions }) => positions.answers),
      answer: integers(({ positions }) => positions.answer),
      target: integers(({ positions }) => positions.target),
    },
    checks: { gold: check("gold"), noise: check("noise"), canaries: check("canaries") },
    pairs: {
      items: empty.pairs.items,
      voters,
      winner: integers(({ pairs }) => pairs.winner),
      loser: integers(({ pairs }) => pairs.loser),
      voter: indices(({ pairs }) => pairs.winner.length),
    },
    repeats: {
      item: integers(({ repeats }) => repeats.item),
      voter: indices(({ repeats }) => repeats.item.length),
      same: join(
        Uint8Array,
        parts.map(([, part]) => part.repeats.same),
      ),
    },
    timing: {
      shownMs: floats(({ timing }) => timing.shownMs),
      requestedMs: floats(({ timing }) => timing.requestedMs),
      refreshHz: floats(({ timing }) => timing.refreshHz),
      droppedFrames: floats(({ timing }) => timing.droppedFrames),
    },
    skipped: parts.reduce((sum, [, part]) => sum + part.skipped, 0),
    timedOut: parts.reduce((sum, [, part]) => sum + part.timedOut, 0),
    unjudged: {
      gold: parts.reduce((sum, [, part]) => sum + part.unjudged.gold, 0),
      noise: parts.reduce((sum, [, part]) => sum + part.unjudged.noise, 0),
    },
    offered: {
      categories: new Set(parts.flatMap(([, part]) => [...part.offered.categories])),
      fewest: parts.reduce((fewest, [, part]) => Math.min(fewest, part.offered.fewest), Number.POSITIVE_INFINITY),
    },
  };
}

/** Counts by category; a voter who saw no later category has a shorter column. */
function sumColumns(parts: readonly (readonly [number, PhaseColumns])[], of: (part: PhaseColumns) => Int32Array): Int32Array {
  const sum = new Int32Array(parts.reduce((most, [, part]) => Math.max(most, of(part).length), 0));
  for (const [, part] of parts) for (const [category, count] of of(part).entries()) sum[category] = (sum[category] as number) + count;
  return sum;
}

type Column = Int32Array | Int8Array | Uint8Array | Float64Array;

function join<C extends Column>(type: { new (length: number): C }, columns: readonly C[]): C {
  const joined = new type(columns.reduce((length, column) => length + column.length, 0));
  let at = 0;
  for (const column of columns) {
    joined.set(column, at);
    at += column.length;
  }
  return joined;
}

/** The columns of a voter without votes. @throws AppError INVALID_INPUT for a design without phases. */
export function emptyColumns(plan: StudyPlan, numbered: DesignedTrials): VoterColumns {
  if (numbered.phases.length === 0) throw new AppError("INVALID_INPUT", "A study needs at least one phase.", { field: "phases" });
  return collectVoter(plan, numbered, { number: 0, items: null, finished: false, insider: false, still: false }, []);
}
