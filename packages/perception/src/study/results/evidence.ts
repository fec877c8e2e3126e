/**
 * The votes of a study as every result reads them, on two sides: as planned, without insiders, without voters of the still version where
 * the plan leaves them out, and without voters whom the exclusion rules exclude; and of everyone. Exclusion follows the plan alone; flags
 * exclude no voter.
 */
import { AppError } from "@pareidolia/core/appError";
import { type CountedVotes, none } from "../../countedVotes.ts";
import { chanceOf, type Protocol } from "../../protocols/registry.ts";
import type { DesignedTrials } from "../../trials/design.ts";
import type { CheckVotes } from "../../voters/canaryTest.ts";
import { describeVoters, type VoterRecord } from "../../voters/describeVoters.ts";
import { type ExclusionReason, exclusionReasons } from "../../voters/exclusion.ts";
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
  /** Of each voter; empty for voters whose votes count as planned. */
  readonly exclusions: readonly (readonly Exclusion[])[];
}

/** Collects a study's votes voter by voter, so that a new vote costs only the trials of its voter. */
export class StudyCollector {
  readonly #plan: StudyPlan;
  readonly #voters = new Map<number, { readonly voter: StudyVoter; readonly columns: VoterColumns }>();
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
    this.#voters.set(voter.number, { voter, columns });
  }

  /** Removes a voter who has withdrawn. */
  removeVoter(number: number): void {
    this.#voters.delete(number);
  }

  /** @throws AppError INVALID_INPUT unless there is one image for each stimulus. */
  evidence(images: readonly StudyImage[]): Evidence {
    const { rules } = this.#plan;
    if (images.length !== rules.design.stimuli.length)
      throw new AppError("INVALID_INPUT", "Results need the confidence and source of each of the study's images.");
    const all = [...this.#voters.values()].sort((one, other) => one.voter.number - other.voter.number);
    const empty = emptyColumns(this.#plan, this.#numbered);
    const side = (indices: readonly number[]): Side => {
      const phases = rules.design.phases.map(({ protocol }, phase): PhaseEvidence => {
        const parts = indices.map((index) => [index, all[index]?.columns.phases[phase] as PhaseColumns] as const);
        return { ...joinPhase(parts, all.length, empty.phases[phase] as PhaseColumns), protocol, chance: chanceOf(protocol) };
      });
      return { voters: indices, phases, records: recordsOf(phases, all.length) };
    };
    const everyone = side([...all.keys()]);
    const excluded = all.map(({ voter }, index): readonly Exclusion[] => [
      ...(voter.insider ? (["insider"] as const) : []),
      ...(voter.still && this.#plan.stillVersion === "leftOut" ? (["still"] as const) : []),
      ...exclusionReasons(rules.exclusion, everyone.records[index] as VoterRecord, voter.finished),
    ]);
    const kept = [...all.keys()].filter((index) => excluded[index]?.length === 0);
    return {
      plan: this.#plan,
      images,
      voters: all.map(({ voter }) => voter),
      skipped: all.map(({ columns }) => columns.phases.reduce((sum, { skipped }) => sum + skipped, 0)),
      exclusions: excluded,
      everyone,
      planned: kept.length === all.length ? everyone : side(kept),
    };
  }
}

/** The evidence of all votes at once. @throws AppError CORRUPT_DATA for a vote of an unknown voter, and as `StudyCollector`. */
export function collectStudy({ plan, images, voters, votes }: StudyData): Evidence {
  const byVoter = new Map<number, StudyVote[]>(voters.map(({ number }) => [number, []]));
  for (const vote of votes) {
    const own = byVoter.get(vote.voter);
    if (own === undefined) throw new AppError("CORRUPT_DATA", `A vote belongs to voter ${vote.voter}, who is not in the study.`);
    own.push(vote);
  }
  const collector = new StudyCollector(plan);
  for (const voter of voters) collector.setVoter(voter, byVoter.get(voter.number) as StudyVote[]);
  return collector.evidence(images);
}

/** Records over all phases: a rule counts a voter's gold hits in the whole session. */
function recordsOf(phases: readonly PhaseColumns[], voters: number): readonly VoterRecord[] {
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
