/**
 * Voters who join a plan's study one after the other, as the server assigns them images, and how the plan's rules judge their answers. The
 * same code judges real voters, so a plan cannot exclude in the simulation whom it would count in the study.
 */
import { Purpose, Random } from "@pareidolia/core/random";
import { countsAsVote, type Protocol, respond } from "../protocols/registry.ts";
import { assignImages, type ImageState } from "../study/assignImages.ts";
import { type AnsweredTrial, collectVotes } from "../study/collectVotes.ts";
import { recordsOf } from "../study/results/evidence.ts";
import { numberedDesign } from "../study/results/voterColumns.ts";
import type { StudyPlan } from "../study/studyPlan.ts";
import type { Phase } from "../trials/design.ts";
import type { Trial } from "../trials/trial.ts";
import { type ExclusionReason, exclusionReasons } from "../voters/exclusion.ts";
import { simulatedVoter, type VoterKind, voterKinds } from "./simulatedVoter.ts";

type Rules = Pick<StudyPlan, "seed" | "rules" | "overlap">;

export interface JoinedVoter {
  readonly items: readonly number[];
  readonly trials: readonly Trial[];
}

/**
 * The first voters, each of whom votes on all images before the next one joins. Ends when the study needs no more votes.
 * @param most number of voters.
 */
export function* joinVoters(plan: Rules, most: number): Generator<JoinedVoter, void, void> {
  const { phases, stimuli } = plan.rules.design;
  const votes = new Int32Array(stimuli.length);
  for (let voter = 0; voter < most; voter++) {
    const states = Array.from(
      votes,
      (count, index): ImageState => ({
        index,
        votes: count * phases.length,
        // Evenly divided votes stop an image last.
        agreeing: Math.floor((count * phases.length) / 2),
        judged: count * phases.length,
        holders: 0,
        votesOfHolders: 0,
      }),
    );
    const joined = assignImages(plan, states, voter);
    if (joined === null) return;
    for (const item of joined.items) votes[item] = (votes[item] as number) + 1;
    yield joined;
  }
}

/** When a trial ends without an answer, in milliseconds after its image appears. */
export function limitOf({ timing: { imageMs, maskMs, answerMs } }: Pick<Phase, "timing">): number {
  if (answerMs === 0) return Number.POSITIVE_INFINITY;
  return imageMs === 0 ? answerMs : imageMs + maskMs + answerMs;
}

export interface JudgedVoter {
  /** Answers that count as votes. */
  readonly votes: number;
  readonly gold: number;
  readonly noise: number;
  /** The plan's rules that leave the voter out. */
  readonly reasons: readonly ExclusionReason[];
}

/** Whether the voter's votes count as planned, and there is one. */
export function isCounted({ votes, reasons }: JudgedVoter): boolean {
  return votes > 0 && reasons.length === 0;
}

/**
 * Simulates the answers of joined voters of one kind and judges them. Each of them finishes the session.
 * @param draw number of the simulation: each has other answers.
 */
export function judgeVoters(plan: Rules, joined: readonly JoinedVoter[], id: VoterKind, draw: number): JudgedVoter[] {
  const { seed, rules } = plan;
  const design = numberedDesign(rules.design);
  const simulated = simulatedVoter(id, rules.exclusion.values.medianMs);
  const voters = joined.length;
  const answered = joined.flatMap(({ trials }, voter): AnsweredTrial[] => {
    const index = (draw * voterKinds.length + voterKinds.indexOf(id)) * voters + voter;
    const random = new Random({ seed, generation: 0, index, purpose: Purpose.SIMULATE });
    return trials.map((trial) => {
      const phase = design.phases[trial.phase] as Phase;
      const { protocol } = phase;
      const answer = respond(protocol, trial, simulated.sees(trial.role, protocol, random), random);
      return { voter, trial, answer, responseMs: Math.min(limitOf(phase), simulated.responseMs(random)) };
    });
  });
  const phases = design.phases.map((_, phase) => collectVotes(design, answered, { voters, phase }));
  const votes = new Int32Array(voters);
  for (const { voter, trial, answer } of answered) {
    const { protocol } = design.phases[trial.phase] as { readonly protocol: Protocol };
    if (trial.role === "counted" && countsAsVote(protocol, answer)) votes[voter] = (votes[voter] as number) + 1;
  }
  return recordsOf(phases, voters).map((record, voter) => ({
    votes: votes[voter] as number,
    gold: record.gold.hits,
    noise: record.noise.hits,
    reasons: exclusionReasons(rules.exclusion, record, true),
  }));
}
