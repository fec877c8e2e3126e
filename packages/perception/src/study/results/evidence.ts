/**
 * The votes of a study as every result reads them, on two sides: as planned, without insiders, without voters of the still version where
 * the plan leaves them out, and without voters and mistimed trials that the exclusion rules exclude; and of everyone. Exclusion follows the
 * plan alone; flags exclude no voter. Rules of voters read all their trials.
 */
import { AppError } from "@pareidolia/core/appError";
import { type CodedText, codeAgrees, completeCodes, type FinalCodes } from "../../coding/textCodes.ts";
import { type CountedVotes, none } from "../../countedVotes.ts";
import { chanceOf, type Protocol } from "../../protocols/registry.ts";
import type { DesignedTrials } from "../../trials/design.ts";
import type { CheckVotes } from "../../voters/canaryTest.ts";
import { describeVoters, type VoterRecord } from "../../voters/describeVoters.ts";
import { type ExclusionReason, exclusionReasons, isMistimed } from "../../voters/exclusion.ts";
import type { StudyPlan } from "../studyPlan.ts";
import type { StudyData, StudyImage, StudyVote, StudyVoter } from "./studyData.ts";
import {
  collectVoter,
  emptyColumns,
  joinPhase,
  numberedDesign,
  type PhaseColumns,
  unknownLabels,
  type VoterColumns,
} from "./voterColumns.ts";

/** Why a voter's votes do not count as planned: a rule of the plan, or that the voter could inspect the study. */
export const exclusions = ["insider", "still", "goldHits", "noiseHits", "medianMs", "unfinished"] as const satisfies readonly (
  | "insider"
  | "still"
  | ExclusionReason
)[];
export type Exclusion = (typeof exclusions)[number];

export interface PhaseEvidence extends PhaseColumns {
  readonly protocol: Protocol;
  /** Null if the protocol has none. */
  readonly chance: number | null;
  /** Whether it has texts, all of which are coded: the votes then agree as their codes do. */
  readonly coded: boolean;
}

/** The complete coding of a study's texts. */
export interface StudyCoding {
  /** Those that voters wrote. */
  readonly texts: readonly CodedText[];
  readonly codes: FinalCodes;
}

/** Whose votes a result is computed from. */
export const sides = ["planned", "everyone"] as const;
export type SideName = (typeof sides)[number];

export interface Side {
  /** Indices of voters, ascending. */
  readonly voters: readonly number[];
  readonly phases: readonly PhaseEvidence[];
  /** A record for each voter of the study, over all phases; categories of `favourite` count on from phase to phase. */
  readonly records: readonly VoterRecord[];
}

export interface Evidence extends Readonly<Record<SideName, Side>> {
  readonly plan: StudyPlan;
  readonly images: readonly StudyImage[];
  /** By number, ascending; other parts refer to indices in this list. */
  readonly voters: readonly StudyVoter[];
  /** Counted trials that each voter skipped. */
  readonly skipped: readonly number[];
  /** Counted trials of each voter whose time ended. */
  readonly timedOut: readonly number[];
  /** Checks of each voter whose answers cannot be judged. */
  readonly unjudged: { readonly gold: readonly number[]; readonly noise: readonly number[] };
  /** Of each voter; empty for voters whose votes count as planned. */
  readonly exclusions: readonly (readonly Exclusion[])[];
  /** Null while coding is missing, and without texts. */
  readonly coding: StudyCoding | null;
}

/** Answers to counted trials: those that count as votes, and those that do not. */
export interface VoteCount {
  readonly votes: number;
  readonly missing: number;
}

/** The votes of a phase that count, as every page, figure and export counts them (`countsAsVote`). */
export function countVotes({ counts }: Pick<PhaseColumns, "counts">): VoteCount {
  const votes = counts.reduce((sum, count) => sum + count, 0);
  return { votes, missing: counts.length - votes };
}

/** Collects a study's votes voter by voter, so that a new vote costs only the trials of its voter. */
export class StudyCollector {
  readonly #plan: StudyPlan;
  /** Columns of all trials, and of those that the plan counts. */
  readonly #voters = new Map<number, { readonly voter: StudyVoter; readonly columns: VoterColumns; readonly timely: VoterColumns }>();
  #numbered: DesignedTrials;

  constructor(plan: StudyPlan) {
    this.#plan = plan;
    this.#numbered = numberedDesign(plan.rules.design);
  }

