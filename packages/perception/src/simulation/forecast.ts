/**
 * What a plan will cost and whom it will count: how many voters fill the study, how long each of them takes, and which share of typical and
 * of guessing voters its rules leave in.
 */
import type { PlanProblem } from "../planProblem.ts";
import { maxVotes } from "../stopping/registry.ts";
import type { StudyPlan } from "../study/studyPlan.ts";
import { sessionMs } from "../trials/sessionLength.ts";
import type { ExclusionReason } from "../voters/exclusion.ts";
import { type VoterKind, voterKinds } from "./simulatedVoter.ts";
import { isCounted, type JoinedVoter, joinVoters, judgeVoters } from "./simulateVoters.ts";

export interface Forecast {
  /** Voters until every image has its votes, if none stops earlier. */
  readonly voters: number;
  /** Of one voter, checks included. */
  readonly trials: number;
  readonly minutes: number;
  /** The share of simulated voters of each kind whose votes count as planned, from 0 to 1. */
  readonly counted: Readonly<Record<VoterKind, number>>;
  /** Of `voters`, if all of them are typical. */
  readonly expected: number;
  /** The share of typical voters whom each rule leaves out; rules that leave out none are missing. */
  readonly leftOut: readonly { readonly reason: ExclusionReason; readonly share: number }[];
}

const firstVoters = 8;
/** Answers that one kind of voter gives in all simulations: below a second of work. */
const maxAnswers = 20_000;
const maxDraws = 50;

/** @yields the share of the work that is done. @returns null if no voter can join. */
export function* forecastVoters(plan: StudyPlan): Generator<number, Forecast | null, void> {
  const { design, stopping } = plan.rules;
  const joined: JoinedVoter[] = [];
  for (const voter of joinVoters(plan, firstVoters)) {
    joined.push(voter);
    yield joined.length / (2 * firstVoters);
  }
  if (joined.length === 0) return null;
  const answers = joined.reduce((sum, { trials }) => sum + trials.length, 0);
  const draws = Math.max(1, Math.min(maxDraws, Math.floor(maxAnswers / answers)));
  const kept = { perfect: 0, typical: 0, guessing: 0 };
  const reasons = new Map<ExclusionReason, number>();
  const shareOf = (count: number): number => count / (draws * joined.length);
  for (let draw = 0; draw < draws; draw++) {
    for (const id of voterKinds) {
      for (const voter of judgeVoters(plan, joined, id, draw)) {
        if (isCounted(voter)) kept[id] += 1;
        if (id === "typical") for (const reason of voter.reasons) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      }
    }
    yield 0.5 + (draw + 1) / (2 * draws);
  }
  const votes = Math.min(plan.overlap, maxVotes(stopping) ?? plan.overlap);
  const items = joined.reduce((sum, voter) => sum + voter.items.length, 0) / joined.length;
  const voters = Math.ceil((votes * design.stimuli.length) / items);
  return {
    voters,
    trials: Math.round(answers / joined.length),
    minutes: Math.max(1, Math.round(sessionMs(design.phases, joined[0]?.trials ?? []) / 60_000)),
    counted: { perfect: shareOf(kept.perfect), typical: shareOf(kept.typical), guessing: shareOf(kept.guessing) },
    expected: Math.round(voters * shareOf(kept.typical)),
    leftOut: [...reasons].map(([reason, count]) => ({ reason, share: shareOf(count) })),
  };
}

/** Whether the link admits fewer voters than the plan needs: members of the workspace would have to be the others. */
export function placeWarnings({ voters }: Pick<Forecast, "voters">, places: number): PlanProblem[] {
  if (voters <= places) return [];
  const message = `The plan needs about ${voters} voters, and the link admits ${places === 0 ? "none" : `only ${places}`} without an account. Raise this number, unless members of the workspace vote, too.`;
  return [{ message, field: "anonymousVoters" }];
}

/** A share of typical voters that a rule may leave out without a warning. */
const acceptable = 0.1;

const ruleNames: Readonly<Record<ExclusionReason, string>> = {
  goldHits: "The gold rule",
  noiseHits: "The noise rule",
  medianMs: "The rule on response times",
  unfinished: "The rule on unfinished sessions",
};

/** Rules that many attentive voters fail. A plan with warnings may open. */
export function forecastWarnings({ leftOut }: Forecast): PlanProblem[] {
  return leftOut
    .filter(({ share }) => share > acceptable)
    .map(({ reason, share }) => ({
      message: `${ruleNames[reason]} would leave out about ${Math.round(share * 100)}% of attentive voters, since people err. Ask for fewer, or show more of these trials.`,
      field: `rules.exclusion.${reason}`,
    }));
}
