/**
 * Response bias: which answers people give whatever the image, by what options stand for and by their positions on the screen, and whether
 * agreement changes over the session. An image is often "right" by chance alone if most people give its answer to every image.
 */
import { integer, list, number, oneOf, record, type Shape, type ShapeValue, text } from "@pareidolia/core/documentShape";
import { undefinedBecause } from "../../agreement/coefficient.ts";
import { type CountedVotes, none } from "../../countedVotes.ts";
import type { VotesOfVoters } from "../../intervals/shareOverVoters.ts";
import { bcaBootstrap, whyWithoutResampling } from "../../numbers/bcaBootstrap.ts";
import { whyWithout } from "../../protocols/registry.ts";
import { type ResponseBias, responseBias, scoreConfusion } from "../../voters/responseBias.ts";
import { sessionSlope } from "../../voters/sessionSlope.ts";
import type { PhaseEvidence } from "./evidence.ts";
import { defined, figureOf, figureOverVoters, figureShape, integers, noVotes, type OrReason, orReason, resamplesFor } from "./figure.ts";
import { defineResult, ifUsable } from "./resultKind.ts";

const biasFields = record({
  /** What categories stand for: `values` are classes if they are labels, otherwise images' indices or positions. */
  of: oneOf(["labels", "images", "positions"]),
  values: integers,
  /** Row by row, a row for each target: numbers of votes. */
  confusion: integers,
  /** Votes with this target, and with this answer. */
  targets: integers,
  answered: integers,
  /** Share of all answers; n counts votes. Intervals are for other voters. */
  baseRate: list(orReason(figureShape)),
  /** Share of the category's targets that were answered with it. */
  right: list(orReason(figureShape)),
  /** Share of answers that are the target. */
  accuracy: orReason(figureShape),
  /** The accuracy of answers at the same base rates, whatever the image. */
  expected: number,
  /** (accuracy - expected) / (1 - expected). */
  corrected: orReason(figureShape),
  resamples: integer,
});
export interface Bias extends ShapeValue<typeof biasFields> {}
const biasShape: Shape<Bias> = biasFields;

const slopeFields = record({
  /** Change of the share that agrees, for one trial; n counts voters. */
  slope: figureShape,
  p: number,
});
export interface Slope extends ShapeValue<typeof slopeFields> {}
const slopeShape: Shape<Slope> = slopeFields;

const sessionFields = record({
  /** Trials of the session in up to ten groups: first and last trial, from 0, and the votes on them. */
  first: integers,
  last: integers,
  agreeing: integers,
  votes: integers,
  share: list(orReason(figureShape)),
});
export interface SessionGroups extends ShapeValue<typeof sessionFields> {}
const sessionShape: Shape<SessionGroups> = sessionFields;

const phaseFields = record({
  protocol: text,
  /** By labels or images, if every trial offers all of them, or all but one. */
  options: orReason(biasShape),
  positions: orReason(biasShape),
  slope: orReason(slopeShape),
  session: orReason(sessionShape),
});
export interface BiasPhase extends ShapeValue<typeof phaseFields> {}
const phaseShape: Shape<BiasPhase> = phaseFields;

export const bias = defineResult({
  id: "bias",
  label: "Response bias",
  description: "Which answers people give whatever the image, and whether agreement changes over the session.",
  shared: () => ({}),
  sharedShape: record({}),
  compute: ({ phases }, { plan: { seed } }) => ({
    phases: phases.map((phase) => ({
      protocol: phase.protocol.kind,
      options: ifUsable(phase, "categories", () => ofOptions(phase, seed)),
      positions: ofPositions(phase, seed),
      slope: ifUsable(phase, "agreement", () => slopeOf(phase)),
      session: ifUsable(phase, "agreement", () => sessionOf(phase)),
    })),
  }),
  sectionShape: record({ phases: list(phaseShape) }),
});

function ofOptions(phase: PhaseEvidence, seed: number): OrReason<Bias> {
  const { votes, names, offered } = phase;
  if (votes.item.length === 0) return undefinedBecause(noVotes);
  if (offered.fewest < offered.categories.size - 1)
    return undefinedBecause("Trials offer different options, so how often each is answered depends on how often it was offered.");
  const used = usedCategories(votes);
  const values = used.map((category) => (names.of === "labels" ? (names.values[category] as number) : category));
  return biasOf(votes, used, { of: names.of, values }, seed);
}

function ofPositions({ votes, positions, protocol, coded, offered }: PhaseEvidence, seed: number): OrReason<Bias> {
  const table = { ...votes, ...positions };
  if (votes.item.length === 0) return undefinedBecause(noVotes);
  if (!positions.answer.some((answer) => answer !== none))
    return undefinedBecause(whyWithout(protocol, "categories", coded) ?? "No answer is a choice between positions.");
  if (!Number.isFinite(offered.fewest)) return undefinedBecause(noVotes);
  const values = Array.from({ length: positions.answers }, (_, position) => position);
  return biasOf(table, values, { of: "positions", values }, seed);
}

/** Categories that are a target or an answer of a vote, ascending. */
function usedCategories({ target, answer }: Pick<CountedVotes, "target" | "answer">): number[] {
  return [...new Set([...target, ...answer])].filter((category) => category !== none).sort((one, other) => one - other);
}

type Table = Pick<CountedVotes, "voters" | "voter" | "target" | "answer">;

