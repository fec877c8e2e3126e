/**
 * The results of a study, as documents that a job stores and pages and API read: each figure with its interval and number of cases, or the
 * reason why it is undefined, computed from the votes that count as planned and from everyone's. Equal votes give equal documents.
 */
import { AppError } from "@pareidolia/core/appError";
import { integer, list, oneOf, record, type Shape } from "@pareidolia/core/documentShape";
import { agreement } from "./results/agreement.ts";
import { bias } from "./results/bias.ts";
import { calibration } from "./results/calibration.ts";
import { coding } from "./results/coding.ts";
import { consistency } from "./results/consistency.ts";
import { detection } from "./results/detection.ts";
import { countVotes, type Evidence, exclusions, type Side, type SideName, sides } from "./results/evidence.ts";
import { groups } from "./results/groups.ts";
import { plane } from "./results/plane.ts";
import type { ResultKind } from "./results/resultKind.ts";
import { summary } from "./results/summary.ts";
import { timing } from "./results/timing.ts";
import { voters } from "./results/voters.ts";

/** To add a kind, write a file beside these and add a line here. */
export const resultKinds = { plane, summary, agreement, calibration, bias, voters, timing, consistency, groups, detection, coding };

type Kinds = typeof resultKinds;
export type ResultKindId = keyof Kinds;
export const resultKindIds = Object.keys(resultKinds) as readonly ResultKindId[];

/** The version of stored results. With a new one, a migration outdates the stored ones, so that they are computed again. */
export const resultVersion = 7;

const countFields = {
  /** Voters with votes that count. */
  voted: integer,
  /** Votes that count. */
  votes: integer,
  /** Answers to counted trials that do not count as votes. */
  missing: integer,
  /** Images with votes that count. */
  images: integer,
};

/** Voters on a side, and what counts in all phases and in each. */
const peopleShape = record({ voters: integer, ...countFields, phases: list(record(countFields)) });

const headerShape = record({
  /** Voters whom each rule excludes; a voter may have several reasons. */
  exclusions: list(record({ reason: oneOf(exclusions), voters: integer })),
  planned: peopleShape,
  everyone: peopleShape,
});

type Header = ReturnType<typeof headerShape>;
type SharedOf<Kind> = Kind extends ResultKind<string, infer Shared, object> ? Shared : never;
type SectionOf<Kind> = Kind extends ResultKind<string, object, infer Section> ? Section : never;

export type StudyResult<Id extends ResultKindId = ResultKindId> = {
  readonly [Kind in Id]: {
    readonly version: typeof resultVersion;
    readonly kind: Kind;
    readonly counts: Header;
    readonly shared: SharedOf<Kinds[Kind]>;
  } & Readonly<Record<SideName, SectionOf<Kinds[Kind]>>>;
}[Id];

type AnyKind = ResultKind<string, object, object>;

/** The document to store. */
export function computeResult<Id extends ResultKindId>(id: Id, evidence: Evidence): StudyResult<Id> {
  const kind = resultKinds[id] as unknown as AnyKind;
  const everyone = kind.compute(evidence.everyone, evidence);
  // Without excluded voters, both sides are the same votes.
  const planned = evidence.planned === evidence.everyone ? everyone : kind.compute(evidence.planned, evidence);
  return {
    version: resultVersion,
    kind: id,
    counts: headerOf(evidence),
    shared: kind.shared(evidence),
    planned,
    everyone,
  } as unknown as StudyResult<Id>;
}

/** Reads a stored document. @throws AppError CORRUPT_DATA for another version or kind, or naming the damaged field. */
export function parseResult<Id extends ResultKindId>(id: Id, document: unknown): StudyResult<Id> {
  const kind = resultKinds[id] as unknown as AnyKind;
  const fixed =
    <Value extends string | number>(expected: Value): Shape<Value> =>
    (value, path) => {
      if (value !== expected) throw new AppError("CORRUPT_DATA", `A stored result has ${path} ${String(value)} instead of ${expected}.`);
      return expected;
    };
  const shape = record({
    version: fixed(resultVersion),
    kind: fixed(id),
    counts: headerShape,
    shared: kind.sharedShape,
    planned: kind.sectionShape,
    everyone: kind.sectionShape,
  });
  return shape(document, "result") as unknown as StudyResult<Id>;
}

function headerOf(evidence: Evidence): Header {
  const counted = exclusions.map((reason) => ({
    reason,
    voters: evidence.exclusions.filter((reasons) => reasons.includes(reason)).length,
  }));
  const [planned, everyone] = sides.map((side) => peopleOf(evidence[side])) as [ReturnType<typeof peopleOf>, ReturnType<typeof peopleOf>];
  return { exclusions: counted, planned, everyone };
}

function peopleOf({ voters: own, phases }: Side): ReturnType<typeof peopleShape> {
  return { voters: own.length, ...countOf(phases), phases: phases.map((phase) => countOf([phase])) };
}

/** What counts in these phases together. */
function countOf(phases: Side["phases"]): Omit<ReturnType<typeof peopleShape>, "voters" | "phases"> {
  const distinct = (column: "voter" | "item", size: number): number => {
    const seen = new Uint8Array(size);
    for (const { votes, counts } of phases)
      for (const [vote, count] of counts.entries()) if (count === 1) seen[votes[column][vote] as number] = 1;
    return seen.reduce((sum, one) => sum + one, 0);
  };
  const [first] = phases;
  const counted = phases.map((phase) => countVotes(phase));
  return {
    voted: distinct("voter", first?.votes.voters ?? 0),
    votes: counted.reduce((sum, { votes }) => sum + votes, 0),
    missing: counted.reduce((sum, { missing }) => sum + missing, 0),
    images: distinct("item", first?.votes.items ?? 0),
  };
}