  /** Sets all votes of one voter. @throws AppError CORRUPT_DATA as `answeredSession`. */
  setVoter(voter: StudyVoter, votes: readonly StudyVote[]): void {
    const columns = collectVoter(this.#plan, this.#numbered, voter, votes);
    const unknown = unknownLabels(columns, this.#numbered);
    if (unknown.length > 0) this.#numbered = { ...this.#numbered, labels: [...this.#numbered.labels, ...unknown] };
    const kept = votes.filter(({ timing }) => !isMistimed(this.#plan.rules.exclusion, timing));
    // Labels are numbered by now, so both have the same categories.
    const timely = kept.length === votes.length ? columns : collectVoter(this.#plan, this.#numbered, voter, kept);
    this.#voters.set(voter.number, { voter, columns, timely });
  }

  /** Removes a voter who has withdrawn. */
  removeVoter(number: number): void {
    this.#voters.delete(number);
  }

  /**
   * @param coded texts whose codes are revealed. Default: none.
   * @throws AppError INVALID_INPUT unless there is one image for each stimulus.
   */
  evidence(images: readonly StudyImage[], coded: readonly CodedText[] = []): Evidence {
    const { rules } = this.#plan;
    if (images.length !== rules.design.stimuli.length)
      throw new AppError("INVALID_INPUT", "Results need the confidence and source of each of the study's images.");
    const all = [...this.#voters.values()].sort((one, other) => one.voter.number - other.voter.number);
    const empty = emptyColumns(this.#plan, this.#numbered);
    const given = new Set(all.flatMap(({ columns }) => columns.phases.flatMap(({ texts }) => texts.filter((text) => text !== null))));
    const codes = completeCodes(coded, given);
    const side = (indices: readonly number[], which: "columns" | "timely"): Side => {
      const phases = rules.design.phases.map(({ protocol }, phase): PhaseEvidence => {
        const parts = indices.map((index) => [index, all[index]?.[which].phases[phase] as PhaseColumns] as const);
        const joined = joinPhase(parts, all.length, empty.phases[phase] as PhaseColumns);
        return { ...withCodes(joined, rules.design, codes), protocol, chance: chanceOf(protocol) };
      });
      return { voters: indices, phases, records: recordsOf(phases, all.length) };
    };
    const everyone = side([...all.keys()], "columns");
    const excluded = all.map(({ voter }, index): readonly Exclusion[] => [
      ...(voter.insider ? (["insider"] as const) : []),
      ...(voter.still && this.#plan.stillVersion === "leftOut" ? (["still"] as const) : []),
      ...exclusionReasons(rules.exclusion, everyone.records[index] as VoterRecord, voter.finished),
    ]);
    const unjudged = (role: "gold" | "noise"): number[] =>
      all.map(({ columns }) => columns.phases.reduce((sum, phase) => sum + phase.unjudged[role], 0));
    const kept = [...all.keys()].filter((index) => excluded[index]?.length === 0);
    return {
      plan: this.#plan,
      images,
      voters: all.map(({ voter }) => voter),
      skipped: all.map(({ columns }) => columns.phases.reduce((sum, { skipped }) => sum + skipped, 0)),
      unjudged: { gold: unjudged("gold"), noise: unjudged("noise") },
      timedOut: all.map(({ columns }) => columns.phases.reduce((sum, { timedOut }) => sum + timedOut, 0)),
      exclusions: excluded,
      coding: codes === null ? null : { texts: coded.filter(({ text }) => given.has(text)), codes },
      everyone,
      planned: kept.length === all.length && all.every(({ columns, timely }) => columns === timely) ? everyone : side(kept, "timely"),
    };
  }
}

/** The columns with the votes agreeing as the codes of their texts do. */
function withCodes(
  columns: PhaseColumns,
  { stimuli }: Pick<DesignedTrials, "stimuli">,
  codes: FinalCodes | null,
): PhaseColumns & Pick<PhaseEvidence, "coded"> {
  const { votes, texts } = columns;
  if (codes === null || !texts.some((text) => text !== null)) return { ...columns, coded: false };
  const agrees = votes.agrees.map((stored, vote) => {
    const code = codes.get(texts[vote] ?? "");
    if (code === undefined) return stored;
    const agreeing = codeAgrees(code, stimuli[votes.item[vote] as number]?.label as number);
    return agreeing === null ? none : Number(agreeing);
  });
  return { ...columns, votes: { ...votes, agrees }, coded: true };
}

/** The evidence of all votes at once. @throws AppError CORRUPT_DATA for a vote of an unknown voter, and as `StudyCollector`. */
export function collectStudy({ plan, images, voters, votes, coded }: StudyData): Evidence {
  const byVoter = new Map<number, StudyVote[]>(voters.map(({ number }) => [number, []]));
  for (const vote of votes) {
    const own = byVoter.get(vote.voter);
    if (own === undefined) throw new AppError("CORRUPT_DATA", `A vote belongs to voter ${vote.voter}, who is not in the study.`);
    own.push(vote);
  }
  const collector = new StudyCollector(plan);
  for (const voter of voters) collector.setVoter(voter, byVoter.get(voter.number) as StudyVote[]);
  return collector.evidence(images, coded);
}

/** Records over all phases: a rule counts a voter's gold hits in the whole session. */
export function recordsOf(phases: readonly Pick<PhaseColumns, "votes" | "checks">[], voters: number): readonly VoterRecord[] {
  let answers = 0;
  const parts = phases.map(({ votes }) => {
    const from = answers;
    answers += votes.answers;
    return { ...votes, answer: votes.answer.map((answer) => (answer === none ? none : answer + from)) };
  });
  const one = <Name extends "item" | "voter" | "answer" | "trial">(name: Name): Int32Array =>
    Int32Array.from(parts.flatMap((part) => [...part[name]]));
  const [first] = parts;
  const session: CountedVotes =
    parts.length === 1 && first !== undefined
      ? first
      : {
          items: first?.items ?? 0,
          voters,
          answers,
          item: one("item"),
          voter: one("voter"),
          answer: one("answer"),
          target: new Int32Array(parts.reduce((sum, { item }) => sum + item.length, 0)).fill(none),
          agrees: Int8Array.from(parts.flatMap(({ agrees }) => [...agrees])),
          trial: one("trial"),
          responseMs: Float64Array.from(parts.flatMap(({ responseMs }) => [...responseMs])),
        };
  const check = (name: keyof PhaseColumns["checks"]): CheckVotes => {
    const own = phases.map(({ checks }) => checks[name]);
    return {
      items: own[0]?.items ?? 0,
      voters,
      item: Int32Array.from(own.flatMap(({ item }) => [...item])),
      voter: Int32Array.from(own.flatMap(({ voter }) => [...voter])),
      hit: Uint8Array.from(own.flatMap(({ hit }) => [...hit])),
    };
  };
  return describeVoters(session, { gold: check("gold"), noise: check("noise"), canaries: check("canaries") });
}