/** @param used the categories of the report; others do not occur. */
function biasOf(table: Table, used: readonly number[], names: Pick<Bias, "of" | "values">, seed: number): OrReason<Bias> {
  const indexOf = new Map(used.map((category, index) => [category, index]));
  const compact = (column: Int32Array): Int32Array => column.map((category) => indexOf.get(category) ?? none);
  const votes = { answers: used.length, target: compact(table.target), answer: compact(table.answer) };
  const found = responseBias(votes);
  if (found === null) return undefinedBecause("No answer has both a category and a right one to be compared with.");
  const resamples = resamplesFor(found.votes / 10);
  const counted = countedVotes({ ...table, ...votes });
  const corrected = bootstrapped({ ...table, ...votes }, counted, found, { seed, resamples });
  return defined({
    ...names,
    confusion: [...found.confusion],
    targets: found.categories.map(({ targets }) => targets),
    answered: found.categories.map(({ answered }) => answered),
    baseRate: used.map((_, category) =>
      figureOverVoters(votesOfVoters(counted, table, { vote: (vote) => votes.answer[vote] === category })),
    ),
    right: used.map((_, category) =>
      figureOverVoters(
        votesOfVoters(counted, table, { vote: (vote) => votes.answer[vote] === category, of: (vote) => votes.target[vote] === category }),
        "No vote has this target.",
      ),
    ),
    accuracy: figureOverVoters(votesOfVoters(counted, table, { vote: (vote) => votes.answer[vote] === votes.target[vote] })),
    expected: found.expected,
    corrected,
    resamples,
  });
}

/** Votes with a target and an answer. */
function countedVotes({ voter, target, answer }: Table): number[] {
  return [...voter.keys()].filter((vote) => target[vote] !== none && answer[vote] !== none);
}

/** By voter: the votes that count towards a share, and those of which it is one. */
function votesOfVoters(
  counted: readonly number[],
  { voter, voters }: Table,
  { vote: counts, of = () => true }: { readonly vote: (vote: number) => boolean; readonly of?: (vote: number) => boolean },
): VotesOfVoters {
  const [agreeing, votes] = [new Int32Array(voters), new Int32Array(voters)];
  for (const vote of counted) {
    if (!of(vote)) continue;
    const who = voter[vote] as number;
    votes[who] = (votes[who] as number) + 1;
    if (counts(vote)) agreeing[who] = (agreeing[who] as number) + 1;
  }
  return { agreeing, votes };
}

/** The corrected accuracy with its interval from resampled voters. */
function bootstrapped(
  { voter, target, answer, answers }: Table & { readonly answers: number },
  counted: readonly number[],
  found: ResponseBias,
  options: { readonly seed: number; readonly resamples: number },
): Bias["corrected"] {
  if (found.corrected === null) return undefinedBecause("All answers and targets are of one category, so there is nothing to correct for.");
  const unitOf = new Map([...new Set(counted.map((vote) => voter[vote] as number))].map((who, unit) => [who, unit]));
  // A voter's votes are counted by cell once, since each resample repeats or leaves out all of them.
  const cells = answers * answers;
  const counts = new Map<number, number>();
  for (const vote of counted) {
    const key = (unitOf.get(voter[vote] as number) as number) * cells + (target[vote] as number) * answers + (answer[vote] as number);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const keys = Float64Array.from(counts.keys());
  const unit = Int32Array.from(keys, (key) => Math.floor(key / cells));
  const cell = Int32Array.from(keys, (key) => key % cells);
  const count = Int32Array.from(counts.values());
  const confusion = new Float64Array(cells);
  const statistic = (weights: Float64Array): number => {
    confusion.fill(0);
    // All are whole numbers, so the sums do not depend on their order.
    for (let k = 0; k < cell.length; k++)
      confusion[cell[k] as number] =
        (confusion[cell[k] as number] as number) + (weights[unit[k] as number] as number) * (count[k] as number);
    return scoreConfusion(confusion, answers).corrected ?? Number.NaN;
  };
  // The estimate itself is that of the whole table, to the last bit.
  const interval = { ...bcaBootstrap({ ...options, units: unitOf.size, statistic }), estimate: found.corrected };
  return figureOf(interval, found.votes, "voters", whyWithoutResampling(unitOf.size, "voters"));
}

function slopeOf({ votes }: PhaseEvidence): OrReason<Slope> {
  const found = sessionSlope(votes);
  if (found === null) return undefinedBecause("The slope needs two voters with votes on at least two trials, and answers that vary.");
  return defined({ slope: { ...found.slope, n: found.voters, over: "voters" }, p: found.p });
}

const maxGroups = 10;

function sessionOf({ votes }: PhaseEvidence): OrReason<SessionGroups> {
  const { trial, agrees, voter, voters } = votes;
  if (!agrees.some((value) => value !== none)) return undefinedBecause(noVotes);
  const last = trial.reduce((most, at) => Math.max(most, at), 0);
  const groups = Math.min(maxGroups, last + 1);
  const of = (at: number): number => Math.min(groups - 1, Math.floor((at * groups) / (last + 1)));
  const byVoter = Array.from({ length: groups }, () => ({ agreeing: new Int32Array(voters), votes: new Int32Array(voters) }));
  for (let vote = 0; vote < trial.length; vote++) {
    if (agrees[vote] === none) continue;
    const group = byVoter[of(trial[vote] as number)] as (typeof byVoter)[number];
    const who = voter[vote] as number;
    group.votes[who] = (group.votes[who] as number) + 1;
    group.agreeing[who] = (group.agreeing[who] as number) + (agrees[vote] as number);
  }
  const starts = byVoter.map((_, group) => Math.ceil((group * (last + 1)) / groups));
  const total = (column: Int32Array): number => column.reduce((sum, value) => sum + value, 0);
  return defined({
    first: starts,
    last: starts.map((_, group) => (starts[group + 1] ?? last + 1) - 1),
    agreeing: byVoter.map(({ agreeing }) => total(agreeing)),
    votes: byVoter.map((group) => total(group.votes)),
    share: byVoter.map((group) => figureOverVoters(group, "No vote on these trials counts.")),
  });
}
